import { errorOf, Field, type FieldProps, inputClass, useDescribed } from './field.tsx'

type InputMode = 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | 'url'
type Width = 'short' | 'half'

export interface TextFieldProps extends FieldProps {
  /** As HTML names it: `name`, `street-address`, `username`, `off` … */
  autocomplete?: string
  inputmode?: InputMode
  maxLength?: number
  width?: Width
  spellcheck?: boolean
}

export const TextField = (props: TextFieldProps) => (
  <Field field={props}>
    <input
      class={inputClass(props, props.width && `k-w-${props.width}`)}
      {...useDescribed(props)}
      name={props.name}
      type="text"
      value={props.value ?? ''}
      autocomplete={props.autocomplete}
      inputMode={props.inputmode}
      maxLength={props.maxLength}
      spellcheck={props.spellcheck}
    />
  </Field>
)

export interface TextAreaProps extends FieldProps {
  rows?: number
  /** Longest answer; shown under the field, checked by the server. */
  maxLength?: number
  /** Signs that are told apart: each as wide as the other, and none corrected. */
  code?: boolean
}

export function TextArea(props: TextAreaProps) {
  const attributes = useDescribed(props)
  const limit = props.maxLength ? `${attributes.id}-limit` : undefined
  return (
    <Field field={props}>
      <textarea
        class={`govuk-textarea${errorOf(props) ? ' govuk-textarea--error' : ''}${props.code ? ' k-code-text' : ''}`}
        {...attributes}
        spellcheck={props.code ? false : undefined}
        aria-describedby={[attributes['aria-describedby'], limit].filter(Boolean).join(' ') || undefined}
        name={props.name}
        rows={props.rows ?? 5}
      >
        {props.value ?? ''}
      </textarea>
      {limit && (
        <div class="k-limit" id={limit}>
          {props.view.t('ui.field.limit', { n: props.maxLength ?? 0 })}
        </div>
      )}
    </Field>
  )
}

/** A mobile number. The keyboard has digits and the browser offers the person's own number. */
export const PhoneField = (props: FieldProps) => (
  <Field field={props}>
    <input
      class={inputClass(props, 'k-w-half num')}
      {...useDescribed(props)}
      name={props.name}
      type="tel"
      value={props.value ?? ''}
      autocomplete="tel"
      inputMode="tel"
    />
  </Field>
)

/** A one-time code. It is never given back: a wrong code is typed anew. */
export const CodeField = (props: Omit<FieldProps, 'value'> & { digits?: number }) => (
  <Field field={props}>
    <input
      class={inputClass(props, 'k-w-short k-code num')}
      {...useDescribed(props)}
      name={props.name}
      type="text"
      autocomplete="one-time-code"
      inputMode="numeric"
      maxLength={props.digits ?? 6}
      spellcheck={false}
    />
  </Field>
)

/** A password; never given back. `is`: `new` when one is chosen, so that the browser offers to make it. */
export const PasswordField = (props: Omit<FieldProps, 'value'> & { is?: 'current' | 'new' }) => (
  <Field field={props}>
    <input
      class={inputClass(props)}
      {...useDescribed(props)}
      name={props.name}
      type="password"
      autocomplete={props.is === 'new' ? 'new-password' : 'current-password'}
      spellcheck={false}
    />
  </Field>
)

/** A whole number, with what is counted behind it. */
export const NumberField = (props: FieldProps & { unit?: string }) => (
  <Field field={props}>
    <span class="k-affix">
      <input
        class={inputClass(props, 'k-w-short num')}
        {...useDescribed(props)}
        name={props.name}
        type="text"
        value={props.value ?? ''}
        autocomplete="off"
        inputMode="numeric"
      />
      {props.unit && <span class="k-affix__text">{props.unit}</span>}
    </span>
  </Field>
)

/** Yuan as people write them; `readFen` turns it into fen. */
export const MoneyField = (props: FieldProps & { unit?: string }) => (
  <Field field={props}>
    <span class="k-affix">
      <input
        class={inputClass(props, 'k-w-half num')}
        {...useDescribed(props)}
        name={props.name}
        type="text"
        value={props.value ?? ''}
        autocomplete="off"
        inputMode="decimal"
      />
      <span class="k-affix__text">{props.unit ?? props.view.t('ui.field.yuan')}</span>
    </span>
  </Field>
)

export interface FileFieldProps extends Omit<FieldProps, 'value'> {
  /** As HTML names it: `image/*,application/pdf`. */
  accept?: string
  multiple?: boolean
  /** Opens the camera on a phone. */
  capture?: boolean
}

/** Files. The form needs `multipart`. A browser cannot give back a chosen file: say in the error that it is to be chosen again. */
export const FileField = (props: FileFieldProps) => (
  <Field field={props}>
    <input
      class={`govuk-file-upload${errorOf(props) ? ' govuk-file-upload--error' : ''}`}
      {...useDescribed(props)}
      name={props.name}
      type="file"
      accept={props.accept}
      multiple={props.multiple}
      capture={props.capture ? 'environment' : undefined}
    />
  </Field>
)
