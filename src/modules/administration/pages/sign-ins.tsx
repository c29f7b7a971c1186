import type { FailedTries, OfficersSignIn, SignIns } from '../../../core/access/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { DeskCard, DeskEmpty, DeskTag, Note, Table, Tabs } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate, formatNumber, formatShortDateTime, formatTime, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'

export const SIGN_INS = '/desk/administration/sign-ins'

export interface SignInsProps extends DeskShell {
  found: SignIns
  /** Also officers who are not signed in. */
  all: boolean
  now: Date
}

/** Officers who are signed in or rest; and how often the door was tried in vain, by the hour, of nobody in particular. */
export function SignInsPage({ found, all, now, ...shell }: SignInsProps) {
  const { view } = shell
  const { t } = view
  const active = found.officers.filter((one) => one.sessions.length > 0 || one.rests.length > 0)
  const resting = found.officers.filter((one) => one.rests.length > 0).length
  const rows = all ? found.officers : active
  return (
    <DeskPage {...shell} title={t('administration.sign_ins.title')}>
      <DeskHead title={t('administration.sign_ins.title')} note={t('administration.sign_ins.note')} />
      {resting > 0 && <Note tone="warn">{t('administration.sign_ins.resting', { n: resting })}</Note>}
      {found.otherRests > 0 && <Note>{t('administration.sign_ins.other_rests', { n: found.otherRests })}</Note>}
      <Tabs
        label={t('administration.sign_ins.title')}
        items={[
          { href: SIGN_INS, label: t('administration.sign_ins.active'), count: active.length, on: !all },
          { href: `${SIGN_INS}?list=all`, label: t('administration.sign_ins.all'), count: found.officers.length, on: all },
        ]}
      />
      {rows.length === 0 ? (
        <DeskEmpty title={t('administration.sign_ins.none')} />
      ) : (
        <div class="card">
          <Table
            caption={t('administration.sign_ins.title')}
            keys
            stack
            rows={rows}
            keyOf={(one) => one.officerId}
            columns={[
              {
                title: t('administration.who'),
                cell: (one) => (
                  <a href={`${SIGN_INS}/${one.officerId}`}>
                    {one.name} {one.number}
                  </a>
                ),
              },
              { title: t('administration.organisation'), quiet: true, cell: (one) => one.organisation },
              {
                title: t('administration.sign_ins.sessions'),
                cell: (one) => <span class="num">{t('administration.sign_ins.n_sessions', { n: one.sessions.length })}</span>,
              },
              {
                title: t('administration.sign_ins.last'),
                quiet: true,
                cell: (one) => lastUse(view, one) ?? '',
              },
              { title: t('administration.state'), cell: (one) => <State view={view} officer={one} /> },
            ]}
          />
        </div>
      )}
      <Failures view={view} failures={found.failures} now={now} />
    </DeskPage>
  )
}

const lastUse = (view: View, { sessions }: OfficersSignIn): string | null =>
  sessions[0] ? formatShortDateTime(sessions[0].lastAt, view.today) : null

export function State({ view, officer }: { view: View; officer: OfficersSignIn }) {
  const { t } = view
  if (officer.stoppedAt) return <DeskTag tone="plain">{t('administration.stopped')}</DeskTag>
  const until = officer.rests.map((one) => one.until).sort((a, b) => b.getTime() - a.getTime())[0]
  return until ? (
    <DeskTag tone="bad">{t('administration.sign_ins.rests_until', { at: formatTime(until) })}</DeskTag>
  ) : officer.sessions.length > 0 ? (
    <DeskTag tone="good">{t('administration.sign_ins.signed_in')}</DeskTag>
  ) : null
}

interface Hour {
  hour: Date
  unknown: number
  password: number
  factor: number
}

function byHour(failures: readonly FailedTries[]): Hour[] {
  const hours = new Map<number, Hour>()
  for (const { hour, how, failures: n } of failures) {
    const row = hours.get(hour.getTime()) ?? { hour, unknown: 0, password: 0, factor: 0 }
    row[how] = n
    hours.set(hour.getTime(), row)
  }
  return [...hours.values()]
}

function Failures({ view, failures, now }: { view: View; failures: readonly FailedTries[]; now: Date }) {
  const { t, lang } = view
  const hours = byHour(failures)
  const day = (at: Date) => formatDate(dayOf(at), lang, dayOf(now))
  const count = (n: number) => <span class="num">{formatNumber(n)}</span>
  return (
    <DeskCard
      title={t('administration.sign_ins.failures')}
      note={t('administration.sign_ins.failures_note')}
      flush={hours.length > 0}
    >
      {hours.length === 0 ? (
        <p class="k-quiet">{t('administration.sign_ins.no_failures')}</p>
      ) : (
        <Table
          caption={t('administration.sign_ins.failures')}
          rows={hours}
          keyOf={(one) => one.hour.toISOString()}
          columns={[
            { title: t('administration.sign_ins.hour'), cell: (one) => `${day(one.hour)} ${formatTime(one.hour)}` },
            { title: t('administration.sign_ins.known'), right: true, cell: (one) => count(one.password) },
            { title: t('administration.sign_ins.factor'), right: true, cell: (one) => count(one.factor) },
            { title: t('administration.sign_ins.unknown'), right: true, cell: (one) => count(one.unknown) },
          ]}
        />
      )}
    </DeskCard>
  )
}
