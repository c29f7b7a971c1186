/**
 * The map that moves, over the drawing that the page has already: grids, crossings and numbered incidents. No base map is in it.
 * Loaded on its own page alone, and never needed.
 */
import { Marker } from 'maplibre-gl'
import { openGround, type Sheet } from './paper.ts'

interface Shown extends Sheet {
  pins: { label: string; title: string; href: string; lon: number; lat: number }[]
}

function open(place: HTMLElement): void {
  const shown = JSON.parse(place.dataset.shown ?? '{}') as Shown
  const map = openGround(place, shown)
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
