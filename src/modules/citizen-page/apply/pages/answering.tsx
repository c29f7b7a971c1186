/** The fields of one question, by its kind. The names are those that `core/cases/answer.ts` reads. */
import type { LoadedPack, Question } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Checkboxes,
  DateField,
  type Errors,
  MoneyField,
  NumberField,
  Radios,
  readMany,
  SummaryCard,
  TextArea,
  TextField,
  type View,
} from '../../../../ui/index.ts'
import { bankText, factRows, type Known } from '../answers.tsx'
import type { Typed } from '../request.ts'
import { Members } from './members.tsx'

export interface AnsweringProps {
  view: View
  pack: LoadedPack
  page: Known
  question: Question
  typed: Typed
  errors: Errors
  rows: number
  /** Another row can be asked for. */
  grows?: boolean
  /** Whose answers they are, where somebody acts for her. */
  name?: string
  /** The question is the heading of the page. */
  heading?: boolean
}

export function Answering(props: AnsweringProps) {
  const { view, question, typed, errors, heading = false } = props
  const { code } = question
  const field = {
    view,
    name: code,
    label: pick(question.ask, view.lang),
    ...(question.hint ? { hint: pick(question.hint, view.lang) } : {}),
    errors,
    heading,
    optional: !question.required,
  }
  switch (question.kind) {
    case 'confirm':
      return <Confirming {...props} />
    case 'choice':
      return (
        <Radios
          {...field}
          value={typed[code] ?? null}
          options={(question.options ?? []).map((o) => ({ value: o.value, label: pick(o.text, view.lang) }))}
        />
      )
    case 'yes_no':
      return (
        <Radios
          {...field}
          value={typed[code] ?? null}
          options={['yes', 'no'].map((value) => ({ value, label: view.t(`ui.field.answer_${value}`) }))}
        />
      )
    case 'number':
      return <NumberField {...field} value={typed[code] ?? ''} {...(question.unit && { unit: pick(question.unit, view.lang) })} />
    case 'text':
      return <TextArea {...field} value={typed[code] ?? ''} maxLength={question.max_length ?? 200} />
    case 'date':
      return (
        <DateField
          {...field}
          value={{ year: typed[`${code}-year`] ?? '', month: typed[`${code}-month`] ?? '', day: typed[`${code}-day`] ?? '' }}
        />
      )
    case 'money':
      return <MoneyField {...field} value={typed[code] ?? ''} />
    case 'bank_account':
      return <BankAccount {...props} />
    case 'address':
      return <Address {...props} />
    case 'members':
      return <Members {...props} />
    case 'line':
    case 'files':
      return null
  }
}

function Confirming({ view, pack, page, question, typed, errors, heading = false }: AnsweringProps) {
  const { code } = question
  if (!page.facts) return null
  return (
    <Radios
      view={view}
      name={code}
      label={pick(question.ask, view.lang)}
      heading={heading}
      errors={errors}
      value={typed[code] ?? null}
      before={
        <SummaryCard
          title={view.t('apply.we_know')}
          facts={factRows(view, pack, question.facts ?? [], page.facts, page.idNumber)}
        />
      }
      options={[
        { value: 'yes', label: view.t('apply.right') },
        {
          value: 'no',
          label: view.t('apply.wrong'),
          hint: view.t('apply.wrong_hint'),
          more: (
            <>
              <Checkboxes
                view={view}
                name={`${code}-wrong`}
                label={view.t('apply.which_is_wrong')}
                values={readMany(typed[`${code}-wrong`])}
                options={(question.facts ?? [])
                  .filter((name) => name !== 'phone')
                  .map((name) => ({ value: name, label: view.t(`answer.fact.${name}`) }))}
              />
              <TextArea
                view={view}
                name={`${code}-says`}
                label={view.t('apply.what_is_right')}
                rows={3}
                maxLength={500}
                errors={errors}
                value={typed[`${code}-says`] ?? ''}
              />
            </>
          ),
        },
      ]}
    />
  )
}

function BankAccount({ view, page, question, typed, errors, name, heading = false }: AnsweringProps) {
  const { code } = question
  const label = pick(question.ask, view.lang)
  const hint = question.hint && pick(question.hint, view.lang)
  const stored = page.facts && bankText(view, page.facts)
  const number = (own: boolean) => (
    <TextField
      view={view}
      name={`${code}-number`}
      label={own ? view.t('apply.account_number') : label}
      heading={!own && heading}
      {...(hint ? { hint } : {})}
      errors={errors}
      value={typed[`${code}-number`] ?? ''}
      inputmode="numeric"
      autocomplete="off"
      spellcheck={false}
    />
  )
  if (!stored && question.required) return number(false)
  return (
    <Radios
      view={view}
      name={code}
      label={label}
      heading={heading}
      optional={!question.required}
      errors={errors}
      value={typed[code] ?? null}
      options={[
        ...(stored ? [{ value: 'stored', label: stored, hint: view.t('apply.use_this_account') }] : []),
        ...(name
          ? []
          : [{ value: 'other', label: view.t(stored ? 'apply.other_account' : 'apply.this_account'), more: number(true) }]),
        ...(question.required ? [] : [{ value: 'none', label: view.t('apply.no_account') }]),
      ]}
    />
  )
}

function Address({ view, page, question, typed, errors, heading = false }: AnsweringProps) {
  const { code } = question
  const label = pick(question.ask, view.lang)
  const hint = question.hint && pick(question.hint, view.lang)
  const known = page.facts?.dwelling?.address
  const text = (own: boolean) => (
    <TextArea
      view={view}
      name={`${code}-text`}
      label={own ? view.t('apply.address') : label}
      heading={!own && heading}
      {...(hint ? { hint } : {})}
      rows={3}
      maxLength={100}
      errors={errors}
      value={typed[`${code}-text`] ?? ''}
    />
  )
  if (!known) return text(false)
  return (
    <Radios
      view={view}
      name={code}
      label={label}
      heading={heading}
      errors={errors}
      value={typed[code] ?? null}
      options={[
        { value: 'known', label: known, hint: view.t('apply.still_here') },
        { value: 'other', label: view.t('apply.other_address'), more: text(true) },
      ]}
    />
  )
}
