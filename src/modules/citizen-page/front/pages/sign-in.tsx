import type { ComponentChildren } from 'preact'
import type { DemoCast } from '../../../../demo/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  CodeField,
  type Errors,
  Form,
  Inset,
  Link,
  PageHead,
  PhoneField,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'

interface PhoneProps {
  view: View
  next: string
  typed: string
  cast: DemoCast | null
  /** Somebody is signed in already. */
  already: boolean
  /** Ways in besides the code. */
  more?: ComponentChildren
  errors?: Errors
}

export const PhonePage = ({ view, next, typed, cast, already, more, errors }: PhoneProps) => (
  <ResidentPage
    view={view}
    title={view.t('front.sign_in.title')}
    back={{ href: paths.home, label: view.t('front.to_home') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('front.sign_in.title')} lead={view.t('front.sign_in.lead')} />
    {already && (
      <Inset>
        {view.t('front.sign_in.already', { who: view.who ?? '' })} <Link href={next}>{view.t('front.sign_in.go_on')}</Link>
      </Inset>
    )}
    <Form view={view} action={paths.signIn}>
      <input type="hidden" name="next" value={next} />
      <PhoneField
        view={view}
        name="phone"
        label={view.t('front.sign_in.phone')}
        hint={view.t('front.sign_in.phone_hint')}
        value={typed}
        {...(errors ? { errors } : {})}
      />
      <Actions>
        <Button>{view.t('front.sign_in.send')}</Button>
      </Actions>
    </Form>
    {more}
    {cast && (
      <Section id="cast" title={view.t('front.sign_in.cast')}>
        <Text>{view.t('front.sign_in.cast_text')}</Text>
        <Rows>
          {cast.residents.map((one) => (
            <Row
              key={one.phone}
              href={`${paths.signIn}?${new URLSearchParams({ phone: one.phone, next })}`}
              icon="user"
              title={view.t('front.sign_in.cast_line', { name: one.name, phone: one.phone })}
              note={one.story && pick(one.story, view.lang)}
            />
          ))}
        </Rows>
      </Section>
    )}
    <Text quiet>
      {view.t('front.sign_in.staff')} <Link href={paths.deskSignIn}>{view.t('front.sign_in.staff_link')}</Link>
    </Text>
  </ResidentPage>
)

interface CodeProps {
  view: View
  next: string
  /** Last four digits of the phone. */
  tail: string
  outbox: boolean
  errors?: Errors
}

export const CodePage = ({ view, next, tail, outbox, errors }: CodeProps) => (
  <ResidentPage
    view={view}
    title={view.t('front.code.title')}
    back={{ href: `${paths.signIn}?${new URLSearchParams({ next })}`, label: view.t('front.code.other_phone') }}
    kept={false}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('front.code.title')} lead={view.t('front.code.lead', { tail })} />
    {outbox && (
      <Inset>
        {view.t('front.code.demo')}{' '}
        <Link href={`/demo/outbox?${new URLSearchParams({ next })}`}>{view.t('front.code.outbox')}</Link>
      </Inset>
    )}
    <Form view={view} action={`${paths.signIn}/code`}>
      <input type="hidden" name="next" value={next} />
      <CodeField
        view={view}
        name="code"
        label={view.t('front.code.code')}
        hint={view.t('front.code.hint')}
        {...(errors ? { errors } : {})}
      />
      <Actions>
        <Button>{view.t('front.code.sign_in')}</Button>
      </Actions>
    </Form>
    <Form view={view} action={paths.signIn}>
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="again" value="yes" />
      <Text quiet>{view.t('front.code.not_come')}</Text>
      <Actions>
        <Button kind="secondary">{view.t('front.code.again')}</Button>
      </Actions>
    </Form>
  </ResidentPage>
)
