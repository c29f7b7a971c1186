import type { MatterWhy } from '../../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  Actions,
  Button,
  type Errors,
  Form,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../ui/index.ts'
import { SupposedField } from '../fields.tsx'
import { saidOf } from '../said.ts'
import { Answer } from './answer.tsx'
import { WhyList } from './why-list.tsx'

interface MatterWhyProps {
  view: View
  pack: LoadedPack
  matter: Matter
  why: MatterWhy
  /** What was supposed, as it was typed. */
  body: Record<string, string>
  /** What comes out is of what was supposed. */
  tried: boolean
  errors: Errors
  signedIn: boolean
}

/** Would it fit? By her own facts when she is known, and under “what if” by whatever she supposes. */
export function MatterWhyPage({ view, pack, matter, why, body, tried, errors, signedIn }: MatterWhyProps) {
  const { t, lang } = view
  const at = `/matters/${matter.code}`
  return (
    <ResidentPage
      view={view}
      title={t('explanations.matter.title')}
      back={{ href: at, label: pick(matter.name, lang) }}
      errors={errors}
    >
      <PageHead
        title={t('explanations.matter.title')}
        caption={pick(matter.name, lang)}
        lead={t(why.own ? 'explanations.matter.lead_own' : 'explanations.matter.lead_nobody')}
      />
      {!signedIn && (
        <p>
          <Link href={`${paths.signIn}?${new URLSearchParams({ next: `${at}/why` })}`}>{t('explanations.matter.sign_in')}</Link>
        </p>
      )}
      {(tried || why.own) && (
        <Answer view={view} why={why}>
          {tried && (
            <p>
              <b>{t('explanations.matter.tried')}</b> {t('explanations.matter.tried_text')}{' '}
              <Link href={`${at}/why`}>{t('explanations.matter.undo')}</Link>
            </p>
          )}
        </Answer>
      )}
      {(tried || why.own) && (
        <Section id="lines" title={t('explanations.matter.lines')}>
          <WhyList view={view} said={saidOf(view, pack, matter, why)} />
        </Section>
      )}
      {why.inputs.length > 0 && (
        <Section id="if" title={t('explanations.matter.if')}>
          <Text>{t(why.own ? 'explanations.matter.if_text' : 'explanations.matter.if_text_nobody')}</Text>
          <Form view={view} action={`${at}/why`}>
            {why.inputs.map((input) => (
              <SupposedField
                key={input.fact}
                view={view}
                pack={pack}
                matter={matter}
                input={input}
                body={body}
                errors={errors}
                own={why.own}
              />
            ))}
            <Actions>
              <Button>{t('explanations.matter.try')}</Button>
              <Button kind="secondary" href={at}>
                {t('explanations.matter.apply')}
              </Button>
            </Actions>
          </Form>
        </Section>
      )}
    </ResidentPage>
  )
}
