import { DeskCard, DeskTag, Lines, Note } from '../../../../ui/desk/index.ts'
import { formatNumber, paths, type View } from '../../../../ui/index.ts'
import type { Wait } from '../../../rooms.ts'

/** What is to be done now in the lists of a post, each with its count. Nothing where there is never anything to do. */
export function Waiting({ view, waits, title }: { view: View; waits: readonly Wait[]; title?: string }) {
  const { t } = view
  if (waits.length === 0) return null
  const now = waits.filter(({ count }) => count > 0)
  return (
    <DeskCard title={title ?? t('desk.home.waits')} raised={now.length > 0}>
      {now.length === 0 ? (
        <Note tone="good">{t('desk.home.nothing_waits')}</Note>
      ) : (
        <Lines
          items={now.map(({ href, label, count, tone }) => ({
            name: <a href={href}>{label}</a>,
            value: (
              <DeskTag tone={tone}>
                {count > MOST_COUNTED ? t('desk.home.many', { n: MOST_COUNTED }) : formatNumber(count)}
              </DeskTag>
            ),
          }))}
        />
      )}
    </DeskCard>
  )
}

/** Nobody needs to know how many more. */
const MOST_COUNTED = 99

/** Her own sign-in was changed, and she has not said yet that she has seen it. */
export const News = ({ view, n }: { view: View; n: number }) =>
  n > 0 ? (
    <Note tone="warn">
      {view.t('desk.notice.unseen', { n })} <a href={paths.deskSecurity}>{view.t('desk.notice.look')}</a>
    </Note>
  ) : null
