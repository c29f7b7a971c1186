import { Note } from '../../../../ui/desk/index.ts'
import { DoorPage, paths } from '../../../../ui/index.ts'
import type { ConfirmProps } from '../../../own-sign-in.ts'
import { AskFactor } from '../ask-factor.tsx'

/** Once more the second factor, before one's own sign-in is changed. */
export function ConfirmPage({ view, next, held, passkey, elsewhere, errors }: ConfirmProps) {
  const { t } = view
  const none = !held.totp && !passkey
  return (
    <DoorPage
      view={view}
      title={t('desk.confirm.title')}
      note={t('desk.confirm.note')}
      kept={false}
      {...(errors ? { errors } : {})}
    >
      {none ? (
        <Note>{t('desk.confirm.none')}</Note>
      ) : (
        <AskFactor
          view={view}
          action={`${paths.deskSecurity}/confirm`}
          next={next ?? undefined}
          totp={held.totp !== null}
          recovery={held.recoveryLeft > 0}
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
