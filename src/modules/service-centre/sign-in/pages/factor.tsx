import { DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, PasskeyForm, paths, TextField, type View } from '../../../../ui/index.ts'

export interface FactorProps {
  view: View
  next: string | undefined
  totp: boolean
  passkey: object | null
  elsewhere: string | null
  errors?: Errors
}

/** The password was right; now the second factor. */
export const FactorPage = ({ view, next, totp, passkey, elsewhere, errors }: FactorProps) => (
  <DoorPage view={view} title={view.t('desk.factor.title')} note={view.t('desk.factor.note')} {...(errors ? { errors } : {})}>
    {passkey && (
      <PasskeyForm
        view={view}
        action={`${paths.deskSignIn}/factor/passkey`}
        kind="get"
        options={passkey}
        label={view.t('desk.factor.use_passkey')}
        look="btn btn-primary"
        fields={{ next }}
        elsewhere={elsewhere}
      />
    )}
    {passkey && <p class="d-or">{view.t('desk.factor.or')}</p>}
    <Form view={view} action={`${paths.deskSignIn}/factor`}>
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        view={view}
        name="code"
        label={view.t(totp ? 'desk.factor.code' : 'desk.factor.recovery')}
        hint={view.t(totp ? 'desk.factor.code_hint' : 'desk.factor.recovery_hint')}
        autocomplete="one-time-code"
        width="half"
        spellcheck={false}
        {...(errors ? { errors } : {})}
      />
      <DeskButton kind={passkey ? 'plain' : 'primary'}>{view.t('desk.factor.go')}</DeskButton>
    </Form>
    <p class="k-quiet">{view.t('desk.factor.lost')}</p>
  </DoorPage>
)

/** This sign-in is over: from the beginning. */
export const GonePage = ({ view, next, message }: { view: View; next: string | undefined; message?: string }) => (
  <DoorPage view={view} title={view.t('desk.factor.again_title')}>
    <Note tone="warn">{message ?? view.t('account.pending_gone')}</Note>
    <p>
      <DeskButton kind="primary" href={next ? `${paths.deskSignIn}?${new URLSearchParams({ next })}` : paths.deskSignIn}>
        {view.t('desk.factor.again')}
      </DeskButton>
    </p>
  </DoorPage>
)
