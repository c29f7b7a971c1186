import { Inset, PageHead, paths, ResidentPage, type Tile, Tiles, type View } from '../../../../ui/index.ts'
import { type OwnThings, waiting } from '../home.ts'
import { listOf } from '../listing.ts'
import type { Visitor } from '../visitor.ts'

/** 我的: one's own things at one address; the head of every page leads here. */
export const MePage = ({ view, visitor, own }: { view: View; visitor: Visitor; own: OwnThings }) => (
  <ResidentPage view={view} title={view.t('front.home.own')} back={{ href: paths.home, label: view.t('front.to_home') }}>
    <PageHead title={view.t('front.home.own')} {...(view.who ? { lead: view.who } : {})} />
    {visitor === 'by-phone' && <Inset>{view.t('front.home.bind')}</Inset>}
    <Tiles label={view.t('front.home.own')} items={tilesOf(view, visitor, own)} />
  </ResidentPage>
)

export function tilesOf(view: View, visitor: Visitor, own: OwnThings): Tile[] {
  const { t } = view
  const open = waiting(own.cases).length
  return listOf<Tile>(
    {
      href: '/me/cases',
      icon: 'file',
      title: t('front.home.tile.cases'),
      note:
        open > 0
          ? t('front.home.tile.cases_waiting', { n: open })
          : own.cases.length > 0
            ? t('front.home.tile.cases_some', { n: own.cases.length })
            : t(visitor === 'bound' ? 'front.home.tile.cases_none' : 'front.home.tile.cases_unbound'),
      waiting: open > 0,
    },
    visitor === 'bound' &&
      own.authorisations > 0 && {
        href: '/me/authorisations',
        icon: 'key',
        title: t('front.home.tile.authorisations'),
        note: t('front.home.tile.authorisations_waiting', { n: own.authorisations }),
        waiting: true,
      },
    visitor === 'bound' && {
      href: paths.found,
      icon: 'search',
      title: t('found.tile'),
      note: own.found.length > 0 ? t('found.tile_some', { n: own.found.length }) : t('found.tile_none'),
      waiting: own.found.length > 0,
    },
    visitor === 'bound' && {
      href: '/me/messages',
      icon: 'send',
      title: t('front.home.tile.messages'),
      note: own.unread > 0 ? t('front.home.tile.messages_unread', { n: own.unread }) : t('front.home.tile.messages_none'),
      waiting: own.unread > 0,
    },
    visitor === 'bound' && {
      href: '/notices',
      icon: 'horn',
      title: t('front.home.tile.notices'),
      note:
        own.notices.length > 0 ? t('front.home.tile.notices_some', { n: own.notices.length }) : t('front.home.tile.notices_none'),
    },
    { href: paths.ownReports, icon: 'pin', title: t('own_reports.title'), note: t('own_reports.tile') },
    {
      href: paths.security,
      icon: 'key',
      title: t('own_account.tile'),
      note: t('own_account.tile_offer'),
    },
    visitor === 'bound' && { href: paths.proxies, icon: 'users', title: t('proxies.title'), note: t('proxies.tile') },
    visitor === 'bound' && { href: paths.ownFootage, icon: 'camera', title: t('footage.own_title'), note: t('footage.tile') },
    visitor === 'bound' && { href: paths.watch, icon: 'heart', title: t('watch.own'), note: t('watch.lead') },
    { href: paths.hazards, icon: 'shield', title: t('hazards.own.title'), note: t('hazards.own.tile') },
    visitor === 'bound' && {
      href: '/me/reads',
      icon: 'eye',
      title: t('front.home.tile.reads'),
      note: own.reads > 0 ? t('front.home.tile.reads_some', { n: own.reads }) : t('front.home.tile.reads_none'),
    },
  )
}
