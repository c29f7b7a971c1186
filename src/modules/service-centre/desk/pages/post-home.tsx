import { Datagrid, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage } from '../../../../ui/index.ts'
import type { Wait } from '../../../rooms.ts'
import type { DeskShell } from '../shell.ts'
import { News, Waiting } from './waiting.tsx'
import { Seals, Stuck, Unprinted, type Watch } from './watch.tsx'

/** For a post that has no work list: what waits for it, and what it is for. */
export function PostHomePage({
  does,
  unprinted,
  sending,
  seals,
  news,
  waits,
  ...shell
}: DeskShell & Watch & { does: string; waits: readonly Wait[] }) {
  const { t } = shell.view
  const others = shell.nav.filter((item) => item.href !== '/desk')
  return (
    <DeskPage {...shell} title={shell.post.name}>
      <DeskHead title={shell.post.name} {...(waits.length === 0 ? { note: t('desk.home.note') } : {})} />
      <News view={shell.view} n={news ?? 0} />
      <Waiting view={shell.view} waits={waits} />
      <DeskCard title={t('desk.home.for')}>
        <p>{does}</p>
        <Datagrid facts={[{ name: t('desk.home.scope'), value: shell.post.scope }]} />
        {others.length > 0 ? (
          <p class="k-actions">
            {others.map((item) => (
              <a class="btn" key={item.href} href={item.href}>
                {item.label}
              </a>
            ))}
          </p>
        ) : (
          !seals && unprinted === undefined && <Note>{t('desk.home.no_pages')}</Note>
        )}
      </DeskCard>
      {unprinted === 0 && <Note>{t('desk.watch.all_printed')}</Note>}
      <Unprinted view={shell.view} n={unprinted} />
      <Stuck view={shell.view} sending={sending} />
      {seals && <Seals view={shell.view} seals={seals} />}
    </DeskPage>
  )
}
