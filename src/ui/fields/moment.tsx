import { TIME_ZONE } from '../../platform/time.ts'
import { Field, type FieldProps, inputClass, useDescribed } from './field.tsx'

/** An instant as the field writes it: `2026-11-24T09:30`, on the clock of the pack. */
export const typedMoment = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

/** A day and a time of day; see `readMoment`. The browser's own control: it is quick on a phone, and plain text where there is none. */
export const MomentField = (props: FieldProps) => (
  <Field field={props}>
    <input
      class={inputClass(props, 'k-w-half num')}
      {...useDescribed(props)}
      name={props.name}
      type="datetime-local"
      value={props.value ?? ''}
      autocomplete="off"
    />
  </Field>
)
