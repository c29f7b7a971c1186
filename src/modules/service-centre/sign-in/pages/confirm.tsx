import type { HeldFactors } from '../../../../platform/accounts/index.ts'
import { Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, paths, type View } from '../../../../ui/index.ts'
import { AskFactor } from '../ask-factor.tsx'

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
      {none ? (
        <Note>{t('desk.confirm.none')}</Note>
      ) : (
        <AskFactor
          view={view}
          action={`${paths.deskSecurity}/confirm`}
          next={next}
          totp={held.totp !== null}
          passkey={passkey}
          elsewhere={elsewhere}
          label={t('desk.confirm.go')}
          {...(errors ? { errors } : {})}
        />
      )}
      <p>
        <a href={paths.deskSecurity}>{t('desk.security.title')}</a>
      </p>
    </DoorPage>
  )
}
