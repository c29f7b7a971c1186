import type { HeldFactors } from '../../../../platform/accounts/index.ts'
import { DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, PasskeyForm, paths, TextField, type View } from '../../../../ui/index.ts'

export interface ConfirmProps {
  view: View
  next: string | undefined
  held: HeldFactors
  passkey: object | null
  elsewhere: string | null
  errors?: Errors
}

/** Once more the second factor, before one's own sign-in is changed. */
export function ConfirmPage({ view, next, held, passkey, elsewhere, errors }: ConfirmProps) {
  const { t } = view
  const none = !held.totp && !passkey
  return (
    <DoorPage view={view} title={t('desk.confirm.title')} note={t('desk.confirm.note')} {...(errors ? { errors } : {})}>
      {none && <Note>{t('desk.confirm.none')}</Note>}
      {passkey && (
        <PasskeyForm
          view={view}
          action={`${paths.deskSecurity}/confirm/passkey`}
          kind="get"
          options={passkey}
          label={t('desk.factor.use_passkey')}
          look="btn btn-primary"
          fields={{ next }}
          elsewhere={elsewhere}
        />
      )}
      {!none && (
        <Form view={view} action={`${paths.deskSecurity}/confirm`}>
          {next && <input type="hidden" name="next" value={next} />}
          <TextField
            view={view}
            name="code"
            label={t(held.totp ? 'desk.factor.code' : 'desk.factor.recovery')}
            hint={t(held.totp ? 'desk.factor.code_hint' : 'desk.factor.recovery_hint')}
            autocomplete="one-time-code"
            width="half"
            spellcheck={false}
            {...(errors ? { errors } : {})}
          />
          <DeskButton kind={passkey ? 'plain' : 'primary'}>{t('desk.confirm.go')}</DeskButton>
        </Form>
      )}
      <p>
        <a href={paths.deskSecurity}>{t('desk.security.title')}</a>
      </p>
    </DoorPage>
  )
}
