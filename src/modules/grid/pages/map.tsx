/** 在地图上看: the same list as a map that moves; without script the drawing, larger. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { MapTiles } from '../../../platform/map-tiles.ts'
import { Link, langOf, PageHead, paths, ResidentPage, Text, type View } from '../../../ui/index.ts'
import { pointBetween, polygonBetween } from '../place.ts'
import type { Ground } from '../use-cases/around.ts'
import type { ListedIncident } from '../use-cases/public.ts'
import { Approval } from './approval.tsx'
import { aroundHref, type Chosen } from './around.tsx'
import { AroundMap, pinsOf, positionsOf } from './around-map.tsx'
import { areaLabel } from './report-where.tsx'
import { className, standOf } from './saying.ts'

interface MapPageProps {
  view: View
  pack: LoadedPack
  now: Date
  chosen: Chosen
  rows: readonly ListedIncident[]
  ground: Ground
  tiles: MapTiles | null
}

export function MapPage({ view, pack, now, chosen, rows, ground, tiles }: MapPageProps) {
  const { t, lang } = view
  const nameOf = (one: ListedIncident) => one.title ?? className(pack, one.classCode, view)
  // Everything here is in WGS84; a base map has a system of its own.
  const crs = tiles?.crs ?? 'WGS84'
  const on = (lon: number, lat: number) => pointBetween({ lon, lat, crs: 'WGS84' }, crs)
  const pins = pinsOf(rows)
  const positions = positionsOf(ground, pins).map(([lon, lat]) => on(lon, lat))
  const [lons, lats] = [positions.map(({ lon }) => lon), positions.map(({ lat }) => lat)]
  const shown = {
    bounds: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
    grids: ground.grids.map(({ name, boundary }) => ({ name, boundary: polygonBetween(boundary, 'WGS84', crs) })),
    crossings: ground.crossings.map(({ name, lon, lat }) => ({ name, ...on(lon, lat) })),
    tiles: tiles && { url: tiles.url },
    facilities: ground.facilities.map(({ name, lon, lat }) => ({ name, ...on(lon, lat) })),
    pins: pins.map(({ position: [lon, lat], numbers }) => ({
      ...on(lon, lat),
      label: numbers.join('·'),
      title: numbers.map((number) => `${number} ${nameOf(rows[number - 1]!)}`).join('; '),
      href: `#i-${numbers[0]}`,
    })),
  }
  return (
    <ResidentPage view={view} title={t('around.map')} back={{ href: aroundHref(chosen), label: t('around.title') }}>
      <PageHead title={t('around.map')} caption={areaLabel(view, pack, chosen.area)} />
      <p class="k-broad__skip">
        <Link href="#ground">{t('around.map_below')}</Link>
      </p>
      <div class="k-broad">
        <ol class="k-around">
          {rows.map((one, at) => (
            <li key={one.publicId} id={`i-${at + 1}`} tabIndex={-1}>
              <span class="k-around__number num" aria-hidden="true">
                {at + 1}
              </span>
              <div>
                <Link href={`${paths.around}/${one.publicId}`}>
                  <span lang={langOf(lang, nameOf(one))}>{nameOf(one)}</span>
                </Link>
                <p class="k-quiet">{[one.place ?? areaLabel(view, pack, one.area), standOf(view, one, now).words].join(' · ')}</p>
              </div>
            </li>
          ))}
        </ol>
        <div id="ground">
          {positions.length > 1 && (
            <>
              <link rel="stylesheet" href={view.assets.mapCss} />
              <section class="k-moving" data-ground hidden aria-label={t('around.map')} data-shown={JSON.stringify(shown)} />
              <Approval view={view} tiles={tiles} />
              <script type="module" src={view.assets.mapJs} />
            </>
          )}
          <div data-drawing>
            <AroundMap view={view} pack={pack} ground={ground} rows={rows} />
          </div>
        </div>
      </div>
      <Text quiet>
        {t('around.map_moves')}
        {ground.grids.some(({ demo }) => demo) && ` ${t('around.map_demo')}`}
      </Text>
    </ResidentPage>
  )
}
