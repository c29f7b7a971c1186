/**
 * The map that moves, over the drawing that the page has already: grids, crossings and numbered incidents. No base map is in it.
 * Loaded on its own page alone, and never needed.
 */
import 'maplibre-gl/dist/maplibre-gl.css'
import { Map as Ground, Marker, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'

interface Shown {
  bounds: [number, number, number, number]
  grids: { name: string; boundary: GeoJSON.Polygon | GeoJSON.MultiPolygon }[]
  crossings: { name: string; lon: number; lat: number }[]
  pins: { label: string; title: string; href: string; lon: number; lat: number }[]
}

function open(place: HTMLElement): void {
  const shown = JSON.parse(place.dataset.shown ?? '{}') as Shown
  const role = (name: string) => getComputedStyle(place).getPropertyValue(name).trim()
  setWorkerUrl(workerUrl)
  const map = new Ground({
    container: place,
    bounds: shown.bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    style: {
      version: 8,
      sources: {
        grids: {
          type: 'geojson',
          data: {
            type: 'FeatureCollection',
            features: shown.grids.map(({ name, boundary }) => ({ type: 'Feature', properties: { name }, geometry: boundary })),
          },
        },
        crossings: {
          type: 'geojson',
          data: {
            type: 'FeatureCollection',
            features: shown.crossings.map(({ name, lon, lat }) => ({
              type: 'Feature',
              properties: { name },
              geometry: { type: 'Point', coordinates: [lon, lat] },
            })),
          },
        },
      },
      layers: [
        { id: 'paper', type: 'background', paint: { 'background-color': role('--k-sunk') } },
        { id: 'grids', type: 'fill', source: 'grids', paint: { 'fill-color': role('--k-surface') } },
        { id: 'borders', type: 'line', source: 'grids', paint: { 'line-color': role('--k-line-strong'), 'line-width': 1.5 } },
        {
          id: 'crossings',
          type: 'circle',
          source: 'crossings',
          paint: { 'circle-color': role('--k-line-strong'), 'circle-radius': 4 },
        },
      ],
    },
  })
  map.addControl(new NavigationControl({ showCompass: false }))
  map.dragRotate.disable()
  map.touchZoomRotate.disableRotation()
  for (const { label, title, href, lon, lat } of shown.pins) {
    const pin = document.createElement('a')
    pin.className = 'k-pin num'
    pin.href = href
    pin.textContent = label
    pin.setAttribute('aria-label', title)
    new Marker({ element: pin }).setLngLat([lon, lat]).addTo(map)
  }
}

for (const place of document.querySelectorAll<HTMLElement>('[data-ground]')) {
  place.hidden = false
  try {
    open(place)
    for (const drawing of document.querySelectorAll<HTMLElement>('[data-drawing]')) drawing.hidden = true
  } catch (error) {
    // No WebGL: the drawing stays.
    console.info('map:', error instanceof Error ? error.message : error)
    place.hidden = true
  }
}
