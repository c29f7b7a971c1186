import { qrSvg } from '../../../../core/documents/index.ts'
import type { TotpOffer } from '../../../../platform/accounts/index.ts'
import { DeskButton } from '../../../../ui/desk/index.ts'
import { CodeField, DoorPage, type Errors, Form, PasskeyForm, paths, type View } from '../../../../ui/index.ts'

export interface EnrolProps {
  view: View
  next: string | undefined
  offer: TotpOffer
  passkey: object
  elsewhere: string | null
  errors?: Errors
}

/** The first factor, made before there is a session. */
export const EnrolPage = ({ view, next, offer, passkey, elsewhere, errors }: EnrolProps) => (
  <DoorPage
    view={view}
    title={view.t('desk.enrol.title')}
    note={view.t('desk.enrol.note')}
    kept={false}
    {...(errors ? { errors } : {})}
  >
    <h2>{view.t('desk.enrol.passkey')}</h2>
    <p class="k-quiet">{view.t('desk.enrol.passkey_note')}</p>
    <PasskeyForm
      view={view}
      action={`${paths.deskSignIn}/enrol/passkey`}
      kind="create"
      options={passkey}
      label={view.t('desk.enrol.make_passkey')}
      look="btn btn-primary"
      fields={{ next }}
      elsewhere={elsewhere}
    />
    <p class="d-or">{view.t('desk.factor.or')}</p>
    <h2>{view.t('desk.enrol.app')}</h2>
    <TotpForm view={view} action={`${paths.deskSignIn}/enrol/totp`} offer={offer} next={next} {...(errors ? { errors } : {})} />
  </DoorPage>
)

export interface TotpFormProps {
  view: View
  action: string
  offer: TotpOffer
  next?: string | undefined
  errors?: Errors
}

/** QR code, the key as text, and the field that proves that the app has it. */
export const TotpForm = ({ view, action, offer, next, errors }: TotpFormProps) => (
  <>
    <p class="k-quiet">{view.t('desk.enrol.app_note')}</p>
    <div class="k-qr" dangerouslySetInnerHTML={{ __html: qrSvg(offer.uri, view.t('desk.enrol.qr')) }} />
    <details>
      <summary>{view.t('desk.enrol.no_camera')}</summary>
      <p>
        {view.t('desk.enrol.key')} <code class="num">{inFours(offer.secret)}</code>
      </p>
    </details>
    <Form view={view} action={action}>
      {next && <input type="hidden" name="next" value={next} />}
      <input type="hidden" name="sealed" value={offer.sealed} />
      <CodeField
        view={view}
        name="code"
        label={view.t('desk.enrol.code')}
        hint={view.t('desk.enrol.code_hint')}
        {...(errors ? { errors } : {})}
      />
      <DeskButton>{view.t('desk.enrol.confirm')}</DeskButton>
    </Form>
  </>
)

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')
