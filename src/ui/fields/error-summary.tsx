import { Icon } from '../icons.tsx'
import type { Errors, View } from '../view.ts'
import { fieldId } from './field.tsx'

/** Counts what is to be mended; where it is no field (`main`), it says that the act was not done. */
export const errorTitle = ({ t }: Pick<View, 't'>, errors: Errors): string => {
  const names = Object.keys(errors)
  return names.every((name) => name === 'main') ? t('ui.errors.stopped') : t('ui.errors.title', { n: names.length })
}

/** A question ends in its own mark. */
const saying = ({ t }: View, field: string | undefined, message: string): string =>
  field ? t(/[?？]$/.test(field) ? 'ui.errors.of_question' : 'ui.errors.of_field', { field, message }) : message

interface ErrorSummaryProps {
  view: View
  errors: Errors
  /** Field name → its label, where messages such as “please fill this in” do not say which field they mean. */
  labels?: Readonly<Record<string, string>>
  kept?: boolean
  /** The form that they are of, by the `ids` that it was given. */
  of?: string
}

/**
 * What is to be mended, each line a link to its field. `ResidentPage` and `DeskPage` show it by themselves when given `errors`.
 * `kept`: whether what was typed stands in the fields again, which codes and passwords never do.
 */
export function ErrorSummary({ view, errors, labels = {}, kept = true, of = '' }: ErrorSummaryProps) {
  const entries = Object.entries(errors)
  return (
    <section class="govuk-error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1}>
      <h2 class="govuk-error-summary__title" id="error-summary-title">
        <Icon name="alert" />
        {errorTitle(view, errors)}
      </h2>
      <div class="govuk-error-summary__body">
        <ul class="govuk-error-summary__list">
          {entries.map(([name, message]) => (
            <li key={name}>
              <a href={`#${name === 'main' ? name : fieldId(of, name)}`}>{saying(view, labels[name], message)}</a>
            </li>
          ))}
        </ul>
        {kept && entries.some(([name]) => name !== 'main') && <p>{view.t('ui.errors.kept')}</p>}
      </div>
    </section>
  )
}
