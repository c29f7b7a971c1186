import type { LoadedPack } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { DeskButton, DeskCard, DocumentList, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Details, Form, formatDate, formatDateTime, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { assessmentTable, differences, type View } from '../assessment.ts'
import type { AssessmentPage as ReadPage } from '../use-cases.ts'
import { formLabels, ViewForm } from './form.tsx'
import { SeenView } from './parts.tsx'

interface AssessmentProps extends DeskShell {
  pack: LoadedPack
  page: ReadPage
  body: Readonly<Record<string, string>>
  done: string | undefined
  newKey: string
  problem?: Problem
}

/** Where the assessment of a case stands, and what this officer can do about it. */
export function AssessmentPage(props: AssessmentProps) {
  const { pack, page, body, done, newKey, problem, ...shell } = props
  const { view } = shell
  const { t } = view
  const action = `/desk/cases/${page.caseId}/assessment`
  const { standing } = page
  const errors = problem?.errors
  const open = page.open && !page.unfit
  const form = (says: 'first-view' | 'own') => (
    <ViewForm view={view} pack={pack} action={action} says={says} body={body} {...(errors ? { errors } : {})} />
  )
  const asked = body.says === 'own' || (errors && Object.keys(errors).length > 0)
  return (
    <DeskPage {...shell} title={t('care.title')} errors={errors} labels={formLabels(view, pack)}>
      <DeskHead
        crumbs={[
          { href: '/desk', label: t('desk.nav.work') },
          { href: `/desk/cases/${page.caseId}`, label: page.number },
        ]}
        title={t('care.title')}
        note={t(`care.standing.${standing.status}`)}
      />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          {problem.message}
        </Note>
      )}
      {done === 'signed' && !problem && <Note tone="good">{t('care.signed')}</Note>}
      {!page.open && standing.status !== 'settled' && <Note>{t('care.case_over')}</Note>}
      {page.open && page.unfit && <Note>{t(`care.${page.unfit}`)}</Note>}
      {standing.status === 'none' && open && <DeskCard title={t('care.first_title')}>{form('first-view')}</DeskCard>}
      {standing.status === 'waits_second' && (
        <>
          <ViewCard {...props} one={standing.first} />
          {open &&
            (page.signed ? (
              <Note>{t('care.waits_other')}</Note>
            ) : (
              <DeskCard title={t('care.second_title')}>
                <Answer {...props} says="same" newKey={`${newKey}-same`} />
                <Details title={t('care.differs')} open={Boolean(asked)}>
                  {form('own')}
                </Details>
              </DeskCard>
            ))}
        </>
      )}
      {standing.status === 'differs' && (
        <>
          <Note tone="warn">
            <p>{t('care.differs_text')}</p>
            <p>{differingOf(props, standing.first, standing.second)}</p>
            {open && <p>{t(`care.third.${page.signed ? 'other' : 'you'}`)}</p>}
          </Note>
          {[standing.first, standing.second].map((one) => (
            <ViewCard key={one.part} {...props} one={one}>
              {open && !page.signed && (
                <Answer {...props} says={one.part === 'second' ? 'second' : 'first'} newKey={`${newKey}-${one.part}`} />
              )}
            </ViewCard>
          ))}
        </>
      )}
      {standing.status === 'settled' && (
        <>
          <ViewCard {...props} one={standing.signed}>
            <p>{t('care.signed_by', { names: standing.by.map((one) => one.officerName).join(t('care.join')) })}</p>
            {paperOf(standing.by) && (
              <p>
                <a href={`/documents/${paperOf(standing.by)}`}>{t('care.paper')}</a>
              </p>
            )}
          </ViewCard>
          {open && (
            <Details title={t('care.again')} open={Boolean(errors)}>
              {form('first-view')}
            </Details>
          )}
        </>
      )}
      <EarlierReports {...props} />
    </DeskPage>
  )
}

function differingOf({ view, pack }: AssessmentProps, first: View, second: View): string {
  const labels: Record<string, string> = { ...formLabels(view, pack), events: view.t('care.ask.events') }
  const names = first.seen && second.seen ? differences(assessmentTable(pack), first.seen, second.seen) : []
  // Two assessors may have seen the same on two days: then it is the day that differs.
  const said = (names.length > 0 ? names : ['assessedOn']).map((name) => labels[name] ?? view.t('care.assessed_on'))
  return view.t('care.differing', { items: said.join(view.t('care.join')) })
}

/** Reports of the case but the one that stands above: a later one took their place, or one is being made. */
function EarlierReports({ view, page }: AssessmentProps) {
  const { t, lang, today } = view
  const shown = page.standing.status === 'settled' ? paperOf(page.standing.by) : null
  const earlier = page.reports.filter(({ id }) => id !== shown)
  if (earlier.length === 0) return null
  return (
    <DeskCard title={t('care.earlier')} flush>
      <DocumentList
        documents={earlier.map(({ id, number, issuedAt, voidAt }) => ({
          title: t('care.paper'),
          number,
          note: voidAt
            ? t('care.superseded', { on: formatDate(dayOf(voidAt), lang, today) })
            : t('care.in_force', { on: formatDate(dayOf(issuedAt), lang, today) }),
          href: `/documents/${id}`,
          open: t('desk.document.open'),
        }))}
      />
    </DeskCard>
  )
}

const paperOf = (by: readonly View[]): string | null => by.find((one) => one.documentId !== null)?.documentId ?? null

function ViewCard({ view, pack, page, one, children }: AssessmentProps & { one: View; children?: preact.ComponentChildren }) {
  const { t, lang, today } = view
  return (
    <DeskCard title={t('care.view_of', { name: one.officerName })} note={formatDateTime(one.recordedAt, lang, today)}>
      {one.seen && <SeenView view={view} pack={pack} seen={one.seen} area={page.originArea} />}
      {children}
    </DeskCard>
  )
}

const Answer = ({ view, page, says, newKey }: AssessmentProps & { says: 'same' | 'first' | 'second' }) => (
  <Form view={view} action={`/desk/cases/${page.caseId}/assessment`} idempotencyKey={newKey}>
    <input type="hidden" name="says" value={says} />
    <DeskButton kind="primary">{view.t(says === 'same' ? 'care.same' : 'care.found_this')}</DeskButton>
  </Form>
)
