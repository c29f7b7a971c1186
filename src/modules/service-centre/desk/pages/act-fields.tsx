import { type CasePage, materialsNotAsked, questionsFor } from '../../../../core/cases/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Note } from '../../../../ui/desk/index.ts'
import {
  Checkboxes,
  DateField,
  type Errors,
  formatMoney,
  MoneyField,
  Radios,
  readMany,
  Select,
  TextArea,
  TextField,
  typedDay,
  type View,
} from '../../../../ui/index.ts'
import type { Act, ActField } from '../acts.ts'
import { Without, withoutLabels } from './without.tsx'

interface FieldsProps {
  view: View
  act: Pick<Act, 'fields'>
  page: CasePage
  body: Record<string, string>
  errors?: Errors
}

/** The fields of an act, from its line in the table. Nothing is chosen beforehand. */
export const ActFields = ({ act, ...rest }: FieldsProps) => (
  <>
    {act.fields.filter(isAsked(rest.page.matter)).map((field) => (
      <OneField key={field.name} field={field} {...rest} />
    ))}
  </>
)

/** No sum is asked for where none is paid. */
const isAsked =
  ({ amount, one_off }: Pick<CasePage['matter'], 'amount' | 'one_off'>) =>
  ({ name }: ActField): boolean =>
    name !== 'amountFen' || amount !== undefined || one_off === true

const labelOf = ({ t }: View, { name, label }: ActField): string => t(`desk.field.${label ?? name}`)

/** What each field of the form is called, for the summary of what is wrong: two empty ones are told apart. */
export function labelsOf(view: View, { fields }: Pick<Act, 'fields'>, page: CasePage): Record<string, string> {
  const without = fields.some(({ kind }) => kind === 'without') ? page.missing : []
  return Object.fromEntries([
    ...fields.map((field) => [field.name, labelOf(view, field)]),
    ...Object.entries(withoutLabels(view, without)),
  ])
}

function OneField({ field, view, page, body, errors }: Omit<FieldsProps, 'act'> & { field: ActField }) {
  const { t, lang } = view
  const { name, kind } = field
  const common = {
    view,
    name,
    label: labelOf(view, field),
    value: body[name],
    ...(errors ? { errors } : {}),
    ...(field.hint ? { hint: t(`desk.field.${hintOf(field, page)}`, hintParams(field, page, view)) } : {}),
  }
  switch (kind) {
    case 'words':
      return <TextArea {...common} rows={4} maxLength={2000} />
    case 'note':
      return <TextArea {...common} rows={3} maxLength={2000} optional={!field.hint} />
    case 'short':
      return <TextField {...common} maxLength={field.max ?? 200} autocomplete="off" />
    case 'number':
      return <TextField {...common} width="short" inputmode="numeric" autocomplete="off" />
    case 'money':
      return <MoneyField {...common} />
    case 'day':
      return <DateField {...common} value={typedDay(body, name)} />
    case 'choice': {
      const closed = page.signsIn ? undefined : field.online
      return (
        <Radios
          {...common}
          {...(closed ? { hint: t('desk.field.not_online') } : {})}
          options={(field.options ?? [])
            .filter((value) => value !== closed)
            .map((value) => ({ value, label: t(`desk.option.${name}.${value}`) }))}
        />
      )
    }
    case 'tri':
      return (
        <Radios
          {...common}
          options={['yes', 'no', 'unknown'].map((value) => ({ value, label: t(`desk.option.${name}.${value}`) }))}
        />
      )
    case 'materials': {
      const missing = new Set(page.missing.map((m) => m.code))
      const notAsked = materialsNotAsked(page.matter, page.answers)
      // What is missing first. What the office already holds is never asked for, and nothing that her answers do not call for.
      const asked = page.matter.materials.filter(
        ({ source, code }) => !notAsked.has(code) && (source !== 'shared' || missing.has(code)),
      )
      if (asked.length === 0) return null
      return (
        <Checkboxes
          {...common}
          values={readMany(body[name])}
          options={[...asked.filter((m) => missing.has(m.code)), ...asked.filter((m) => !missing.has(m.code))].map((m) => ({
            value: m.code,
            label: pick(m.name, lang),
            hint: t(
              missing.has(m.code)
                ? `desk.field.is_missing.${m.required}`
                : m.source === 'form'
                  ? 'desk.field.is_form'
                  : 'desk.field.is_there',
              { accepts: pick(m.accepts, lang) },
            ),
          }))}
        />
      )
    }
    case 'questions':
      return (
        <Checkboxes
          {...common}
          values={readMany(body[name])}
          options={questionsFor(page.matter, page.answers)
            .filter((q) => q.kind !== 'files')
            .map((q) => ({ value: q.code, label: pick(q.ask, lang) }))}
        />
      )
    case 'colleague':
      return page.colleagues.length === 0 ? (
        <Note tone="warn">{t('desk.field.no_colleague')}</Note>
      ) : (
        <Select
          {...common}
          empty={t('desk.field.choose')}
          options={page.colleagues.map((who) => ({
            value: who.number,
            label: t('desk.field.colleague', { name: who.name, organisation: who.organisation, number: who.number }),
          }))}
        />
      )
    case 'without':
      return <Without view={view} page={page} body={body} {...(errors ? { errors } : {})} />
  }
}

/** Of a sum that the rules do not give everything that it needs is said at once. */
function hintOf({ name, hint }: ActField, { matter, checked }: CasePage): string | undefined {
  if (name !== 'amountFen') return hint
  return matter.one_off ? 'amountFen_once' : checked.amountFen === null ? 'amountFen_unknown' : hint
}

/** The hint of an amount says what the rules make of it. */
function hintParams(field: ActField, page: CasePage, { lang }: View): Record<string, string | number> {
  if (field.kind === 'number') return { min: field.min ?? 0, max: field.max ?? 0 }
  if (field.name !== 'amountFen') return {}
  return page.checked.amountFen === null ? {} : { amount: formatMoney(page.checked.amountFen, lang) }
}
