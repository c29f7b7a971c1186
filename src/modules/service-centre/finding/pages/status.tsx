import type { SearchRow } from '../../../../core/outreach/index.ts'
import { DeskTag } from '../../../../ui/desk/index.ts'
import type { Tone, View } from '../../../../ui/index.ts'

const TONE: Record<SearchRow['status'], Tone> = {
  waiting: 'info',
  running: 'info',
  done: 'good',
  cancelled: 'warn',
  failed: 'bad',
}

export const Status = ({ view: { t }, search: { status, done, total } }: { view: View; search: SearchRow }) => (
  <DeskTag tone={TONE[status]}>
    {status === 'running' ? t('finding.running', { done, total }) : t(`finding.status_of.${status}`)}
  </DeskTag>
)
