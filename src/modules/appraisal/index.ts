import { paths } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { IndicatorsPage } from './pages/indicators.tsx'

/** 考核指标: what the work is appraised by, in public. */
export function appraisal({ pages, platform }: Rooms): void {
  pages.get(paths.indicators, async (r) => IndicatorsPage({ view: r.view, pack: platform.services.packs.inForce() }))
}
