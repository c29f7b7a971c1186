import type { View } from '../view.ts'
import { DoorPage } from './bare-page.tsx'

/** All that a demo shows to whoever does not sit at its machine: its passwords are known to everybody. */
export function ClosedDemoPage({ view }: { view: View }) {
  const { t } = view
  return (
    <DoorPage view={{ ...view, demo: false, who: null, street: null, path: '/' }} title={t('ui.closed_demo.title')}>
      <p class="k-lead">{t('ui.closed_demo.why')}</p>
      <ol class="govuk-list govuk-list--number">
        <li>{t('ui.closed_demo.here')}</li>
        <li>{t('ui.closed_demo.real')}</li>
      </ol>
    </DoorPage>
  )
}
