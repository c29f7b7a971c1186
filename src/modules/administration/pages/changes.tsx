import { type Change, changeDone, changeWaits } from '../../../core/access/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type Tone, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'

export const CHANGES = '/desk/administration/changes'
const DONE = ['proposed', 'reset', 'stop', 'restart', 'refused']
const TONES: Readonly<Record<string, Tone>> = { waiting: 'warn', approved: 'good', done: 'plain', refused: 'bad', over: 'plain' }

export const ChangeTag = ({ view, change, now }: { view: View; change: Change; now: Date }) => {
  const state = changeDone(change, now) ? 'done' : (change.outcome ?? (changeWaits(change, now) ? 'waiting' : 'over'))
  return <DeskTag tone={TONES[state] ?? 'plain'}>{view.t(`administration.change_state.${state}`)}</DeskTag>
}

/** Whether it is for whoever acts in this role to decide. */
export const isHers = (change: Change, role: string, now: Date): boolean =>
  changeWaits(change, now) && change.decider === role && !change.own

export interface ChangesProps extends DeskShell {
  changes: readonly Change[]
  role: string
  now: Date
  done?: string | undefined
}

/** Changes to accounts: those that wait, and what became of the earlier ones. */
export function ChangesPage({ changes, role, now, done, ...shell }: ChangesProps) {
  const { view } = shell
  const { t, lang, today } = view
  const open = (one: Change) => changeWaits(one, now) || (one.mine && one.linkWaits)
  const waiting = changes.filter(open)
  const earlier = changes.filter((one) => !open(one))
  const who = {
    title: t('administration.who'),
    cell: (one: Change) => (
      <a href={`${CHANGES}/${one.id}`}>
        {one.officerName} {one.officerNumber}
      </a>
    ),
  }
  const what = { title: t('administration.changes.what'), cell: (one: Change) => t(`administration.change_kind.${one.kind}`) }
  const by = { title: t('administration.proposed_by'), cell: (one: Change) => one.proposedBy }
  const state = {
    title: t('administration.state'),
    cell: (one: Change) => <ChangeTag view={view} change={one} now={now} />,
  }
  return (
    <DeskPage {...shell} title={t('administration.changes.title')}>
      <DeskHead title={t('administration.changes.title')} note={t('administration.changes.note')} />
      {done && DONE.includes(done) && (
        <Note tone="good" live>
          {t(`administration.changes.done.${done}`)}
        </Note>
      )}
      {waiting.length === 0 ? (
        <DeskEmpty title={t('administration.changes.none')} />
      ) : (
        <div class="card">
          <Table
            caption={t('administration.changes.waiting')}
            keys
            stack
            rows={waiting}
            keyOf={(one) => one.id}
            columns={[
              who,
              what,
              by,
              {
                title: t('administration.proposed_at'),
                quiet: true,
                cell: (one) => formatDateTime(one.proposedAt, lang, today),
              },
              state,
              {
                title: t('administration.act'),
                silent: true,
                right: true,
                cell: (one) => (
                  <DeskButton small href={`${CHANGES}/${one.id}`}>
                    {t(
                      one.mine && one.linkWaits
                        ? 'administration.changes.to_link'
                        : isHers(one, role, now)
                          ? 'administration.changes.decide'
                          : 'administration.proposals.look',
                    )}
                    <span class="govuk-visually-hidden"> {one.officerName}</span>
                  </DeskButton>
                ),
              },
            ]}
          />
        </div>
      )}
      {earlier.length > 0 && (
        <DeskCard title={t('administration.changes.earlier')} flush>
          <Table
            caption={t('administration.changes.earlier')}
            stack
            rows={earlier}
            keyOf={(one) => one.id}
            columns={[
              who,
              what,
              by,
              state,
              { title: t('administration.decided_by'), cell: (one) => one.decidedBy ?? '' },
              {
                title: t('administration.decided_at'),
                quiet: true,
                cell: (one) => (one.decidedAt ? formatDateTime(one.decidedAt, lang, today) : ''),
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
