/** What every page of a report shares. */
import type { ComponentChildren } from 'preact'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Button, type Errors, Form, paths, ResidentPage, type View } from '../../../ui/index.ts'
import { className } from './saying.ts'

export type Typed = Readonly<Record<string, string>>
export interface ReportProps {
  view: View
  pack: LoadedPack
  typed: Typed
  errors?: Errors
}

export const REPORT = paths.report
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
  children,
}: ReportProps & {
  step: Step
  /** Fields that this page shows. */
  own: readonly string[]
  button?: string
  newKey?: string
  children: ComponentChildren
}) {
  const { t } = view
  const at = steps.indexOf(step === 'same' ? 'where' : step) + 2
  return (
    <ResidentPage
      view={view}
      title={t(`report.${step}.title`)}
      back={{ href: REPORT, label: t('report.anew') }}
      {...(errors ? { errors } : {})}
    >
      <p class="govuk-caption-l num">
        {className(pack, typed.what ?? '', view)} · {view.t('ui.step', { at, of: steps.length + 1 })}
      </p>
      <Form view={view} action={REPORT} {...(newKey ? { idempotencyKey: newKey } : {})}>
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
