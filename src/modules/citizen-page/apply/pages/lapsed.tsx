import { formatDate, Verdict, type View } from '../../../../ui/index.ts'

/** The text that a matter rests on has run out: it can be applied for all the same, and the date is kept. */
export const Lapsed = ({
  view,
  lapse,
  running,
}: {
  view: View
  lapse: { lapsed: boolean; since: string | null }
  running?: boolean
}) =>
  lapse.lapsed && lapse.since ? (
    <Verdict tone="warn" title={view.t('apply.lapsed.title')}>
      <p>{view.t(running ? 'apply.lapsed.running' : 'apply.lapsed.text', { since: formatDate(lapse.since, view.lang) })}</p>
    </Verdict>
  ) : null
