/** Ways in besides the password, for the sign-in page of the desk. */
import { type PageRequest, PasskeyForm, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { nextOf } from './pending.ts'
import { elsewhereOf } from './second-step.ts'

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
    </>
  )
}
