import type { HeldFactors, SignedInDevice } from '../../../../platform/accounts/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import {
  Actions,
  Button,
  Card,
  type Errors,
  Form,
  formatDate,
  Inset,
  Link,
  PageHead,
  PasskeyForm,
  paths,
  ResidentPage,
  Section,
  Text,
  Tick,
  type View,
} from '../../../../ui/index.ts'

export interface SecurityProps {
  view: View
  held: HeldFactors
  /** The ways may be changed now. */
  fresh: boolean
  doubted: boolean
  /** Masked. */
  phone: string | null
  /** Bound so recently that it can be undone. */
  boundSince: Date | null
  devices: readonly SignedInDevice[]
  passkey: object | null
  elsewhere: string | null
  /** The identity service of this node, and since when the account is linked to it. */
  identity: { label: string; since: Date | null } | null
  done: string | undefined
  errors?: Errors
}

const DONE = new Set(['added', 'removed', 'ended', 'unbound', 'phone', 'linked', 'unlinked'])

export function SecurityPage(props: SecurityProps) {
  const { view, held, fresh, doubted, phone, boundSince, passkey, elsewhere, identity, done, errors } = props
  const { t } = view
  const any = held.passkeys.length > 0 || held.totp !== null
  return (
    <ResidentPage
      view={view}
      title={t('own_account.title')}
      back={{ href: paths.me, label: t('ui.me') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('own_account.title')} lead={t('own_account.lead')} />
      {done && DONE.has(done) && <Tick>{t(`own_account.done.${done}`)}</Tick>}
      {errors?.main && <Inset>{errors.main}</Inset>}
      {doubted && <Inset>{t('account.phone_doubted')}</Inset>}
      {!fresh && any && (
        <Actions>
          <Button href={`${paths.confirm}?${new URLSearchParams({ next: paths.security })}`}>
            {t('own_account.confirm_first')}
          </Button>
        </Actions>
      )}
      {passkey && (
        <Section id="passkey" title={t(held.passkeys.length > 0 ? 'own_account.another_passkey' : 'own_account.offer')}>
          <Text>{t('own_account.offer_note')}</Text>
          <PasskeyForm
            view={view}
            action={`${paths.security}/passkey`}
            kind="create"
            options={passkey}
            label={t('own_account.make_passkey')}
            look="govuk-button"
            elsewhere={elsewhere}
          />
        </Section>
      )}
      {any && <Ways view={view} held={held} fresh={fresh} />}
      {fresh && !held.totp && (
        <Text quiet>
          {t('own_account.app_note')} <Link href={`${paths.security}/app`}>{t('own_account.add_app')}</Link>
        </Text>
      )}
      {identity && fresh && (
        <Section id="identity" title={identity.label}>
          <Text>{t(identity.since ? 'own_account.linked' : 'own_account.not_linked')}</Text>
          {identity.since && <Act view={view} path="unlink" label={t('own_account.unlink')} />}
          {!identity.since && <Link href={`${paths.signIn}/identity/link`}>{t('own_account.link')}</Link>}
        </Section>
      )}
      <Section id="phone" title={t('own_account.phone')}>
        <Text>{t('own_account.phone_now', { phone: phone ?? '' })}</Text>
        <Link href="/me/phone">{t('own_account.change_phone')}</Link>
        <Link href={paths.channels}>{t('channels.title')}</Link>
        <Link href="/me/details">{t('own_account.details')}</Link>
      </Section>
      {boundSince && (
        <Section id="binding" title={t('own_account.bound')}>
          <Text>{t('own_account.bound_note', { day: formatDate(dayOf(boundSince), view.lang, view.today) })}</Text>
          <Link href={`${paths.security}/unbind`}>{t('own_account.unbind')}</Link>
        </Section>
      )}
      <Devices view={view} devices={props.devices} />
      <Section id="deletion" title={t('deletion.title')}>
        <Text quiet>{t('deletion.offer')}</Text>
        <Link href={paths.deletion}>{t('deletion.look')}</Link>
      </Section>
    </ResidentPage>
  )
}

function Ways({ view, held, fresh }: { view: View; held: HeldFactors; fresh: boolean }) {
  const { t } = view
  const day = (at: Date) => formatDate(dayOf(at), view.lang, view.today)
  const one = (key: string, title: string, since: Date) => (
    <Card key={key}>
      <h3>{title}</h3>
      <Text quiet>{t('own_account.since', { day: day(since) })}</Text>
      {fresh && <Act view={view} path="remove" name="factor" value={key} label={t('own_account.remove')} />}
    </Card>
  )
  return (
    <Section id="ways" title={t('own_account.ways')}>
      {held.passkeys.map((p) => one(p.id, t('own_account.passkey_of', { device: t(`account.device.${p.device}`) }), p.since))}
      {held.totp && one('totp', t('own_account.app'), held.totp.since)}
      <Text quiet>{t('own_account.recovery_left', { n: held.recoveryLeft })}</Text>
      {fresh && <Act view={view} path="recovery" label={t('own_account.new_recovery')} />}
    </Section>
  )
}

function Devices({ view, devices }: { view: View; devices: readonly SignedInDevice[] }) {
  const { t } = view
  const day = (at: Date) => formatDate(dayOf(at), view.lang, view.today)
  return (
    <Section id="devices" title={t('own_account.devices')}>
      <Text quiet>{t('own_account.devices_note')}</Text>
      {devices.map((d) => (
        <Card key={d.sessionId}>
          <h3>{t(`account.device.${d.device}`)}</h3>
          <Text quiet>
            {day(d.firstAt) === day(d.lastAt)
              ? t('own_account.used_on', { day: day(d.lastAt) })
              : t('own_account.used', { from: day(d.firstAt), to: day(d.lastAt) })}
          </Text>
          {d.own && <Tick>{t('own_account.this')}</Tick>}
          {!d.own && <Act view={view} path="end" name="session" value={d.sessionId} label={t('own_account.end')} />}
        </Card>
      ))}
      {devices.length > 1 && (
        <Act view={view} path="end" name="session" value="others" label={t('own_account.end_others')} danger />
      )}
    </Section>
  )
}

interface ActProps {
  view: View
  path: string
  name?: string
  value?: string
  label: string
  danger?: boolean
}
const Act = ({ view, path, name, value, label, danger }: ActProps) => (
  <Form view={view} action={`${paths.security}/${path}`}>
    {name && <input type="hidden" name={name} value={value} />}
    <Actions>
      <Button kind={danger ? 'danger' : 'secondary'}>{label}</Button>
    </Actions>
  </Form>
)
