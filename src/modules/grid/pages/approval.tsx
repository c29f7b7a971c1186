/** 审图号: under every map that shows a base map, with who made it. */
import type { MapTiles } from '../../../platform/map-tiles.ts'
import type { View } from '../../../ui/index.ts'

export const Approval = ({ view, tiles }: { view: View; tiles: MapTiles | null }) =>
  tiles && <p class="k-approval">{view.t('around.approval', { number: tiles.approval, by: tiles.attribution })}</p>
