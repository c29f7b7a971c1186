import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { DateField, type Errors, Radios, Select, TextArea, TextField, typedDay, type View } from '../../../ui/index.ts'
import type { ActField } from '../desk/acts.ts'

/** What a form of this room can choose from besides its own options. */
export interface Choices {
  lines?: readonly { line: string; organ: string }[]
  areas?: readonly { code: string; name: string }[]
  /** What a hint names. */
  named?: Readonly<Record<string, string | number>>
}
interface FieldsProps {
  view: View
  pack: LoadedPack
  fields: readonly ActField[]
  body: Readonly<Record<string, string>>
  choices?: Choices
  errors?: Errors
}

export const labelsOf = ({ t }: View, fields: readonly ActField[]): Record<string, string> =>
  Object.fromEntries(
    fields
      .flatMap((field) => [field, ...(field.with ? [field.with.field] : [])])
      .map((f) => [f.name, t(`hazards.field.${f.label ?? f.name}`)]),
  )

/** Nothing is chosen beforehand. */
export function ActFields({ view, pack, fields, body, choices = {}, errors }: FieldsProps) {
  const { t, lang } = view
  const one = (field: ActField) => {
    const key = field.label ?? field.name
    const all = {
      view,
      name: field.name,
      label: `${t(`hazards.field.${key}`)}${field.optional === true ? t('hazards.may_be_empty') : ''}`,
      ...(field.hint ? { hint: t(`hazards.field.${key}_hint`, choices.named) } : {}),
      ...(errors ? { errors } : {}),
    }
    const value = body[field.name] ?? ''
    const of = (options: readonly { value: string; label: string }[]) => (
      <Select key={field.name} {...all} value={value} empty={t('hazards.choose')} options={options} />
    )
    switch (field.kind) {
      case 'words':
        return <TextArea key={field.name} {...all} value={value} rows={3} maxLength={1000} />
      case 'short':
        return <TextField key={field.name} {...all} value={value} autocomplete="off" />
      case 'day':
        return <DateField key={field.name} {...all} value={typedDay(body, field.name)} />
      case 'line':
        return of((choices.lines ?? []).map(({ line, organ }) => ({ value: line, label: organ })))
      case 'area':
        return of((choices.areas ?? []).map(({ code, name }) => ({ value: code, label: name })))
      case 'hazard-kind':
        return of(
          (pack.pack.hazards?.kinds ?? []).map(({ code, name, look_for }) => ({
            value: code,
            label: t('hazards.kind_and', { name: pick(name, lang), look_for: pick(look_for, lang) }),
          })),
        )
      case 'choice':
        return (
          <Radios
            key={field.name}
            {...all}
            value={value}
            options={(field.options ?? []).map((option) => ({
              value: option,
              label: t(`hazard.${field.of}.${option}`),
              ...(field.with?.option === option ? { more: one(field.with.field) } : {}),
            }))}
          />
        )
    }
  }
  return <>{fields.map((field) => one(field))}</>
}
