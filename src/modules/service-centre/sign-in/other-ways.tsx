/** Ways in besides the password, for the sign-in page of the desk. */
import { type PageRequest, PasskeyForm, paths } from '../../../ui/index.ts'
import { elsewhereOf } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'
import { nextOf } from './pending.ts'

function identityHref(r: PageRequest): string {
  const next = nextOf(r)
  return `${paths.deskSignIn}/identity${next ? `?${new URLSearchParams({ next })}` : ''}`
}

export async function otherWays(r: PageRequest, rooms: Rooms) {
  const options = await rooms.platform.services.accounts.passkeyRequest(null, r.call.now)
  return (
    <>
      <p class="d-or">{r.view.t('desk.factor.or')}</p>
      <PasskeyForm
        view={r.view}
        action={`${paths.deskSignIn}/passkey`}
        kind="get"
        options={options}
        label={r.view.t('desk.factor.use_passkey')}
        look="btn"
        fields={{ next: nextOf(r) }}
        elsewhere={elsewhereOf(r, rooms)}
      />
      {rooms.identity.staff && (
        <p>
          <a class="btn" href={identityHref(r)}>
            {r.view.t('desk.identity.sign_in', { label: rooms.identity.staff.label })}
          </a>
        </p>
      )}
    </>
  )
}
