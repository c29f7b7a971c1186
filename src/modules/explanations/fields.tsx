/** The form of “what if”: one field for each thing that a matter's rules read, and what was typed into it. */
import type { Input, MatterWhy, Supposed } from '../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../core/matters/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import {
  Checkboxes,
  DateField,
  type Errors,
  formatDate,
  formatMoney,
  formatNumber,
  MoneyField,
  NumberField,
  Radios,
  readDay,
  readFen,
  readMany,
  typedDay,
  type View,
} from '../../ui/index.ts'
import { codeName, factName } from './voice.ts'

type Body = Record<string, string>
type Asked = MatterWhy['inputs'][number]

/** Ticked for “none of them”, which is not the same as nothing ticked. */
const NONE = 'none'

interface FieldProps {
  view: View
  pack: LoadedPack
  matter: Matter
  input: Asked
  body: Body
  errors: Errors
  own: boolean
}

/** Where a rule asks whether there is one at all, “none” stands under what is typed. */
export function SupposedField(props: FieldProps) {
  const { view, body, input } = props
  const name = noneOf(input.fact)
  return (
    <>
      <TypedField {...props} />
      {input.absent && (
        <Checkboxes
          view={view}
          name={name}
          label={view.t('explanations.matter.or_none', { fact: factName(view, props.matter, input.fact) })}
          values={readMany(body[name])}
          options={[{ value: NONE, label: view.t('explanations.matter.has_none') }]}
        />
      )}
    </>
  )
}

const noneOf = (fact: string): string => `${fact}.${NONE}`

function TypedField({ view, pack, matter, input, body, errors, own }: FieldProps) {
  const { t } = view
  const { fact: name, type, options } = input
  const common = {
    view,
    name,
    errors,
    label: name === 'on' ? t('explanations.matter.day') : factName(view, matter, name),
    hint: name === 'on' ? t('explanations.matter.day_hint') : own ? onRecord(view, pack, matter, input) : undefined,
  }
  const called = (code: string) => codeName(view, pack, matter, name, code)
  switch (type) {
    case 'Day':
      return <DateField {...common} value={typedDay(body, name)} />
    case 'int':
      return name.endsWith('_fen') || moneyAsked(matter, name) ? (
        <MoneyField {...common} value={body[name] ?? ''} />
      ) : (
        <NumberField {...common} value={body[name] ?? ''} />
      )
    case 'bool':
      return (
        <Choices
          {...common}
          own={own}
          value={body[name] ?? ''}
          options={['yes', 'no'].map((value) => ({ value, label: t(`ui.field.answer_${value}`) }))}
        />
      )
    case 'string':
      return (
        <Choices
          {...common}
          own={own}
          value={body[name] ?? ''}
          options={options.map((value) => ({ value, label: called(value) }))}
        />
      )
    case 'list<string>':
      return (
        <Checkboxes
          {...common}
          values={readMany(body[name])}
          options={[
            ...options.map((value) => ({ value, label: called(value) })),
            { value: NONE, label: t('explanations.matter.none') },
          ]}
        />
      )
  }
}

/** One of several, or as it is. */
const Choices = ({ options, own, ...field }: Parameters<typeof Radios>[0] & { own: boolean }) => (
  <Radios
    {...field}
    options={[
      { value: '', label: field.view.t(own ? 'explanations.matter.unsure' : 'explanations.matter.not_known') },
      ...options,
    ]}
  />
)

const moneyAsked = (matter: Matter, fact: string): boolean =>
  matter.questions.some(({ code, kind }) => kind === 'money' && fact === `answers.${code}`)

function onRecord(view: View, pack: LoadedPack, matter: Matter, { fact, type, known }: Asked): string {
  const { t, lang } = view
  const value = known?.value ?? null
  if (value === null) return t(known?.none ? 'explanations.matter.none_on_record' : 'explanations.matter.not_on_record')
  const shown = (one: unknown): string => {
    if (typeof one === 'boolean') return t(`ui.field.answer_${one ? 'yes' : 'no'}`)
    if (typeof one === 'number') return fact.endsWith('_fen') ? formatMoney(one, lang) : formatNumber(one)
    return type === 'Day' ? formatDate(String(one), lang) : codeName(view, pack, matter, fact, String(one))
  }
  const text = Array.isArray(value) ? value.map(shown).join(t('plain.join')) : shown(value)
  return text === '' ? t('explanations.matter.none_on_record') : t('explanations.matter.on_record', { value: text })
}

/** @throws Refusal `why.not_readable` naming each field that cannot be read; an empty one is not supposed */
export function readSupposed(inputs: readonly Input[], matter: Matter, body: Body): Supposed {
  const supposed: Record<string, Supposed[string]> = {}
  const fields: { path: string; code: string }[] = []
  for (const input of inputs) {
    const value = readOne(input, matter, body)
    if (value === UNREADABLE) fields.push({ path: `/${input.fact}`, code: 'why.not_readable' })
    else if (value !== undefined) supposed[input.fact] = value
  }
  if (fields.length > 0) throw new Refusal('why.not_readable', 'invalid', { fields })
  return supposed
}

/** Typed, and nobody can say what is meant. */
const UNREADABLE = Symbol('unreadable')

/** `undefined` is left empty, `null` that there is none. */
function readOne(input: Input, matter: Matter, body: Body): Supposed[string] | typeof UNREADABLE | undefined {
  const value = readTyped(input, matter, body)
  const none = input.absent && readMany(body[noneOf(input.fact)]).includes(NONE)
  if (value === null || (none && value !== undefined)) return UNREADABLE
  return none ? null : value
}

/** `undefined` is left empty, `null` typed and not readable. */
function readTyped({ fact, type }: Input, matter: Matter, body: Body): Supposed[string] | undefined {
  const typed = (body[fact] ?? '').trim()
  switch (type) {
    case 'Day':
      return readDay(body, fact)
    case 'int':
      if (fact.endsWith('_fen') || moneyAsked(matter, fact)) return readFen(typed)
      if (typed === '') return undefined
      return /^[0-9０-９]{1,9}$/.test(typed) ? Number(typed.normalize('NFKC')) : null
    case 'bool':
      return typed === '' ? undefined : typed === 'yes' ? true : typed === 'no' ? false : null
    case 'string':
      return typed === '' ? undefined : typed
    case 'list<string>': {
      const ticked = readMany(typed)
      return ticked.length === 0 ? undefined : ticked.filter((each) => each !== NONE)
    }
  }
}
