import type { AccountNotice } from '../../../../core/access/index.ts'
import type { HeldFactors, SignedInDevice, TotpOffer } from '../../../../platform/accounts/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { DeskButton, DeskCard, Lines, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, formatDate, formatDateTime, PasskeyForm, paths, type View } from '../../../../ui/index.ts'
import { TotpForm } from './enrol.tsx'

export interface SecurityProps {
  view: View
  held: HeldFactors
  /** A factor was shown within ten minutes, or there is none: the ways may be changed. */
  fresh: boolean
  /** False in a demo: a factor is offered, not demanded. */
  required: boolean
  notices: readonly AccountNotice[]
  devices: readonly SignedInDevice[]
  offer: TotpOffer | null
  passkey: object | null
  elsewhere: string | null
  done?: string | undefined
  errors?: Errors
  /** The identity service of this node, and since when the account is linked to it. */
  identity: { label: string; since: Date | null } | null
}

const DONE = new Set(['added', 'removed', 'ended', 'linked', 'unlinked', 'password', 'seen'])

export function SecurityPage(props: SecurityProps) {
  const { view, held, fresh, required, devices, offer, passkey, elsewhere, done, errors, identity } = props
  const { t } = view
  const day = (at: Date) => formatDate(dayOf(at), view.lang, view.today)
  const remove = (factor: string) =>
    fresh ? (
      <Act view={view} path="remove" name="factor" value={factor} label={t('desk.security.remove')} />
    ) : (
      <span class="k-quiet">{t('desk.security.confirm_to_change')}</span>
    )
  const ways = [
    ...held.passkeys.map((key) => ({
      name: `${t('desk.security.passkey')} · ${t(`account.device.${key.device}`)} · ${t('desk.security.since', { day: day(key.since) })}`,
      value: remove(key.id),
    })),
    ...(held.totp
      ? [
          {
            name: `${t('desk.security.app')} · ${t('desk.security.since', { day: day(held.totp.since) })}`,
            value: remove('totp'),
          },
        ]
      : []),
  ]
  return (
    <DoorPage
      view={view}
      title={t('desk.security.title')}
      note={t('desk.security.note')}
      kept={false}
      {...(errors ? { errors } : {})}
    >
      {done && DONE.has(done) && (
        <Note tone="good" live>
          {t(`desk.security.done.${done}`)}
        </Note>
      )}
      {!required && <Note>{t('desk.security.demo')}</Note>}
      {errors?.main && <Note tone="bad">{errors.main}</Note>}
      <Notices view={view} notices={props.notices} />
      {!fresh && (
        <p>
          <DeskButton kind="primary" href={`${paths.deskSecurity}/confirm`}>
            {t('desk.security.confirm')}
          </DeskButton>
        </p>
      )}
      <DeskCard title={t('desk.security.ways')} note={ways.length === 0 ? t('desk.security.none') : undefined}>
        <Lines items={ways} />
        {ways.length > 0 && <p class="k-quiet">{t('desk.security.recovery_left', { n: held.recoveryLeft })}</p>}
        {ways.length > 0 && fresh && <Act view={view} path="recovery" label={t('desk.security.new_recovery')} />}
      </DeskCard>
      {passkey && (
        <DeskCard title={t('desk.security.add_passkey')} note={t('desk.enrol.passkey_note')}>
          <PasskeyForm
            view={view}
            action={`${paths.deskSecurity}/passkey`}
            kind="create"
            options={passkey}
            label={t('desk.enrol.make_passkey')}
            look="btn"
            elsewhere={elsewhere}
          />
        </DeskCard>
      )}
      {offer && (
        <DeskCard title={t(held.totp ? 'desk.security.replace_app' : 'desk.enrol.app')}>
          <TotpForm view={view} action={`${paths.deskSecurity}/totp`} offer={offer} {...(errors ? { errors } : {})} />
        </DeskCard>
      )}
      <DeskCard title={t('desk.security.password')} note={t('desk.security.password_note')}>
        <DeskButton small href={paths.deskPassword}>
          {t('desk.password.title')}
        </DeskButton>
      </DeskCard>
      {identity && (
        <DeskCard title={identity.label}>
          {identity.since && <p>{t('desk.identity.linked', { day: day(identity.since) })}</p>}
          {!identity.since && <p>{t('desk.identity.not_linked')}</p>}
          {identity.since && fresh && <Act view={view} path="unlink" label={t('desk.identity.unlink')} />}
          {!identity.since && fresh && (
            <DeskButton small href={`${paths.deskSignIn}/identity/link`}>
              {t('desk.identity.link')}
            </DeskButton>
          )}
        </DeskCard>
      )}
      <DeskCard title={t('desk.security.devices')} note={t('desk.security.devices_note')}>
        <Lines
          items={devices.map((one) => ({
            name: `${t(`account.device.${one.device}`)} · ${day(one.firstAt) === day(one.lastAt) ? day(one.lastAt) : t('desk.security.used', { from: day(one.firstAt), to: day(one.lastAt) })}`,
            value: one.own ? (
              <b>{t('desk.security.this')}</b>
            ) : (
              <Act view={view} path="end" name="session" value={one.sessionId} label={t('desk.security.end')} />
            ),
          }))}
        />
        {devices.length > 1 && <Act view={view} path="end" name="session" value="others" label={t('desk.security.end_others')} />}
      </DeskCard>
      <p>
        <a href={paths.desk}>{t('ui.error.to_desk')}</a>
      </p>
    </DoorPage>
  )
}

/** What happened to this sign-in of late, and by whom: the first thing that she should see. */
function Notices({ view, notices }: { view: View; notices: readonly AccountNotice[] }) {
  const { t, lang, today } = view
  if (notices.length === 0) return null
  const unseen = notices.filter((one) => !one.seen)
  const line = (one: AccountNotice) => ({
    name: [t(`desk.notice.${one.kind}`), one.by ?? '', one.why ?? ''].filter(Boolean).join(' · '),
    value: formatDateTime(one.at, lang, today),
  })
  if (unseen.length === 0)
    return (
      <details>
        <summary>{t('desk.notice.earlier')}</summary>
        <Lines items={notices.map(line)} />
      </details>
    )
  return (
    <DeskCard title={t('desk.notice.title')} note={t('desk.notice.note')} raised>
      <Lines items={unseen.map(line)} />
      <Act view={view} path="seen" label={t('desk.notice.seen')} />
    </DeskCard>
  )
}

interface ActProps {
  view: View
  path: string
  name?: string
  value?: string
  label: string
}
export const Act = ({ view, path, name, value, label }: ActProps) => (
  <Form view={view} action={`${paths.deskSecurity}/${path}`} class="k-inline-form">
    {name && <input type="hidden" name={name} value={value} />}
    <DeskButton small>{label}</DeskButton>
  </Form>
)
