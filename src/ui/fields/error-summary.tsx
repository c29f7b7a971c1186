import { Icon } from '../icons.tsx'
import type { Errors, View } from '../view.ts'

/** What is to be mended, each line a link to its field. `ResidentPage` and `DeskPage` show it by themselves when given `errors`. */
export function ErrorSummary({ view, errors }: { view: View; errors: Errors }) {
  const entries = Object.entries(errors)
  return (
    <section class="govuk-error-summary" role="alert" aria-labelledby="error-summary-title">
      <h2 class="govuk-error-summary__title" id="error-summary-title">
        <Icon name="alert" />
        {view.t('ui.errors.title', { n: entries.length })}
      </h2>
      <div class="govuk-error-summary__body">
        <ul class="govuk-error-summary__list">
          {entries.map(([name, message]) => (
            <li key={name}>
              <a href={`#${name}`}>{message}</a>
            </li>
          ))}
        </ul>
        <p>{view.t('ui.errors.kept')}</p>
      </div>
    </section>
  )
}
