/** Signing in with the fingerprint or face of this phone, for the sign-in page. */
import { Link, type PageRequest, PasskeyForm, paths, Section, Stack, Text } from '../../../ui/index.ts'
import { elsewhereOf } from '../../own-sign-in.ts'
import type { Rooms } from '../../rooms.ts'

export async function byPasskey(r: PageRequest, rooms: Pick<Rooms, 'platform' | 'identity'>, next: string) {
  const options = await rooms.platform.services.accounts.passkeyRequest(null, r.call.now)
  const elsewhere = elsewhereOf(r, rooms)
  const ways = (
    <>
      <PasskeyForm
        view={r.view}
        action={`${paths.signIn}/passkey`}
        kind="get"
        options={options}
        label={r.view.t('own_account.use_passkey')}
        look="govuk-button govuk-button--secondary"
        fields={{ next }}
        elsewhere={elsewhere}
      />
      {rooms.identity.residents && (
        <Link href={`${paths.signIn}/identity?${new URLSearchParams({ next })}`}>
          {r.view.t('own_account.by_identity', { label: rooms.identity.residents.label })}
        </Link>
      )}
    </>
  )
  // A heading that promises one tap, over a line that sends her elsewhere, would only trouble her.
  if (elsewhere) return <Stack>{ways}</Stack>
  return (
    <Section id="passkey" title={r.view.t('own_account.by_passkey')}>
      <Text quiet>{r.view.t('own_account.by_passkey_note')}</Text>
      {ways}
    </Section>
  )
}
