import type { CasePage as ReadPage } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { whyNotAssessed } from '../../../../core/tables/index.ts'
import type { Post } from '../../../../platform/actor.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskClock, DeskTag, DeskTimeline, DueCell, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate, type Problem, type View } from '../../../../ui/index.ts'
import type { Standing } from '../../../rooms.ts'
import { isAct } from '../acts.ts'
import { timelineLine } from '../case-view.ts'
import { datedOf, dueOfCase, usedOf } from '../due.ts'
import { type DeskShell, shortArea } from '../shell.ts'
import { statusTone, stepName } from '../status.ts'
import { CaseAnswers, CaseFacts } from './case-facts.tsx'
import { Documents, Materials, namesOf, titleOf } from './case-papers.tsx'
import { ApplicantsWord, Household, Objections } from './case-people.tsx'
import { Conditions } from './conditions.tsx'
import { PaidMonths } from './months.tsx'
import { NextStep } from './next-step.tsx'
import { NotIssued } from './not-issued.tsx'

export interface CaseProps extends DeskShell {
  page: ReadPage
  /** In force: names of areas, rules and documents. */
  pack: LoadedPack
  /** The pack that the case is pinned to: its clock. */
  procedure: LoadedPack
  holder: Post
  now: Date
  newKey: string
  /** How the ability assessment stands; null where this post does none, or the applicant needs none. */
  assessment: Standing | null
  /** What has just been done, and the document that it left. */
  done?: string
  documentId?: string
  /** Ids of the materials that have just come in. */
  added?: string
  /** A day on which a payment is supposed to have ended. */
  ended: string
  body: Record<string, string>
  objectionId?: string
  problem?: Problem
}

/** 能力评估 is offered for applicants of the age and the matters that the pack's table names. */
export function isAssessable({ found, facts }: ReadPage, pack: LoadedPack, today: string): boolean {
  const form = pack.tables.find((table) => table.assessment)?.assessment
  if (!form) return false
  const fromAge = pack.optionalNumber(form.from_age, found.originArea, today)
  return whyNotAssessed(form, fromAge, { matterCode: found.matterCode, bornOn: facts.born_on, on: today }) === null
}

export function CasePage({
  page,
  pack,
  procedure,
  holder,
  now,
  newKey,
  done,
  documentId,
  added,
  ended,
  body,
  objectionId,
  problem,
  assessment,
  ...shell
}: CaseProps) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, matter } = page
  const can = (permission: string) => holder.permissions.includes(permission)
  const name = pick(matter.name, lang)
  return (
    <DeskPage {...shell} title={`${name} · ${found.number}`} errors={problem?.errors} errorsOf={objectionId ?? ''}>
      <DeskHead
        crumbs={[{ href: '/desk', label: t('desk.nav.work') }]}
        note={[
          found.number,
          shortArea(view, page.originName),
          t(`case.channel.${found.channel}`),
          t('desk.case.received', { day: formatDate(dayOf(found.receivedAt), lang, today) }),
        ].join(' · ')}
        title={
          <>
            {name} · {found.surname}**{' '}
            <DeskTag tone={statusTone(found.state.status)}>
              {stepName(view, pack, { ...found.state, matterCode: found.matterCode })}
            </DeskTag>
          </>
        }
      >
        <Clock view={view} page={page} procedure={procedure} now={now} />
      </DeskHead>
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          {problem.message}
        </Note>
      )}
      {done && !problem && <Done view={view} page={page} pack={pack} done={done} documentId={documentId} added={added} />}
      <NotIssued view={view} page={page} pack={pack} />
      {page.lapsed.lapsed && <Lapsed view={view} page={page} />}
      <Two
        first={<NextStep page={page} pack={pack} shell={shell} newKey={newKey} />}
        side={
          <>
            <Documents view={view} page={page} pack={pack} />
            {assessment && (
              <DeskCard title={t('desk.case.assessment')}>
                <Note tone={assessment.tone}>{assessment.text}</Note>
                <p>
                  <a href={`/desk/cases/${found.id}/assessment`}>{t('desk.case.to_assessment')}</a>
                </p>
              </DeskCard>
            )}
            <Course view={view} page={page} pack={pack} />
          </>
        }
      >
        {page.objections.length > 0 && (
          <Objections
            view={view}
            page={page}
            newKey={newKey}
            may={can('case.hear-objection')}
            {...(problem && objectionId ? { back: { id: objectionId, typed: body.answer ?? '', errors: problem.errors } } : {})}
          />
        )}
        <PaidMonths view={view} page={page} pack={pack} ended={ended} />
        <CaseFacts view={view} page={page} pack={pack} />
        {page.found.state.outcome ? (
          // Worked out anew it would count against the applicant what this very case has granted her.
          <DeskCard title={t('desk.case.checks')}>
            <p>{t('desk.case.checks_done')}</p>
          </DeskCard>
        ) : (
          matter.conditions.length > 0 && <Conditions view={view} page={page} pack={pack} />
        )}
        <Objected view={view} page={page} pack={pack} />
        <ApplicantsWord view={view} page={page} newKey={newKey} />
        {page.members.length > 0 && <Household view={view} page={page} newKey={newKey} may={can('case.record-authorisation')} />}
        <Materials
          view={view}
          page={page}
          pack={pack}
          newKey={newKey}
          mayAdd={can('case.receive') && ['received', 'correcting'].includes(found.state.status)}
          typed={body.material}
          {...(problem ? { errors: problem.errors } : {})}
        />
        <CaseAnswers view={view} page={page} />
      </Two>
    </DeskPage>
  )
}

/** Of an objection to a line: which case and which condition, and what the two decisions mean here. */
function Objected({ view, page, pack }: { view: View; page: ReadPage; pack: LoadedPack }) {
  const line = Object.values(page.answers).find((answer) => answer.kind === 'line')
  if (line?.kind !== 'line') return null
  return (
    <DeskCard title={view.t('explanations.line.desk')}>
      <p>
        {pick(pack.matter(line.matterCode).name, view.lang)} · {line.number} · {pick(pack.rule(line.rule).text, view.lang)}
      </p>
      <p>{view.t('explanations.line.desk_how')}</p>
      <p>
        <a href={`/desk/cases/${page.found.id}/why`}>{view.t('explanations.line.link')}</a>
      </p>
    </DeskCard>
  )
}

/** Our promise, counted from acceptance; before it, the days in which we look at what came. */
function Clock({ view, page: { found }, procedure, now }: { view: View; page: ReadPage; procedure: LoadedPack; now: Date }) {
  const due = dueOfCase(view, procedure, now, datedOf(found))
  const used = usedOf(due, found, procedure)
  const { acceptedOn } = found.state
  const note = acceptedOn
    ? view.t('desk.clock.since_acceptance', { day: formatDate(acceptedOn, view.lang, view.today) })
    : view.t('desk.clock.to_accept')
  if (!used)
    return (
      <div class="d-clock">
        <DueCell view={view} due={due} />
        {due.kind === 'left' && <p>{note}</p>}
      </div>
    )
  return <DeskClock view={view} due={due} {...used} note={note} />
}

function Done({
  view,
  page,
  pack,
  done,
  documentId,
  added = '',
}: {
  view: View
  page: ReadPage
  pack: LoadedPack
  done: string
  documentId?: string
  added?: string
}) {
  const { t } = view
  const known = isAct(done)
    ? t('desk.done.act', { action: t(`case.action.${done}`) })
    : ['file', 'member', 'objection', 'correction'].includes(done)
      ? t(`desk.done.${done}`, { names: namesOf(page, added).join(t('desk.join')) })
      : null
  const document = page.documents.find((one) => one.id === documentId)
  if (!known) return null
  return (
    <Note tone="good" live>
      {known}{' '}
      {document && (
        <>
          {t('desk.done.document')}{' '}
          <a href={`/documents/${document.id}`}>{`${titleOf(pack, document.kind, view)} ${document.number}`}</a>
          {page.signsIn ? '' : ` ${t('desk.done.print')}`}
        </>
      )}{' '}
      <DeskButton small href="/desk" keyHint="L">
        {t('desk.done.next')}
      </DeskButton>
    </Note>
  )
}

/** The text that the matter rests on has lapsed: everything before the decision runs, nothing is refused for it. */
const Lapsed = ({ view, page }: { view: View; page: ReadPage }) => {
  const { t, lang, today } = view
  const { lapseBasis } = page.found.state
  const day = page.lapsed.since ? formatDate(page.lapsed.since, lang, today) : ''
  return (
    <Note tone={lapseBasis ? 'info' : 'warn'}>
      <p>{lapseBasis ? t('desk.case.lapsed_basis', { basis: lapseBasis }) : t('desk.case.lapsed', { day })}</p>
      {page.timeline
        .filter((row) => row.fact === 'basis_corrected')
        .map(({ seq, payload }) => (
          <p key={seq}>
            {t(payload.afterDecision ? 'desk.case.basis_after' : 'desk.case.basis_was', {
              was: String(payload.was),
              basis: String(payload.basis),
              reason: String(payload.reason),
            })}
          </p>
        ))}
    </Note>
  )
}

function Course({ view, page, pack }: { view: View; page: ReadPage; pack: LoadedPack }) {
  const { t } = view
  const running = ['received', 'correcting', 'accepted', 'paused', 'decided'].includes(page.found.state.status)
  const now = {
    state: page.found.state.status === 'paused' ? ('stopped' as const) : ('now' as const),
    title: stepName(view, pack, { ...page.found.state, matterCode: page.found.matterCode }),
    note: pack.officeName(page.found.domain, page.found.state.handlingArea),
  }
  const past = page.timeline.map((row) => ({ state: 'done' as const, ...timelineLine(view, page, pack, row) })).reverse()
  return (
    <DeskCard title={t('desk.case.course')}>
      <DeskTimeline view={view} entries={running ? [now, ...past] : past} />
    </DeskCard>
  )
}
