import { formatNumber, paths } from '../../ui/index.ts'
import type { FiguresFor, Rooms } from '../rooms.ts'
import { IndicatorsPage } from './pages/indicators.tsx'
import { countWork, type Kind, kinds } from './use-cases.ts'

/** 考核指标: what the work is appraised by, in public. */
export function appraisal({ pages, platform, api }: Rooms): void {
  pages.get(paths.indicators, async (r) => IndicatorsPage({ view: r.view, pack: platform.services.packs.inForce() }))
  api('GET', '/work-figures', countWork)
}

/** Where each kind of work is listed, for who may open it. */
const LISTS = {
  incidents: { href: '/desk/incidents', permission: 'incident.read' },
  whistles: { href: '/desk/whistles', permission: 'whistle.read' },
  hazards: { href: '/desk/hazards', permission: 'hazard.read' },
  events: { href: '/desk/events', permission: 'event.read' },
} as const satisfies Record<Kind, { href: string; permission: string }>

/** Incidents, whistles, hazards and events for the page of figures, beside the cases. */
export const figuresOfWork: FiguresFor = async (r, area) => {
  const { t } = r.view
  const { actor } = r.call
  const found = await countWork.run(r.call, area ? { area } : {})
  const cell = (n: number | null) => (n === null ? t('work_figures.few') : formatNumber(n))
  return (Object.keys(kinds) as Kind[]).map((kind) => {
    const { href, permission } = LISTS[kind]
    const { areas, total } = found.kinds[kind]
    const few = areas.some(({ cells }) => cells.includes(null))
    return {
      code: kind,
      title: t(`work_figures.${kind}`),
      note: [t(`work_figures.note.${kind}`), few && t('work_figures.withheld')].filter(Boolean).join(t('event.stop')),
      columns: kinds[kind].map((name) => t(`work_figures.column.${name}`)),
      rows: areas.map(({ code, cells }) => ({ code, cells: cells.map(cell), late: (cells[1] ?? 0) > 0 })),
      total: total.map(cell),
      ...(actor.kind === 'staff' && actor.post.permissions.includes(permission) ? { href } : {}),
    }
  })
}
