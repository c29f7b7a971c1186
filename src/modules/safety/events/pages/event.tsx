import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskCard, DeskTag, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type Problem } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { unknownIn } from '../event.ts'
import type { EventPage as ReadPage } from '../use-cases.ts'
import { Acts } from './acts.tsx'
import { fieldLabels } from './fields.tsx'
import { Clocks, Course, FindingsGrid, firstOf, STATUS_TONE } from './parts.tsx'

export interface EventProps extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  page: ReadPage
  now: Date
  body: Readonly<Record<string, string>>
  done: string | undefined
  newKey: string
  problem?: Problem
}

/** One event: what is known now, which clock runs, who was told, and what can be done. */
export function EventPage(props: EventProps) {
  const { pack, emergencies, page, now, body, done, newKey, problem, ...shell } = props
  const { view } = shell
  const { t, lang, today } = view
  const { event, facts, clocks } = page
  const { state } = event
  const kind = emergencies.kinds.find(({ code }) => code === event.kind)
  const title = kind ? pick(kind.name, lang) : event.kind
  const level = emergencies.levels.find(({ code }) => code === state.level)
  const response = emergencies.responses.find(({ code }) => code === state.response)
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const open = unknownIn(state.found)
  return (
    <DeskPage {...shell} {...errors} errorsOf={body.act ?? ''} title={title} labels={fieldLabels(view)}>
      <DeskHead
        crumbs={[{ href: '/desk/events', label: t('event.title') }]}
        title={title}
        note={`${shortArea(view, pack.areaIn(t, lang, event.area) || event.area)} · ${t('event.learnt', { at: formatDateTime(event.learntAt, lang, today) })}`}
      >
        <p>
          <DeskTag tone={STATUS_TONE[state.status]}>{t(`event.status.${state.status}`)}</DeskTag>{' '}
          <DeskTag tone={level ? 'info' : 'plain'}>{level ? pick(level.name, lang) : t('event.level_open')}</DeskTag>{' '}
          {response && <DeskTag tone="warn">{pick(response.name, lang)}</DeskTag>}
        </p>
      </DeskHead>
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {done && !problem && (
        <Note tone="good" live>
          {t('event.noted')}
        </Note>
      )}
      <Two side={<Acts {...props} />}>
        {clocks.some(({ standing }) => standing === 'open' || standing === 'overdue') && (
          <Note tone="warn">
            {t('event.nobody_told_by_itself', { who: firstOf(view, emergencies) })}{' '}
            {t(page.may.includes('tell') ? 'event.note_it_here' : 'event.noted_by')}
          </Note>
        )}
        <DeskCard title={t('event.clocks')} flush>
          <Clocks view={view} pack={pack} clocks={clocks} />
        </DeskCard>
        <DeskCard title={t('event.known_now')} note={t('event.after_reports', { n: state.reports })}>
          {event.happenedAt && <p>{t('event.happened', { at: formatDateTime(event.happenedAt, lang, today) })}</p>}
          {!event.happenedAt && <p>{t('event.happened_unknown')}</p>}
          {open.length > 0 && (
            <Note tone="warn">
              {t('event.still_unknown', { what: open.map((name) => t(`event.field.${name}`)).join(t('event.join')) })}
            </Note>
          )}
          <FindingsGrid view={view} found={state.found} />
        </DeskCard>
        <DeskCard title={t('event.course')} note={t('event.course_note')}>
          <Course view={view} emergencies={emergencies} facts={facts} />
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
