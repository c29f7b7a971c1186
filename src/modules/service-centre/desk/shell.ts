/** What every page of the desk has around it: the menu of the post, the post itself, the officer's other posts. */
import { type HeldPost, isHeldOn, listPosts } from '../../../core/access/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { pick } from '../../../platform/words.ts'
import { formatDate, type NavItem, type PageRequest, type ShownPost, type View } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'

/** Spread into `DeskPage`: `<DeskPage {...shell} title="…">`. */
export interface DeskShell {
  view: View
  nav: readonly NavItem[]
  post: ShownPost
  otherPosts: readonly ShownPost[]
  staffNumber: string
}

/** The menu's entries and the permission that opens each. Who holds none of the first sees what her post is for. */
const ENTRIES = [
  { href: '/desk', label: 'desk.nav.work', icon: 'list', permission: 'work-list.read' },
  { href: '/desk/incidents', label: 'desk.nav.incidents', icon: 'pin', permission: 'incident.read' },
  { href: '/desk/field', label: 'desk.nav.field', icon: 'phone', permission: 'incident.report' },
  { href: '/desk/grids', label: 'desk.nav.grids', icon: 'grid', permission: 'grid.draw' },
  { href: '/desk/tasks', label: 'desk.nav.tasks', icon: 'check', permission: 'task.read' },
  { href: '/desk/whistles', label: 'desk.nav.whistles', icon: 'send', permission: 'whistle.read' },
  { href: '/desk/window', label: 'desk.nav.window', icon: 'desk', permission: 'case.receive' },
  { href: '/desk/certificates', label: 'desk.nav.certificates', icon: 'file', permission: 'case.receive' },
  { href: '/desk/people', label: 'desk.nav.people', icon: 'users', permission: 'person.search' },
  { href: '/desk/visits', label: 'desk.nav.visits', icon: 'heart', permission: 'outreach.visit' },
  { href: '/desk/searches', label: 'desk.nav.searches', icon: 'search', permission: 'outreach.run' },
  { href: '/desk/hazards', label: 'desk.nav.hazards', icon: 'shield', permission: 'hazard.read' },
  { href: '/desk/events', label: 'desk.nav.events', icon: 'alert', permission: 'event.read' },
  { href: '/desk/warnings', label: 'desk.nav.warnings', icon: 'horn', permission: 'event.read' },
  { href: '/desk/duty', label: 'desk.nav.duty', icon: 'clock', permission: 'event.read' },
  { href: '/desk/plans', label: 'desk.nav.plans', icon: 'book', permission: 'event.read' },
  { href: '/desk/watch', label: 'desk.nav.watch', icon: 'users', permission: 'watch.keep' },
  { href: '/desk/cameras', label: 'desk.nav.cameras', icon: 'camera', permission: 'camera.keep' },
  { href: '/desk/footage', label: 'desk.nav.footage', icon: 'eye', permission: 'footage.read' },
  { href: '/desk/figures', label: 'desk.nav.figures', icon: 'chart', permission: 'figures.read' },
  { href: '/desk/rules', label: 'desk.nav.rules', icon: 'scales', permission: 'rule.propose' },
  { href: '/desk/administration/officers', label: 'desk.nav.officers', icon: 'user', permission: 'account.manage' },
  { href: '/desk/administration/programs', label: 'desk.nav.programs', icon: 'send', permission: 'account.manage' },
  { href: '/desk/administration/posts', label: 'desk.nav.posts', icon: 'shield', permission: 'post.approve' },
  { href: '/desk/administration/changes', label: 'desk.nav.changes', icon: 'key', permission: 'account.follow-change' },
  { href: '/desk/administration/sign-ins', label: 'desk.nav.sign_ins', icon: 'lock', permission: 'sign-in.watch' },
  { href: '/desk/administration/node', label: 'desk.nav.node', icon: 'grid', permission: 'node.watch' },
  { href: '/desk/administration/acts', label: 'desk.nav.acts', icon: 'eye', permission: 'audit.read' },
  { href: '/desk/administration/retention', label: 'desk.nav.retention', icon: 'cal', permission: 'retention.confirm' },
  { href: '/desk/administration/holds', label: 'desk.nav.holds', icon: 'pause', permission: 'retention.hold' },
] as const

/** @throws Refusal `account.sign_in_first`, `access.choose_post` (a GET goes there and comes back), `access.not_for_you` */
export async function deskShell(r: PageRequest, rooms: Pick<Rooms, 'pool' | 'platform'>): Promise<DeskShell> {
  const { actor } = r.call
  if (actor.kind === 'public') throw new Refusal('account.sign_in_first', 'forbidden')
  if (actor.kind === 'officer') throw new Refusal('access.choose_post', 'forbidden')
  if (actor.kind !== 'staff') throw new Refusal('access.not_for_you', 'forbidden')
  const { packs } = rooms.platform.services
  const held = await listPosts(rooms.pool, actor.accountId, packs.inForce().permissionsOf)
  const shown = (post: HeldPost) => shownPost(r, rooms, post)
  const nav: NavItem[] = ENTRIES.filter((e) => actor.post.permissions.includes(e.permission)).map(({ href, label, icon }) => ({
    href,
    label: r.view.t(label),
    icon,
  }))
  if (!nav.some((item) => item.href === '/desk')) nav.unshift({ href: '/desk', label: r.view.t('desk.nav.home'), icon: 'home' })
  const current = held.find((post) => post.id === actor.post.id)
  if (!current) throw new Refusal('access.choose_post', 'forbidden')
  return {
    view: r.view,
    nav,
    post: shown(current),
    otherPosts: held.filter((post) => post.id !== current.id && isHeldOn(post, r.view.today)).map(shown),
    staffNumber: current.officerNumber,
  }
}

/** A post as people call it: its role, and where until when. */
export function shownPost(r: PageRequest, rooms: Pick<Rooms, 'platform'>, post: HeldPost): ShownPost {
  const { t, lang, today } = r.view
  const pack = rooms.platform.services.packs.inForce()
  const where = post.areas.map((code) => shortArea(r.view, pack.areaIn(t, lang, code) || code)).join(t('desk.join'))
  return {
    id: post.id,
    name: pick(pack.roleName(post.role), lang),
    scope: post.validTo ? t('desk.post.until', { where, day: formatDate(post.validTo, lang, today) }) : where,
  }
}

/** A committee's name as people say it: without the words for “committee”. */
export function shortArea({ t }: Pick<View, 't'>, name: string): string {
  const tail = t('desk.area_tail')
  return name.endsWith(tail) && name.length > tail.length ? name.slice(0, -tail.length) : name
}
