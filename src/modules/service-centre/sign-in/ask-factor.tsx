/** The second factor, asked for: at the door after a password, and once more before one's own sign-in is changed. */
import { DeskButton } from '../../../ui/desk/index.ts'
import { type Errors, Form, PasskeyForm, TextField, type View } from '../../../ui/index.ts'

export interface AskFactorProps {
  view: View
  /** Where a code goes; a passkey goes below it. */
  action: string
  next: string | undefined
  totp: boolean
  /** Whether there are recovery codes left to offer. */
  recovery: boolean
  passkey: object | null
  elsewhere: string | null
  label: string
  errors?: Errors
}

export function AskFactor({ view, action, next, totp, recovery, passkey, elsewhere, label, errors }: AskFactorProps) {
  const { t } = view
  return (
    <>
      {passkey && (
        <PasskeyForm
          view={view}
          action={`${action}/passkey`}
          kind="get"
          options={passkey}
          label={t('desk.factor.use_passkey')}
          look="btn btn-primary"
          fields={{ next }}
          elsewhere={elsewhere}
        />
      )}
      {passkey && <p class="d-or">{t('desk.factor.or')}</p>}
      <Form view={view} action={action}>
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          view={view}
          name="code"
          label={t(totp ? 'desk.factor.code' : 'desk.factor.recovery')}
          hint={t(!totp ? 'desk.factor.recovery_hint' : recovery ? 'desk.factor.code_hint' : 'desk.factor.code_only_hint')}
          autocomplete="one-time-code"
          width="half"
          spellcheck={false}
          {...(errors ? { errors } : {})}
        />
        <DeskButton kind={passkey ? 'plain' : 'primary'}>{label}</DeskButton>
      </Form>
    </>
  )
}
