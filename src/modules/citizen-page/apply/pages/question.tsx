import type { DraftView } from '../../../../core/cases/index.ts'
import type { LoadedPack, Question } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, type Errors, Form, Inset, Link, ResidentPage, StepCaption, type View } from '../../../../ui/index.ts'
import type { Typed } from '../request.ts'
import type { Way } from '../way.ts'
import { Answering } from './answering.tsx'
import { Files } from './files.tsx'
import { NotIssued } from './not-issued.tsx'

export interface QuestionProps {
  view: View
  way: Way
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
  const { view, way, page, question, errors } = props
  const { draft } = page
  const { t, lang } = view
  // A paper of which nothing is on record is asked for from the last page, and leads back to it.
  const paper = !draft.asked.includes(question)
  const at = paper ? draft.asked.length : draft.asked.indexOf(question)
  const here = `${way.draft}/${question.code}`
  const before = paper ? 'check' : draft.asked[at - 1]?.code
  const back = before
    ? { href: `${way.draft}/${before}`, label: t('apply.back') }
    : way.start
      ? { href: way.start, label: t('proxies.for', { name: way.name ?? '' }) }
      : { href: `/matters/${draft.matter.code}`, label: pick(draft.matter.name, lang) }
  const next = draft.asked[at + 1]?.code ?? 'check'
  return (
    <ResidentPage view={view} title={pick(question.ask, lang)} back={back} errors={errors}>
      <Whose view={view} way={way} />
      <Changed view={view} changed={draft.changed} />
      <NotIssued view={view} pack={props.pack} draft={draft} />
      <div>
        <StepCaption view={view} matter={pick(draft.matter.name, lang)} at={at + 1} of={draft.asked.length + 1} />
        {question.kind === 'files' ? (
          <Files {...props} here={here} {...(paper ? { lead: t('apply.paper.bring') } : {})} />
        ) : question.kind === 'confirm' && !page.facts ? (
          <NotYetKnown view={view} question={question} next={`${way.draft}/${next}`} />
        ) : isHersToSay(props) ? (
          <AccountIsHers {...props} />
        ) : (
          <Form view={view} action={here} idempotencyKey={props.formKey}>
            <Answering {...props} heading {...(way.name ? { name: way.name } : {})} />
            <Actions>
              <Button>{t('apply.go_on')}</Button>
            </Actions>
          </Form>
        )}
      </div>
      <Link href={way.later} mid>
        {t('apply.later')}
      </Link>
    </ResidentPage>
  )
}

/** The questions speak to the person herself: whoever acts for her is told whose answers they ask for. */
export const Whose = ({ view, way: { name } }: { view: View; way: Way }) =>
  name ? <Inset>{view.t('apply.for_another', { name })}</Inset> : null

export const Changed = ({ view, changed }: { view: View; changed: boolean }) =>
  changed ? <Inset>{view.t('apply.changed')}</Inset> : null

/** Where money goes she says herself: who acts for her may confirm an account that is on record, and name none. */
const isHersToSay = ({ way, page, question }: QuestionProps): boolean =>
  way.name !== undefined && question.kind === 'bank_account' && question.required && !page.facts?.bank

const AccountIsHers = ({ view, way, question }: QuestionProps) => (
  <div class="k-form">
    <h1 class="govuk-heading-l">{pick(question.ask, view.lang)}</h1>
    <Inset>{view.t('draft.account_is_hers', { name: way.name ?? '' })}</Inset>
    <Actions>
      <Button href={way.home}>{view.t('proxies.for', { name: way.name ?? '' })}</Button>
    </Actions>
  </div>
)

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
