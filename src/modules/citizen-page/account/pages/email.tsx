import {
  Actions,
  Button,
  CodeField,
  type Errors,
  Form,
  Inset,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Text,
  TextField,
  type View,
} from '../../../../ui/index.ts'

/** The address that news is to go to. */
export const EmailPage = ({
  view,
  held,
  typed,
  errors,
}: {
  view: View
  /** Masked; the one before. */
  held: string | null
  typed: string
  errors?: Errors
}) => (
  <ResidentPage
    view={view}
    title={view.t('channels.mail_add')}
    back={{ href: paths.channels, label: view.t('channels.title') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('channels.mail_add')} lead={view.t('channels.mail_lead')} />
    {held && <Text>{view.t('channels.mail_replaced', { to: held })}</Text>}
    <Form view={view} action={`${paths.channels}/email`}>
      <TextField
        view={view}
        name="email"
        label={view.t('channels.mail_address')}
        hint={view.t('channels.mail_hint')}
        value={typed}
        autocomplete="email"
        inputmode="email"
        spellcheck={false}
        {...(errors ? { errors } : {})}
      />
      <Actions>
        <Button>{view.t('own_account.send')}</Button>
      </Actions>
    </Form>
  </ResidentPage>
)

/** The code that the address got. */
export const EmailCodePage = ({
  view,
  email,
  newKey,
  outbox,
  errors,
}: {
  view: View
  email: string
  newKey: string
  outbox: boolean
  errors?: Errors
}) => (
  <ResidentPage
    view={view}
    title={view.t('channels.mail_add')}
    back={{ href: `${paths.channels}/email`, label: view.t('channels.mail_again') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('channels.mail_add')} lead={view.t('channels.code_lead', { email })} />
    {outbox && (
      <Inset>
        <a class="k-link" href="/demo/outbox" target="_blank" rel="noopener">
          {view.t('channels.outbox')}
        </a>
      </Inset>
    )}
    <Form view={view} action={`${paths.channels}/email/code`} idempotencyKey={newKey}>
      <input type="hidden" name="email" value={email} />
      <CodeField view={view} name="code" label={view.t('channels.code')} {...(errors ? { errors } : {})} />
      <Actions>
        <Button>{view.t('channels.code_go')}</Button>
      </Actions>
    </Form>
    <Text quiet>{view.t('channels.not_come')}</Text>
    <Link href={`${paths.channels}/email`}>{view.t('channels.mail_again')}</Link>
  </ResidentPage>
)
