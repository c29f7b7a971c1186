/** The timeline of one's own case in plain words: what was done and by which office, what is being done, what comes. */
import type { OwnCase, TimelineRow } from '../../../core/cases/index.ts'
import type { Matter } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { formatDateTime, type View } from '../../../ui/index.ts'

type DocumentRow = OwnCase['documents'][number]

export interface Stage {
  state: 'done' | 'now' | 'next' | 'stopped'
  title: string
  note: string
  documents: DocumentRow[]
}

/** Moves between offices and re-counted days are shown by what follows from them. */
const QUIET = new Set<TimelineRow['fact']>(['handed_over', 'due_recomputed', 'extension_requested'])

export function courseOf(view: View, own: OwnCase): Stage[] {
  const shown = own.timeline.filter((row) => !QUIET.has(row.fact))
  const past = shown.map((row, at): Stage => {
    const until = shown[at + 1]?.seq ?? Number.POSITIVE_INFINITY
    return {
      state: 'done',
      title: titleOf(view, own.matter, row),
      note: noteOf(view, own, row),
      documents: own.documents.filter((d) => d.seq >= row.seq && d.seq < until),
    }
  })
  return [...past, ...ahead(view, own)]
}

function titleOf({ t, lang }: View, matter: Matter, row: TimelineRow): string {
  const payload = row.payload as Record<string, string | number>
  const step = matter.steps.find((s) => s.code === payload.step)
  if (row.fact === 'step_done' && step) return t('own.course.step_done', { step: pick(step.name, lang) })
  if (row.fact === 'decided') return t('own.course.decided', { outcome: t(`case.outcome.${payload.outcome}`) })
  return t(`case.fact.${row.fact}`)
}

function noteOf(view: View, own: OwnCase, row: TimelineRow): string {
  const when = formatDateTime(row.recordedAt, view.lang, view.today)
  const where =
    row.organisationName ??
    (row.fact === 'received'
      ? view.t(`case.channel.${own.found.channel}`)
      : row.actorKind === 'resident'
        ? view.t('own.course.you')
        : '')
  return where ? view.t('own.course.note', { when, where }) : when
}

function ahead(view: View, { found, matter }: OwnCase): Stage[] {
  const at = matter.steps.findIndex((s) => s.code === found.state.step)
  if (at < 0) return []
  const { status } = found.state
  const now = matter.steps[at]!
  const stopped = status === 'paused' || status === 'correcting'
  return [
    {
      state: stopped ? 'stopped' : 'now',
      title: stopped ? view.t(`case.status.${status}`) : pick(now.name, view.lang),
      note: stopped ? view.t('own.course.stands', { step: pick(now.name, view.lang) }) : pick(now.plain, view.lang),
      documents: [],
    },
    ...matter.steps.slice(at + 1).map(
      (step): Stage => ({
        state: 'next',
        title: view.t('own.course.next', { step: pick(step.name, view.lang) }),
        note: '',
        documents: [],
      }),
    ),
  ]
}
