import type { ComponentChildren } from 'preact'
import { errorOf, Field, type FieldProps, FieldSet, useDescribed, useFieldId } from './field.tsx'

export interface Option {
  value: string
  label: string
  hint?: string
  /** Further fields that belong to this answer; shown while it is chosen, by style alone. */
  more?: ComponentChildren
}

export interface RadiosProps extends FieldProps {
  options: readonly Option[]
  /** What the question is about (known facts, a summary), between question and answers. */
  before?: ComponentChildren
}

/** One of several. Nothing is preselected unless `value` says so; for a confirmation never give one. */
export const Radios = (props: RadiosProps) => (
  <FieldSet field={props} before={props.before}>
    <div class="k-options">
      {props.options.map((option, at) => (
        <Choice key={option.value} type="radio" field={props} option={option} at={at} checked={props.value === option.value} />
      ))}
    </div>
  </FieldSet>
)

export interface CheckboxesProps extends Omit<FieldProps, 'value'> {
  options: readonly Option[]
  values?: readonly string[]
  before?: ComponentChildren
}

/** Any of several; the server gets `name` once for each. */
export const Checkboxes = (props: CheckboxesProps) => (
  <FieldSet field={props} before={props.before}>
    <div class="k-options">
      {props.options.map((option, at) => (
        <Choice
          key={option.value}
          type="checkbox"
          field={props}
          option={option}
          at={at}
          checked={props.values?.includes(option.value) ?? false}
        />
      ))}
    </div>
  </FieldSet>
)

interface ChoiceProps {
  type: 'radio' | 'checkbox'
  field: FieldProps
  option: Option
  at: number
  checked: boolean
}

function Choice({ type, field, option, at, checked }: ChoiceProps) {
  const own = useFieldId(field.name)
  // The first control carries the id of the field, so that the error summary finds it.
  const id = at === 0 ? own : `${own}-${at + 1}`
  return (
    <>
      <label class="k-option" for={id}>
        <input
          id={id}
          type={type}
          name={field.name}
          value={option.value}
          checked={checked}
          aria-invalid={errorOf(field) ? 'true' : undefined}
        />
        <span>
          {option.label}
          {option.hint && <small>{option.hint}</small>}
        </span>
      </label>
      {option.more && <div class="k-option-more">{option.more}</div>}
    </>
  )
}

export interface SelectProps extends FieldProps {
  options: readonly { value: string; label: string }[]
  /** First, empty line, such as “choose one”. */
  empty?: string
}

/** A list to choose from, for many options; residents are better served by `Radios` up to about eight. */
export const Select = (props: SelectProps) => (
  <Field field={props}>
    <select class={`govuk-select${errorOf(props) ? ' govuk-select--error' : ''}`} {...useDescribed(props)} name={props.name}>
      {props.empty !== undefined && <option value="">{props.empty}</option>}
      {props.options.map((option) => (
        <option key={option.value} value={option.value} selected={props.value === option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
)

const GRADES = ['5', '4', '3', '2', '1'] as const

/** The five grades of 好差评, none preselected: an unanswered rating stays unanswered. */
export const Rating = (props: Omit<FieldProps, 'label'> & { label?: string }) => (
  <Radios
    {...props}
    label={props.label ?? props.view.t('ui.rating.question')}
    options={GRADES.map((value) => ({ value, label: props.view.t(`ui.rating.${value}`) }))}
  />
)
