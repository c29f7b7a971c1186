/** What every field has: a label, a hint, an error, and the three tied to the control for a screen reader. */
import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { Icon } from '../icons.tsx'
import type { Errors, View } from '../view.ts'

export interface FieldProps {
  view: View
  /** Name of the field; as an id (see `useFieldId`) also of its first control, which an error summary links to. */
  name: string
  label: string
  hint?: ComponentChildren
  /** What is wrong and what to do; or give the whole `errors` and the field finds its own. */
  error?: string
  errors?: Errors
  /** What was typed before: always given back. */
  value?: string | null
  /** The label is the heading of the page (one question, one page). */
  heading?: boolean
  optional?: boolean
}

export interface Described {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** What the ids of a form begin with where its page has others that ask for the same; empty where it has none. */
export const FormIds = createContext('')
export const fieldId = (form: string, name: string): string => (form ? `${form}-${name}` : name)
export const useFieldId = (name: string): string => fieldId(useContext(FormIds), name)

export const errorOf = ({ name, error, errors }: FieldProps): string | undefined => error ?? errors?.[name]

/** Attributes of a control that has this hint and this error. */
export function useDescribed(props: FieldProps): Described {
  const error = errorOf(props)
  const id = useFieldId(props.name)
  const by = [props.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { id, 'aria-describedby': by || undefined, 'aria-invalid': error ? 'true' : undefined }
}

export const inputClass = (props: FieldProps, more = ''): string =>
  `govuk-input${errorOf(props) ? ' govuk-input--error' : ''}${more ? ` ${more}` : ''}`

export function Hint({ field }: { field: FieldProps }) {
  const id = useFieldId(field.name)
  return field.hint ? (
    <div class="govuk-hint" id={`${id}-hint`}>
      {field.hint}
    </div>
  ) : null
}

export function FieldError({ field }: { field: FieldProps }) {
  const error = errorOf(field)
  const id = useFieldId(field.name)
  if (!error) return null
  return (
    <p class="govuk-error-message" id={`${id}-error`}>
      <Icon name="alert" />
      <span>
        <span class="govuk-visually-hidden">{field.view.t('ui.field.error')}</span>
        {error}
      </span>
    </p>
  )
}

const labelText = (field: FieldProps) => (
  <>
    {field.label}
    {field.optional && <span class="k-optional">{field.view.t('ui.field.optional')}</span>}
  </>
)

/** One control under a label. */
export function Field({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  const id = useFieldId(field.name)
  const label = (
    <label class={`govuk-label${field.heading ? ' govuk-label--l' : ''}`} for={id}>
      {labelText(field)}
    </label>
  )
  return (
    <div class={`govuk-form-group${errorOf(field) ? ' govuk-form-group--error' : ''}`}>
      {field.heading ? <h1 class="govuk-label-wrapper">{label}</h1> : label}
      <Hint field={field} />
      <FieldError field={field} />
      {children}
    </div>
  )
}

/** Several controls under one question. */
export function FieldSet({
  field,
  before,
  children,
}: {
  field: FieldProps
  before?: ComponentChildren
  children: ComponentChildren
}) {
  const { 'aria-describedby': by } = useDescribed(field)
  return (
    <div class={`govuk-form-group${errorOf(field) ? ' govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={by}>
        <legend class={`govuk-fieldset__legend${field.heading ? ' govuk-fieldset__legend--l' : ''}`}>
          {field.heading ? <h1 class="govuk-fieldset__heading">{labelText(field)}</h1> : labelText(field)}
        </legend>
        {before}
        <Hint field={field} />
        <FieldError field={field} />
        {children}
      </fieldset>
    </div>
  )
}
