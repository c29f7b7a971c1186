import type { ComponentChildren } from 'preact'
import { ErrorSummary, errorTitle } from '../fields/error-summary.tsx'
import { Kapok } from '../icons.tsx'
import { paths } from '../paths.ts'
import type { Errors, View } from '../view.ts'
import { Branch } from './branch.tsx'
import { Document } from './document.tsx'
import { LanguageSwitch, ResidentPage, ThemeSwitch } from './resident-page.tsx'

/** Signing in on the desk, choosing a post: the kapok branch on one side, the form on the other, no menu. */
export function DoorPage({
  view,
  title,
  note,
  errors,
  labels = {},
  errorsOf = '',
  kept = true,
  children,
}: {
  view: View
  title: string
  note?: string
  errors?: Errors
  /** Field name → its label, said in the summary before what is wrong with it. */
  labels?: Readonly<Record<string, string>>
  /** Which of several forms they are of: its `ids`. */
  errorsOf?: string
  /** Whether what was typed stands in the fields again; passwords never do. */
  kept?: boolean
  children: ComponentChildren
}) {
  const { t } = view
  const count = errors ? Object.keys(errors).length : 0
  return (
    <Document view={view} title={errors && count > 0 ? `${errorTitle(view, errors)} · ${title}` : title} desk>
      <div class="d-door">
        <header class="d-door__picture">
          <p class="d-brand">
            <Kapok />
            {t('ui.name')}
          </p>
          <p class="d-door__motto">{t('ui.desk.motto')}</p>
          {view.street && <p class="d-door__street">{t('ui.desk.of_street', { street: view.street })}</p>}
          <Branch />
        </header>
        <main id="main" tabIndex={-1}>
          {errors && count > 0 && <ErrorSummary view={view} errors={errors} labels={labels} of={errorsOf} kept={kept} />}
          <div>
            <h1>{title}</h1>
            {note && <p class="k-quiet">{note}</p>}
          </div>
          {children}
          <p class="d-foot__links">
            <LanguageSwitch view={view} />
            <ThemeSwitch view={view} />
          </p>
        </main>
      </div>
    </Document>
  )
}

const STATUSES = [403, 404, 409, 413, 429, 500, 503] as const
export type ErrorStatus = (typeof STATUSES)[number]

export interface ErrorPageProps {
  view: View
  /** Any HTTP status; one without a text of its own speaks as the nearest kind. */
  status: number
  /** The text of a refusal, when there is one: says what is wrong and what to do next. */
  message?: string
  /** What is possible now, as links. */
  next?: readonly { href: string; label: string }[]
  /** What was typed, to be sent again as it is. */
  again?: { action: string; fields: Readonly<Record<string, string>> }
  /** Number under which the log knows this, for 500. */
  reference?: string
}

const known = (status: number): ErrorStatus =>
  STATUSES.find((one) => one === status) ?? (status === 401 ? 403 : status === 410 ? 404 : status < 500 ? 409 : 500)

/** What went wrong and what to do next. */
export function ErrorPage({ view, status, message, next = [], again, reference }: ErrorPageProps) {
  const { t } = view
  const key = known(status)
  const desk = view.path === paths.desk || view.path.startsWith(`${paths.desk}/`)
  const body = (
    <>
      <div>
        {!desk && <h1 class="govuk-heading-l">{t(`ui.error.${key}.title`)}</h1>}
        <p class="k-lead">{message ?? t(`ui.error.${key}.text`)}</p>
        {/* A refusal says itself what to do next. */}
        {!message && <p class="k-lead">{t(`ui.error.${key}.next`)}</p>}
      </div>
      {again && (
        <form method="post" action={again.action}>
          {Object.entries(again.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} key={name} />
          ))}
          <button class="govuk-button" type="submit">
            {t('ui.error.send_again')}
          </button>
        </form>
      )}
      {reference && <p class="govuk-body k-quiet num">{t('ui.error.reference', { reference })}</p>}
      <ul class="k-links">
        {next.map((link) => (
          <li key={link.href}>
            <a class="k-link" href={link.href}>
              {link.label}
            </a>
          </li>
        ))}
        <li>
          <a class="k-link" href={desk ? paths.desk : paths.home}>
            {t(desk ? 'ui.error.to_desk' : 'ui.error.to_home')}
          </a>
        </li>
      </ul>
    </>
  )
  if (desk)
    return (
      <DoorPage view={view} title={t(`ui.error.${key}.title`)}>
        {body}
      </DoorPage>
    )
  return (
    <ResidentPage view={view} title={t(`ui.error.${key}.title`)}>
      {body}
    </ResidentPage>
  )
}
