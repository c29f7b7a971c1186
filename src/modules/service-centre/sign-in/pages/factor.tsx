import { DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, paths, type View } from '../../../../ui/index.ts'
import { AskFactor } from '../ask-factor.tsx'

export interface FactorProps {
  view: View
  next: string | undefined
  totp: boolean
  recovery: boolean
  passkey: object | null
  elsewhere: string | null
  errors?: Errors
}

/** The password was right; now the second factor. */
export const FactorPage = ({ view, next, totp, recovery, passkey, elsewhere, errors }: FactorProps) => (
  <DoorPage
    view={view}
    title={view.t('desk.factor.title')}
    note={view.t('desk.factor.note')}
    kept={false}
    {...(errors ? { errors } : {})}
  >
    <AskFactor
      view={view}
      action={`${paths.deskSignIn}/factor`}
      next={next}
      totp={totp}
      recovery={recovery}
      passkey={passkey}
      elsewhere={elsewhere}
      label={view.t('desk.factor.go')}
      {...(errors ? { errors } : {})}
    />
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
