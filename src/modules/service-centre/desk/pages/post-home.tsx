import { Datagrid, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage } from '../../../../ui/index.ts'
import type { DeskShell } from '../shell.ts'
import { Seals, Stuck, Unprinted, type Watch } from './watch.tsx'

/** For a post that has no work list: what it is for. */
export function PostHomePage({ does, unprinted, sending, seals, ...shell }: DeskShell & Watch & { does: string }) {
  const { t } = shell.view
  const others = shell.nav.filter((item) => item.href !== '/desk')
  return (
    <DeskPage {...shell} title={shell.post.name}>
      <DeskHead title={shell.post.name} note={t('desk.home.note')} />
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
