import type { DraftView } from '../../../../core/cases/index.ts'
import type { LoadedPack, Question } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, type Errors, Form, Inset, Link, ResidentPage, StepCaption, type View } from '../../../../ui/index.ts'
import type { Typed } from '../request.ts'
import { Answering } from './answering.tsx'
import { Files } from './files.tsx'
import { NotIssued } from './not-issued.tsx'

export interface QuestionProps {
  view: View
  pack: LoadedPack
  page: DraftView
  question: Question
  typed: Typed
  errors: Errors
  formKey: string
  /** The largest file. */
  megabytes: number
  /** Rows of a list that grows. */
  rows: number
}

/** One question a page: what is asked, one button that goes on, one link that leaves it for another day. */
export function QuestionPage(props: QuestionProps) {
  const { view, page, question, errors } = props
  const { draft } = page
  const { t, lang } = view
  const at = draft.matter.questions.indexOf(question)
  const here = `/apply/${draft.id}/${question.code}`
  const before = draft.matter.questions[at - 1]
  const back = before
    ? { href: `/apply/${draft.id}/${before.code}`, label: t('apply.back') }
    : { href: `/matters/${draft.matter.code}`, label: pick(draft.matter.name, lang) }
  const next = draft.matter.questions[at + 1]?.code ?? 'check'
  return (
    <ResidentPage view={view} title={pick(question.ask, lang)} back={back} errors={errors}>
      <Changed view={view} changed={draft.changed} />
      <NotIssued view={view} pack={props.pack} draft={draft} />
      <div>
        <StepCaption view={view} matter={pick(draft.matter.name, lang)} at={at + 1} of={draft.matter.questions.length + 1} />
        {question.kind === 'files' ? (
          <Files {...props} here={here} />
        ) : question.kind === 'confirm' && !page.facts ? (
          <NotYetKnown view={view} question={question} next={`/apply/${draft.id}/${next}`} />
        ) : (
          <Form view={view} action={here} idempotencyKey={props.formKey}>
            <Answering {...props} heading />
            <Actions>
              <Button>{t('apply.go_on')}</Button>
            </Actions>
          </Form>
        )}
      </div>
      <Link href="/me/cases?kept=1" mid>
        {t('apply.later')}
      </Link>
    </ResidentPage>
  )
}

export const Changed = ({ view, changed }: { view: View; changed: boolean }) =>
  changed ? <Inset>{view.t('apply.changed')}</Inset> : null

/** Before somebody saw the card there is nothing to show, and so nothing to confirm: the page is left open. */
const NotYetKnown = ({ view, question, next }: { view: View; question: Question; next: string }) => (
  <div class="k-form">
    <h1 class="govuk-heading-l">{pick(question.ask, view.lang)}</h1>
    <Inset>{view.t('apply.facts_later')}</Inset>
    <Actions>
      <Button href={next}>{view.t('apply.go_on')}</Button>
    </Actions>
  </div>
)
