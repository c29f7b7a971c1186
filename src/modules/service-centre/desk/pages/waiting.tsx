import { DeskCard, DeskTag, Lines, Note } from '../../../../ui/desk/index.ts'
import { formatNumber, paths, type View } from '../../../../ui/index.ts'
import type { Wait } from '../../../rooms.ts'

/** For a post without a work list: what is to be done now. Nothing where there is never anything to do. */
export function Waiting({ view, waits }: { view: View; waits: readonly Wait[] }) {
  const { t } = view
  if (waits.length === 0) return null
  const now = waits.filter(({ count }) => count > 0)
  return (
    <DeskCard title={t('desk.home.waits')} raised={now.length > 0}>
      {now.length === 0 ? (
        <Note tone="good">{t('desk.home.nothing_waits')}</Note>
      ) : (
        <Lines
          items={now.map(({ href, label, count, tone }) => ({
            name: <a href={href}>{label}</a>,
            value: <DeskTag tone={tone}>{formatNumber(count)}</DeskTag>,
          }))}
        />
      )}
    </DeskCard>
  )
}

/** Her own sign-in was changed, and she has not said yet that she has seen it. */
export const News = ({ view, n }: { view: View; n: number }) =>
  n > 0 ? (
    <Note tone="warn">
      {view.t('desk.notice.unseen', { n })} <a href={paths.deskSecurity}>{view.t('desk.notice.look')}</a>
    </Note>
  ) : null
