import type { CasePage } from '../../../../core/cases/index.ts'
import { DeskButton, DeskCard, DeskTag, Note, Table } from '../../../../ui/desk/index.ts'
import { type Errors, Form, formatDate, formatMoney, formatShortDateTime, TextArea, type View } from '../../../../ui/index.ts'

interface PeopleProps {
  view: View
  page: CasePage
  newKey: string
  may: boolean
}

/** Sent by somebody who acts for her: her own word to the check is still to come, and how it comes. */
export function ApplicantsWord({ view: { t }, view, page, newKey }: Omit<PeopleProps, 'may'>) {
  const { found, matter, may, ownWord } = page
  const running = ['received', 'correcting', 'accepted', 'paused'].includes(found.state.status)
  if (ownWord !== null || !running || !matter.steps.some((step) => step.kind === 'authorisation')) return null
  return (
    <DeskCard title={t('desk.own_word.title')}>
      <Note tone="warn">{t('desk.own_word.open')}</Note>
      {may.record_authorisation === 'case.applicant_not_agreed' ? (
        <Form view={view} action={`/desk/cases/${found.id}/members/applicant`} idempotencyKey={newKey}>
          <p>{t('desk.own_word.paper')}</p>
          <DeskButton>{t('desk.member.paper_button')}</DeskButton>
        </Form>
      ) : (
        <p>{t('desk.own_word.later')}</p>
      )}
    </DeskCard>
  )
}

/** The household of this case, and whether each adult has said yes to the check. */
export function Household({ view, page, newKey, may }: PeopleProps) {
  const { t, lang, today } = view
  const authorisation = page.matter.steps.some((step) => step.kind === 'authorisation')
  return (
    <DeskCard title={t('desk.case.household')} note={t('desk.case.household_note', { n: page.members.length })} flush>
      <Table
        caption={t('desk.case.household')}
        rows={page.members}
        keyOf={(member) => member.id}
        columns={[
          { title: t('desk.person.name'), cell: (member) => member.name },
          { title: t('desk.person.relation'), quiet: true, cell: (member) => member.relation },
          {
            title: t('desk.person.born_on'),
            quiet: true,
            cell: (member) => (member.bornOn ? formatDate(member.bornOn, lang) : ''),
          },
          {
            title: t('desk.person.income'),
            cell: (member) =>
              member.monthlyIncomeFen === null ? t('desk.answer.none') : formatMoney(member.monthlyIncomeFen, lang),
          },
          {
            title: t('desk.member.authorisation'),
            cell: (member) =>
              !member.adult || !authorisation ? (
                <span class="k-quiet">{t('desk.member.not_needed')}</span>
              ) : member.authorisedAt ? (
                <>
                  <DeskTag tone="good">{t(`desk.member.${member.authorisedHow ?? 'paper'}`)}</DeskTag>{' '}
                  <span class="k-quiet num">{formatShortDateTime(new Date(member.authorisedAt), today)}</span>
                </>
              ) : (
                <DeskTag tone="warn">{t('desk.member.waiting')}</DeskTag>
              ),
          },
          {
            title: t('desk.work.open'),
            silent: true,
            right: true,
            cell: (member) =>
              may && authorisation && member.adult && !member.authorisedAt ? (
                <Form view={view} action={`/desk/cases/${page.found.id}/members/${member.id}`} idempotencyKey={newKey}>
                  <DeskButton small>
                    {t('desk.member.paper_button')}
                    <span class="govuk-visually-hidden"> {member.name}</span>
                  </DeskButton>
                </Form>
              ) : null,
          },
        ]}
      />
    </DeskCard>
  )
}

export interface ObjectionsProps extends PeopleProps {
  /** The objection whose answer came back, with what was typed and what is wrong. */
  back?: { id: string; typed: string; errors: Errors }
}

/** What neighbours said against the notice; each gets a written answer before the step can end. Nobody is named. */
export const Objections = ({ view, page, newKey, may, back }: ObjectionsProps) => {
  const { t, today } = view
  return (
    <DeskCard
      title={t('desk.case.objections')}
      note={t('desk.case.objections_note')}
      raised={page.objections.some((o) => o.answer === null)}
    >
      {page.objections.map((objection) => (
        <div key={objection.id} class="d-col">
          <p>
            <span class="k-quiet num">{formatShortDateTime(new Date(objection.madeAt), today)}</span> {objection.text}
          </p>
          {objection.answer ? (
            <p>
              <DeskTag tone="good">{t('desk.objection.answered')}</DeskTag> {objection.answer}
            </p>
          ) : may ? (
            <Form
              view={view}
              action={`/desk/cases/${page.found.id}/objections/${objection.id}`}
              idempotencyKey={newKey}
              ids={objection.id}
            >
              <TextArea
                view={view}
                name="answer"
                label={t('desk.objection.answer')}
                rows={3}
                maxLength={2000}
                {...(back?.id === objection.id ? { value: back.typed, errors: back.errors } : {})}
              />
              <DeskButton>{t('desk.objection.button')}</DeskButton>
            </Form>
          ) : (
            <p>
              <DeskTag tone="warn">{t('desk.objection.open')}</DeskTag> {t('desk.objection.not_you')}
            </p>
          )}
        </div>
      ))}
    </DeskCard>
  )
}
