/** What every page of a report shares. */
import type { ComponentChildren } from 'preact'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Button, type Errors, Form, Inset, paths, ResidentPage, type View } from '../../../ui/index.ts'
import { className } from './saying.ts'

export type Typed = Readonly<Record<string, string>>
export interface ReportProps {
  view: View
  pack: LoadedPack
  typed: Typed
  errors?: Errors
}

export const REPORT = paths.report
/** Names one report on its way through the pages, so that the same thing sent twice is one report. */
export const FLOW = 'flow'
export const attributeField = (code: string): string => `attribute-${code}`

/** In order; `same` stands between where there is something that may be the same. */
export const steps = ['where', 'more', 'you', 'check'] as const
export type Step = (typeof steps)[number] | 'same'

/** One question a page: what was typed on the others goes along, unseen. */
export function ReportStep({
  view,
  pack,
  typed,
  errors,
  step,
  own,
  button,
  newKey,
  multipart = false,
  children,
}: ReportProps & {
  step: Step
  /** Fields that this page shows. */
  own: readonly string[]
  button?: string
  newKey?: string
  /** It has a file field. */
  multipart?: boolean
  children: ComponentChildren
}) {
  const { t } = view
  // Who adds to something, or scanned a code, is asked nothing of where it is.
  const asked = typed.joins || typed.object ? steps.filter((one) => one !== 'where') : steps
  const at = (asked as readonly Step[]).indexOf(step === 'same' ? (asked[0] ?? step) : step) + 2
  return (
    <ResidentPage
      view={view}
      title={t(`report.${step}.title`)}
      back={{ href: REPORT, label: t('report.anew') }}
      {...(errors ? { errors } : {})}
    >
      <p class="govuk-caption-l num">
        {className(pack, typed.what ?? '', view)} · {view.t('ui.step', { at, of: asked.length + 1 })}
      </p>
      {step !== 'check' && pack.incidentClass(typed.what ?? '').level === 'A' && <Danger view={view} />}
      <Form view={view} action={REPORT} multipart={multipart} {...(newKey ? { idempotencyKey: newKey } : {})}>
        {Object.entries(typed).map(
          ([name, value]) =>
            !own.includes(name) &&
            name !== 'step' &&
            name !== 'go' &&
            value !== '' && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <input type="hidden" name="step" value={step} />
        {children}
        {button !== '' && (
          <div class="k-actions">
            <Button>{button ?? t('report.next')}</Button>
          </div>
        )}
      </Form>
    </ResidentPage>
  )
}

/** Whom to call before anything is written. */
export const Danger = ({ view: { t } }: { view: View }) => (
  <Inset>
    <p class="govuk-body">{t('report.danger')}</p>
    <p class="k-call">
      {t('report.danger_numbers')
        .split(' ')
        .map((number) => (
          <a key={number} class="govuk-button govuk-button--secondary k-danger num" href={`tel:${number}`}>
            {t('report.call', { number })}
          </a>
        ))}
    </p>
  </Inset>
)
