/** One question of a matter as the window asks it: facts are shown to be confirmed, the rest is typed for the person. */
import type { Question } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, Note } from '../../../../ui/desk/index.ts'
import {
  Checkboxes,
  DateField,
  type Errors,
  MoneyField,
  NumberField,
  Radios,
  TextArea,
  TextField,
  typedDay,
  type View,
} from '../../../../ui/index.ts'
import { factLines, type Known } from '../person-facts.ts'

export interface QuestionProps {
  view: View
  question: Question
  person: Known
  /** Texts of the materials that this question collects. */
  materials: readonly string[]
  typed: Record<string, string>
  errors?: Errors
}

export function QuestionField({ view, question, person, materials, typed, errors }: QuestionProps) {
  const { t, lang } = view
  const { code, kind } = question
  const given = errors ? { errors } : {}
  const field = {
    view,
    name: code,
    label: pick(question.ask, lang),
    value: typed[code] ?? '',
    ...(question.hint ? { hint: pick(question.hint, lang) } : {}),
    ...(question.required ? {} : { optional: true }),
    ...given,
  }
  const before = question.facts ? <Datagrid facts={factLines(view, person, question.facts)} /> : undefined
  const more = (name: string, label: string) => (
    <TextField view={view} name={name} label={label} value={typed[name] ?? ''} autocomplete="off" {...given} />
  )
  switch (kind) {
    case 'confirm':
      return (
        <Radios
          {...field}
          before={before}
          options={[
            { value: 'yes', label: t('window.receive.confirm_yes') },
            { value: 'no', label: t('window.receive.confirm_no'), more: more(`${code}-says`, t('window.receive.confirm_says')) },
          ]}
        />
      )
    case 'choice':
      return (
        <Radios
          {...field}
          options={(question.options ?? []).map((option) => ({ value: option.value, label: pick(option.text, lang) }))}
        />
      )
    case 'yes_no':
      return <Radios {...field} options={['yes', 'no'].map((value) => ({ value, label: t(`ui.field.answer_${value}`) }))} />
    case 'number':
      return <NumberField {...field} {...(question.unit && { unit: pick(question.unit, lang) })} />
    case 'text':
      return <TextArea {...field} rows={2} {...(question.max_length ? { maxLength: question.max_length } : {})} />
    case 'date':
      return <DateField {...field} value={typedDay(typed, code)} />
    case 'money':
      return <MoneyField {...field} />
    case 'bank_account': {
      const number = more(`${code}-number`, t('window.receive.account_number'))
      const { bank } = person.facts
      if (!bank && question.required)
        return (
          <TextField
            {...field}
            name={`${code}-number`}
            value={typed[`${code}-number`] ?? ''}
            autocomplete="off"
            inputmode="numeric"
            width="half"
          />
        )
      return (
        <Radios
          {...field}
          options={[
            ...(bank ? [{ value: 'stored', label: t('window.receive.account_stored', { four: bank.last_four }) }] : []),
            { value: 'other', label: t(bank ? 'window.receive.account_other' : 'window.receive.account_this'), more: number },
            ...(question.required ? [] : [{ value: 'none', label: t('window.receive.account_none') }]),
          ]}
        />
      )
    }
    case 'address': {
      const known = person.facts.dwelling?.address
      if (!known) return <TextField {...field} name={`${code}-text`} value={typed[`${code}-text`] ?? ''} autocomplete="off" />
      return (
        <Radios
          {...field}
          options={[
            { value: 'known', label: t('window.receive.address_known', { address: known }) },
            {
              value: 'other',
              label: t('window.receive.address_other'),
              more: more(`${code}-text`, t('window.register.address')),
            },
          ]}
        />
      )
    }
    case 'members':
      return <Members view={view} question={question} typed={typed} {...given} />
    case 'line':
      return null
    case 'files':
      return (
        <Note tone="plain">
          <p>
            <b>{pick(question.ask, lang)}</b>
          </p>
          <p>{t('window.receive.files_later', { materials: materials.join(t('desk.join')) })}</p>
        </Note>
      )
  }
}

const ROWS = [1, 2, 3, 4, 5, 6] as const

/** The other members of the household, one row each; rows left empty are left out. */
function Members({
  view,
  question,
  typed,
  errors,
}: {
  view: View
  question: Question
  typed: Record<string, string>
  errors?: Errors
}) {
  const { t, lang } = view
  const given = errors ? { errors } : {}
  const cell = (name: string, label: string) => (
    <TextField view={view} name={name} label={label} value={typed[name] ?? ''} autocomplete="off" {...given} />
  )
  return (
    <div class="d-col" id={question.code} tabIndex={-1}>
      <Checkboxes
        view={view}
        name={`${question.code}-alone`}
        label={pick(question.ask, lang)}
        hint={t('window.receive.members_hint')}
        values={typed[`${question.code}-alone`] === 'yes' ? ['yes'] : []}
        options={[{ value: 'yes', label: t('window.receive.alone') }]}
        {...(errors?.[question.code] ? { error: errors[question.code]! } : {})}
      />
      {ROWS.map((row) => (
        <fieldset key={row} class="govuk-fieldset">
          <legend class="govuk-fieldset__legend">{t('window.receive.member', { n: row })}</legend>
          <div class="datagrid">
            {cell(`${question.code}-${row}-name`, t('window.fact.name'))}
            {cell(`${question.code}-${row}-relation`, t('window.receive.relation'))}
            {cell(`${question.code}-${row}-born`, t('window.receive.born'))}
            {cell(`${question.code}-${row}-id`, t('window.receive.member_id'))}
            {cell(`${question.code}-${row}-income`, t('window.receive.member_income'))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}
