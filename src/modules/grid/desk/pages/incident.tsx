import { type LoadedPack, organisationIn } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, DeskTimeline, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, dueWords, type Fact, formatDateTime, type Problem } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import type { PhotosAsked } from '../../pages/photo-form.ts'
import { areaLabel } from '../../pages/report-where.tsx'
import { delayName } from '../../pages/saying.ts'
import type { IncidentPage as ReadPage } from '../../use-cases/read-incident.ts'
import { Acts } from './acts.tsx'
import { AlikeCard } from './alike.tsx'
import { className, dueOfStage, nextOf, stepTone, stepWords } from './parts.tsx'
import { PhotosCard } from './photos.tsx'
import { Said } from './said.tsx'

export interface IncidentProps extends DeskShell {
  pack: LoadedPack
  page: ReadPage
  now: Date
  body: Readonly<Record<string, string>>
  done: string | undefined
  newKey: string
  mayCall: boolean
  /** Several units are needed: 吹哨. */
  mayBlow: boolean
  /** Says of a photo whether outsiders may see it. */
  mayClear: boolean
  /** What the forms of acts ask of photos; null where none are taken. */
  photos: PhotosAsked | null
  /** Whose conditions are offered for filing. */
  classCode: string
  problem?: Problem
}

/** Fields of the forms, as a summary of what is to be mended names them. */
const NAMED = ['unitId', 'by', 'why', 'title', 'condition', 'reason', 'why_hidden', 'note', 'basis', 'notice', 'how'] as const

/** One incident: what was said, what it may be the same as, what happened, and what this post can do. */
export function IncidentPage(props: IncidentProps) {
  const { pack, page, now, body, done, newKey, mayCall, mayBlow, problem, ...shell } = props
  const { view } = shell
  const { t } = view
  const { found, parent } = page
  const { state } = found
  const title = state.title ?? className(view, pack, state.classCode)
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const runs = page.whistles.some(({ status }) => status === 'open' || status === 'done')
  const stageDueAt = state.stageDueAt === null ? null : new Date(state.stageDueAt)
  const due = dueWords(
    view,
    dueOfStage(view, pack, now, {
      ...state,
      why: state.pauses.at(-1)?.why ?? null,
      stageDueAt,
      wordBy: state.wordBy === null ? null : new Date(state.wordBy),
    }),
  )
  return (
    <DeskPage
      {...shell}
      {...errors}
      errorsOf={body.act ?? ''}
      title={title}
      labels={Object.fromEntries(NAMED.map((name) => [name, t(`incident_desk.named.${name}`)]))}
    >
      <DeskHead
        crumbs={[{ href: '/desk/incidents', label: t('incident_desk.title') }]}
        title={title}
        note={`${found.number} · ${areaLabel(view, pack, found.area)}`}
      >
        <p>
          <DeskTag tone={stepTone(state)}>{stepWords(view, state)}</DeskTag>{' '}
          <DeskTag tone={due.tone}>{[due.words, due.note].filter(Boolean).join(' · ')}</DeskTag>{' '}
          {state.round > 1 && <DeskTag tone="warn">{t('incident_desk.round', { n: state.round })}</DeskTag>}
        </p>
        <DeskButton href={`/desk/incidents/notes?incident=${found.id}`}>{t('field_notes.title')}</DeskButton>
        {mayBlow && state.closedAt === null && !runs && (
          <DeskButton href={`/desk/whistles/new?incident=${found.id}`}>{t('incident_desk.blow')}</DeskButton>
        )}
      </DeskHead>
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {done && !problem && (
        <Note tone="good" live>
          {t('incident_desk.noted')}
        </Note>
      )}
      {parent && (
        <Note tone="info">
          {t('incident_desk.parent')} <a href={`/desk/incidents/${parent.id}`}>{parent.number}</a>
        </Note>
      )}
      {state.hiddenWith && <Note tone="warn">{t('incident_desk.hidden_with', { number: state.hiddenWith })}</Note>}
      <Together {...props} />
      <Two first={<Acts {...props} />} side={<Course {...props} />}>
        <Said {...props} />
        <PhotosCard {...props} />
        {page.alike.length > 0 && <AlikeCard {...props} />}
        <DeskCard title={t('incident_desk.facts')}>
          <Datagrid facts={factsOf(props)} />
        </DeskCard>
        {page.children.length > 0 && (
          <DeskCard title={t('incident_desk.linked_here')} note={String(page.children.length)}>
            <p class="num">
              {page.children.slice(0, 50).map((child) => (
                <>
                  <a href={`/desk/incidents/${child.id}`}>{child.number}</a>{' '}
                </>
              ))}
            </p>
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}

/** 吹哨: which whistle was blown for it, where that stands, and what comes next. */
function Together({ view, pack, page }: IncidentProps) {
  const { t } = view
  const { status } = page.found.state
  return page.whistles.map((one, at) => {
    const next = at === 0 ? nextOf(status, one.status) : undefined
    return (
      <Note key={one.id} tone={next === 'dispatch' || next === 'hand_in' ? 'warn' : 'info'}>
        {t(`incident_desk.whistle.${one.status}`)}{' '}
        {one.mayRead ? <a href={`/desk/whistles/${one.id}`}>{one.number}</a> : <span class="num">{one.number}</span>}
        {next && ` ${t(`incident_desk.whistle_next.${next}`, { unit: organisationIn(pack, view, page.unitName ?? '') })}`}
      </Note>
    )
  })
}

function factsOf({ view, pack, page }: IncidentProps): Fact[] {
  const { t, lang, today } = view
  const { found } = page
  const { state, point } = found
  const of = pack.incidents.classes.find(({ code }) => code === state.classCode)
  const condition = of?.conditions.find(({ code }) => code === state.condition)
  const day = (at: string | null) => (at === null ? null : formatDateTime(new Date(at), lang, today))
  const facts: [string, string | null | undefined][] = [
    [t('incident_desk.class'), className(view, pack, state.classCode)],
    [t('incident_desk.level'), state.level],
    [t('incident_desk.condition'), condition && pick(condition.when, lang)],
    [t('incident_desk.done_when'), condition && pick(condition.done_when, lang)],
    [t('incident_desk.unit'), page.unitName && organisationIn(pack, view, page.unitName)],
    [t('incident_desk.due_all'), day(state.dueAt)],
    [t('incident_desk.word_by'), state.status === 'checked' ? day(state.wordBy) : null],
    [t('incident_desk.area'), pack.areaIn(t, lang, found.area)],
    [point ? t('incident_desk.grid_point', { crs: point.crs }) : '', point && `${point.lon.toFixed(6)}, ${point.lat.toFixed(6)}`],
    [t('incident_desk.shown_place'), state.filedBy && !state.shown ? t('incident_desk.not_shown') : found.shownPlace],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

function Course({ view, page, pack }: IncidentProps) {
  const { t, lang, today } = view
  const named = (name: unknown): string => (typeof name === 'string' ? organisationIn(pack, view, name) : '')
  return (
    <DeskCard title={t('incident_desk.course')}>
      <DeskTimeline
        view={view}
        entries={page.timeline.toReversed().map(({ fact, payload, recordedAt, officerName, organisationName }) => ({
          state: 'done' as const,
          title: t(`incident_desk.fact.${fact}`),
          note: [formatDateTime(recordedAt, lang, today), named(organisationName), officerName].filter(Boolean).join(' · '),
          text: [
            named(payload.unitName),
            delayName(pack, payload.why as string | undefined, view),
            payload.how && t(`incident_desk.field.how_${payload.how}`),
            payload.with && t('incident_desk.hidden_with_fact', { number: String(payload.with) }),
            payload.reason,
            payload.note,
            payload.basis,
            payload.whistle,
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </DeskCard>
  )
}
