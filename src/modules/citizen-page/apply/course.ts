/** The timeline of one's own case in plain words: what was done and by which office, what is being done, what comes. */
import type { OwnCase, TimelineRow } from '../../../core/cases/index.ts'
import type { Matter } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { formatDateTime, formatDay, type View } from '../../../ui/index.ts'

type DocumentRow = OwnCase['documents'][number]

export interface Stage {
  state: 'done' | 'now' | 'next' | 'stopped'
  title: string
  note: string
  documents: DocumentRow[]
}

const RUNNING: ReadonlySet<string> = new Set(['received', 'correcting', 'accepted', 'paused'])

/** In the books of 好差评 the best grade is 1; on the page it is 5. */
export const shownGrade = (booked: number): number => 6 - booked

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

/** What was done, with its step and its day: a bare “extended” tells nobody until when. */
function titleOf({ t, lang, today }: View, matter: Matter, row: TimelineRow): string {
  const payload = row.payload as Record<string, string | number>
  const step = matter.steps.find((s) => s.code === payload.step)
  const day = (value: unknown) => (value ? formatDay(dayOf(new Date(String(value))), lang, today) : '')
  switch (row.fact) {
    case 'received':
      return t(
        payload.proxyId ? 'own.course.received_by_proxy' : payload.foundRun ? 'own.course.received_found' : 'case.fact.received',
        { name: payload.proxyName ?? 'none' },
      )
    case 'step_done':
      return step ? t('own.course.step_done', { step: pick(step.name, lang) }) : t('case.fact.step_done')
    case 'sent_back': {
      const to = matter.steps.find((s) => s.code === payload.to)
      return to ? t('own.course.sent_back', { step: pick(to.name, lang) }) : t('case.fact.sent_back')
    }
    case 'accepted':
      return payload.dueAt ? t('own.course.accepted', { day: day(payload.dueAt) }) : t('case.fact.accepted')
    case 'resumed':
    case 'extended':
      return payload.dueAt ? t(`own.course.${row.fact}`, { day: day(payload.dueAt) }) : t(`case.fact.${row.fact}`)
    case 'correction_requested':
      return t('own.course.correction_requested', { day: formatDay(String(payload.answerBy), lang, today) })
    case 'competence_refused':
      return t('own.course.competence_refused', { organ: String(payload.organ) })
    case 'notice_published':
      return t('own.course.notice_published', { day: formatDay(String(payload.endsOn), lang, today) })
    case 'material_withdrawn': {
      const material = matter.materials.find((m) => m.code === payload.material)
      return material
        ? t('own.course.material_withdrawn', { name: pick(material.name, lang) })
        : t('case.fact.material_withdrawn')
    }
    case 'decided':
      return t('own.course.decided', { outcome: t(`case.outcome.${payload.outcome}`) })
    case 'line_answered':
      return t('own.course.line_answered', {
        outcome: t(`document.line.${payload.outcome}`),
        reasons: String(payload.reasons),
      })
    case 'rated':
      return t('own.course.rated', { grade: t(`ui.rating.${shownGrade(Number(payload.grade))}`) })
    default:
      return t(`case.fact.${row.fact}`)
  }
}

function noteOf(view: View, own: OwnCase, row: TimelineRow): string {
  const when = formatDateTime(row.recordedAt, view.lang, view.today)
  const where =
    row.organisationName ??
    (row.fact === 'received'
      ? view.t(`case.channel.${own.found.channel}`)
      : row.actorKind === 'resident'
        ? row.payload.proxyId
          ? view.t('own.course.proxy', { name: String(row.payload.proxyName ?? 'none') })
          : view.t('own.course.you')
        : '')
  return where ? view.t('own.course.note', { when, where }) : when
}

function ahead(view: View, { found, matter }: OwnCase): Stage[] {
  const { status } = found.state
  // Where nothing is being done any more, nothing comes next, whatever step it had come to.
  if (!RUNNING.has(status)) return []
  const at = matter.steps.findIndex((s) => s.code === found.state.step)
  if (at < 0) return []
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
