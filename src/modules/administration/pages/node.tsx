import type { UnprintedPaper } from '../../../core/documents/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { ScheduleState } from '../../../platform/jobs.ts'
import { isLow, type Room } from '../../../platform/machine.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton, DeskCard, DeskTag, Lines, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, formatNumber, type Problem, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import type { NodeState, PackRow } from '../use-cases.ts'
import { Refused } from './parts.tsx'
import { roleWords } from './post-words.ts'

export const NODE = '/desk/administration/node'

export interface NodeProps extends DeskShell {
  state: NodeState
  papers: readonly UnprintedPaper[]
  pack: LoadedPack
  done?: string | undefined
  problem?: Problem | undefined
}

/** How the machine runs. What is wrong stands first and in words. */
export function NodePage({ state, papers, pack, done, problem, ...shell }: NodeProps) {
  const { view } = shell
  const { t, lang, today } = view
  const at = (instant: Date | null) => (instant ? formatDateTime(instant, lang, today) : t('administration.node.never'))
  return (
    <DeskPage {...shell} title={t('administration.node.title')}>
      <DeskHead
        title={t('administration.node.title')}
        note={t('administration.node.note', { version: state.version, since: at(state.startedAt) })}
      />
      {done === 'again' && (
        <Note tone="good" live>
          {t('administration.node.again_done')}
        </Note>
      )}
      <Refused problem={problem} />
      <Alarms view={view} state={state} pack={pack} />
      <DeskCard title={t('administration.node.box')}>
        <Lines
          items={[
            ...state.rooms.map((room) => ({
              name: t(`administration.node.room.${room.place}`),
              value: <RoomLeft view={view} room={room} />,
            })),
            {
              name: t('administration.node.backup'),
              value: state.backedUpAt ? at(state.backedUpAt) : t('administration.node.no_backup'),
            },
            { name: t('administration.node.sealed'), value: at(state.seals.at && new Date(state.seals.at)) },
          ]}
        />
      </DeskCard>
      <Papers view={view} papers={papers} pack={pack} />
      {state.jobs && <Schedules view={view} schedules={state.jobs.schedules} />}
      <DeskCard title={t('administration.node.packs')} note={t('administration.node.packs_note')} flush>
        <Table
          caption={t('administration.node.packs')}
          stack
          rows={state.packs}
          keyOf={(one) => one.hash}
          columns={[
            { title: t('administration.node.pack'), cell: (one: PackRow) => one.code },
            { title: t('administration.node.hash'), cell: (one) => <code class="num">{one.hash.slice(0, 12)}</code> },
            { title: t('administration.node.loaded'), cell: (one) => at(one.loadedAt) },
            { title: t('administration.node.loaded_by'), cell: (one) => one.loadedBy ?? t('administration.node.not_known') },
            {
              title: t('administration.state'),
              cell: (one) => (one.inForce ? <DeskTag tone="good">{t('administration.node.in_force')}</DeskTag> : ''),
            },
          ]}
        />
      </DeskCard>
    </DeskPage>
  )
}

const GIGA = 1e9
const gigabytes = (bytes: number): string => formatNumber(Math.round(bytes / GIGA))

function RoomLeft({ view, room }: { view: View; room: Room }) {
  const words = view.t('administration.node.room_left', { free: gigabytes(room.freeBytes), total: gigabytes(room.totalBytes) })
  return isLow(room) ? <DeskTag tone="bad">{words}</DeskTag> : <span>{words}</span>
}

function Alarms({ view, state, pack }: { view: View; state: NodeState; pack: LoadedPack }) {
  const { t } = view
  const said = [
    ...state.seals.alarms.map((alarm) => t(`desk.watch.alarm.${alarm}`)),
    ...state.sending.map((alarm) => t(`desk.watch.${alarm}`)),
    ...state.missingApprovers.map((kind) => t('administration.node.no_approver', { role: roleWords(view, pack, kind) })),
    ...(state.backupLate && !view.demo ? [t('administration.node.backup_late')] : []),
    ...(state.jobs && state.jobs.stuck > 0 ? [t('administration.node.stuck', { n: state.jobs.stuck })] : []),
    ...(state.jobs ? [] : [t('administration.node.no_jobs')]),
    ...state.rooms
      .filter(isLow)
      .map((room) => t('administration.node.low', { place: t(`administration.node.room.${room.place}`) })),
  ]
  if (said.length === 0) return <Note tone="good">{t('administration.node.well')}</Note>
  return (
    <Note tone="bad">
      {said.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Note>
  )
}

function Papers({ view, papers, pack }: { view: View; papers: readonly UnprintedPaper[]; pack: LoadedPack }) {
  const { t, lang, today } = view
  const kindOf = (code: string) => {
    const kind = pack.pack.documents.kinds.find((one) => one.code === code)
    return kind ? pick(kind.title, lang) : code
  }
  return (
    <DeskCard title={t('administration.node.papers')} flush={papers.length > 0}>
      {papers.length === 0 ? (
        <p class="k-quiet">{t('desk.watch.all_printed')}</p>
      ) : (
        <Table
          caption={t('administration.node.papers')}
          stack
          rows={papers}
          keyOf={(one) => one.id}
          columns={[
            { title: t('administration.node.kind'), cell: (one) => <b>{kindOf(one.kind)}</b> },
            { title: t('administration.node.since'), cell: (one) => formatDateTime(one.waitingSince, lang, today) },
            { title: t('administration.node.tries'), cell: (one) => <span class="num">{formatNumber(one.attempts)}</span> },
            { title: t('administration.node.fault'), cell: (one) => <code>{one.fault}</code> },
            { title: t('administration.node.next'), quiet: true, cell: (one) => formatDateTime(one.nextAt, lang, today) },
            {
              title: t('administration.act'),
              silent: true,
              right: true,
              cell: (one) => (
                <Form view={view} action={`${NODE}/papers/${one.id}`} class="k-inline-form">
                  <DeskButton small>{t('administration.node.again')}</DeskButton>
                </Form>
              ),
            },
          ]}
        />
      )}
    </DeskCard>
  )
}

function Schedules({ view, schedules }: { view: View; schedules: readonly ScheduleState[] }) {
  const { t, lang, today } = view
  const at = (instant: Date | null) => (instant ? formatDateTime(instant, lang, today) : t('administration.node.not_yet'))
  return (
    <DeskCard title={t('administration.node.schedules')} note={t('administration.node.schedules_note')} flush>
      <Table
        caption={t('administration.node.schedules')}
        stack
        rows={[...schedules].sort((a, b) => Number(b.failingSince !== null) - Number(a.failingSince !== null))}
        keyOf={(one) => one.name}
        columns={[
          { title: t('administration.node.schedule'), cell: (one) => t(`administration.schedule.${one.name}`) },
          { title: t('administration.node.done'), quiet: true, cell: (one) => at(one.doneAt) },
          {
            title: t('administration.state'),
            cell: (one) =>
              one.failingSince ? (
                <DeskTag tone="bad">
                  {t('administration.node.failing', { since: formatDateTime(one.failingSince, lang, today) })}
                </DeskTag>
              ) : one.doneAt ? (
                <DeskTag tone="good">{t('administration.node.fine')}</DeskTag>
              ) : (
                ''
              ),
          },
        ]}
      />
    </DeskCard>
  )
}
