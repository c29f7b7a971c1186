/** What maps of the ground share: the sheet with grids on it, over tiles where a street has installed approved ones. */
import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type GeoJSONSourceSpecification,
  Map as Ground,
  NavigationControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'

export type Shape = GeoJSON.Polygon | GeoJSON.MultiPolygon
export interface Sheet {
  bounds: [number, number, number, number]
  grids: { name: string; boundary: Shape }[]
  crossings?: { name: string; lon: number; lat: number }[]
  facilities?: { name: string; lon: number; lat: number }[]
  outline?: Shape | null
  /** Approved tiles below it all, in whose system everything else has been turned. */
  tiles?: { url: string } | null
}

/** Deeper down the deepest tiles are shown larger. */
const DEEPEST = 18
/** Tiles are asked for by a worker, which knows no path of the page; the braces stay as they are. */
const fullAddress = (url: string): string => (url.startsWith('/') ? `${location.origin}${url}` : url)

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
const feature = (geometry: GeoJSON.Geometry, name = ''): GeoJSON.Feature => ({ type: 'Feature', properties: { name }, geometry })

const points = (all: NonNullable<Sheet['crossings']>): GeoJSONSourceSpecification => ({
  type: 'geojson',
  data: collection(all.map(({ name, lon, lat }) => feature({ type: 'Point', coordinates: [lon, lat] }, name))),
})

function styleOf(place: HTMLElement, { grids, crossings = [], facilities = [], outline, tiles }: Sheet): StyleSpecification {
  const role = (name: string) => getComputedStyle(place).getPropertyValue(name).trim()
  return {
    version: 8,
    sources: {
      ...(tiles ? { base: { type: 'raster', tiles: [fullAddress(tiles.url)], tileSize: 256, maxzoom: DEEPEST } } : {}),
      grids: { type: 'geojson', data: collection(grids.map(({ name, boundary }) => feature(boundary, name))) },
      outline: { type: 'geojson', data: collection(outline ? [feature(outline)] : []) },
      crossings: points(crossings),
      facilities: points(facilities),
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': role('--k-sunk') } },
      ...(tiles ? [{ id: 'base', type: 'raster' as const, source: 'base' }] : []),
      {
        id: 'grids',
        type: 'fill',
        source: 'grids',
        paint: { 'fill-color': role('--k-surface'), 'fill-opacity': tiles ? 0.25 : 1 },
      },
      { id: 'borders', type: 'line', source: 'grids', paint: { 'line-color': role('--k-line-strong'), 'line-width': 1.5 } },
      {
        id: 'outline',
        type: 'line',
        source: 'outline',
        paint: { 'line-color': role('--k-ink-2'), 'line-width': 2, 'line-dasharray': [4, 3] },
      },
      {
        id: 'crossings',
        type: 'circle',
        source: 'crossings',
        paint: { 'circle-color': role('--k-line-strong'), 'circle-radius': 4 },
      },
      {
        id: 'facilities',
        type: 'circle',
        source: 'facilities',
        paint: {
          'circle-color': role('--k-surface'),
          'circle-radius': 4,
          'circle-stroke-color': role('--k-action'),
          'circle-stroke-width': 2,
        },
      },
    ],
  }
}

/** @throws where the browser has no WebGL: then the page goes on without */
export function openGround(place: HTMLElement, sheet: Sheet): Ground {
  setWorkerUrl(workerUrl)
  const map = new Ground({
    container: place,
    bounds: sheet.bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    style: styleOf(place, sheet),
  })
  map.addControl(new NavigationControl({ showCompass: false }))
  map.dragRotate.disable()
  map.touchZoomRotate.disableRotation()
  return map
}
