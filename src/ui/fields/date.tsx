import { errorOf, type FieldProps, FieldSet, useDescribed, useFieldId } from './field.tsx'

const PARTS = {
  year: { max: 4, birth: 'bday-year' },
  month: { max: 2, birth: 'bday-month' },
  day: { max: 2, birth: 'bday-day' },
} as const
type Part = keyof typeof PARTS

export interface DateFieldProps extends Omit<FieldProps, 'value'> {
  /** What was typed, part by part; or a whole `Day`. */
  value?: string | { year?: string; month?: string; day?: string } | null
  /** A date of birth: the browser may fill it in. */
  birth?: boolean
}

/** A day as three short inputs, in the order of the language: `born_on.year`, `born_on.month`, `born_on.day`; see `readDay`. */
export function DateField(props: DateFieldProps) {
  const { view, name } = props
  const order: readonly Part[] = view.lang === 'zh' ? ['year', 'month', 'day'] : ['day', 'month', 'year']
  const [year, month, day] = typeof props.value === 'string' ? props.value.split('-') : []
  const typed: Partial<Record<Part, string>> = typeof props.value === 'object' && props.value ? props.value : { year, month, day }
  const field: FieldProps = { ...props, value: null }
  const own = useFieldId(name)
  const described = useDescribed(field)
  return (
    <FieldSet field={field}>
      <div class="govuk-date-input">
        {order.map((part, at) => {
          const id = at === 0 ? own : `${own}.${part}`
          return (
            <label key={part} class="govuk-date-input__item" for={id}>
              <span class="govuk-date-input__label">{view.t(`ui.date.${part}`)}</span>
              <input
                class={`govuk-input num k-date-${part}${errorOf(field) ? ' govuk-input--error' : ''}`}
                {...described}
                id={id}
                name={`${name}.${part}`}
                type="text"
                inputMode="numeric"
                maxLength={PARTS[part].max}
                autocomplete={props.birth ? PARTS[part].birth : 'off'}
                value={typed[part] ?? ''}
              />
            </label>
          )
        })}
      </div>
    </FieldSet>
  )
}
