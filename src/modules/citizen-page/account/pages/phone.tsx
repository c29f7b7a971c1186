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
  Text,
  type View,
} from '../../../../ui/index.ts'

/** The new number. */
export const NewPhonePage = ({
  view,
  now,
  typed,
  errors,
}: {
  view: View
  now: string | null
  typed: string
  errors?: Errors
}) => (
  <ResidentPage
    view={view}
    title={view.t('own_account.change_phone')}
    back={{ href: paths.security, label: view.t('own_account.title') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('own_account.change_phone')} lead={view.t('own_account.phone_lead')} />
    {now && <Text>{view.t('own_account.phone_now', { phone: now })}</Text>}
    <Form view={view} action="/me/phone">
      <PhoneField
        view={view}
        name="phone"
        label={view.t('own_account.new_phone')}
        value={typed}
        {...(errors ? { errors } : {})}
      />
      <Actions>
        <Button>{view.t('own_account.send')}</Button>
      </Actions>
    </Form>
  </ResidentPage>
)

/** The code that the new phone got. */
export const NewPhoneCodePage = ({
  view,
  phone,
  newKey,
  outbox,
  errors,
}: {
  view: View
  phone: string
  newKey: string
  outbox: boolean
  errors?: Errors
}) => (
  <ResidentPage
    view={view}
    title={view.t('own_account.change_phone')}
    back={{ href: '/me/phone', label: view.t('own_account.other_number') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('own_account.change_phone')} lead={view.t('own_account.code_lead', { tail: phone.slice(-4) })} />
    {outbox && (
      <Inset>
        <a class="k-link" href="/demo/outbox" target="_blank" rel="noopener">
          {view.t('own_account.outbox')}
        </a>
      </Inset>
    )}
    <Form view={view} action="/me/phone/code" idempotencyKey={newKey}>
      <input type="hidden" name="phone" value={phone} />
      <CodeField view={view} name="code" label={view.t('own_account.new_phone_code')} {...(errors ? { errors } : {})} />
      <Actions>
        <Button>{view.t('own_account.phone_go')}</Button>
      </Actions>
    </Form>
    <Text quiet>{view.t('own_account.told_before')}</Text>
    <Link href="/me/phone">{view.t('own_account.other_number')}</Link>
  </ResidentPage>
)
