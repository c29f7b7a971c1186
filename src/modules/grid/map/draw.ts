/**
 * A border drawn and moved on the map; what is drawn stands in the field of the form as GeoJSON, which is what is sent. Whoever has
 * no pointer, no script or no WebGL types, pastes or uploads it there.
 */
import { TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import { openGround, type Shape, type Sheet } from './paper.ts'

interface Shown extends Sheet {
  crs: string
  boundary: Shape | null
  says: Record<'drawn' | 'undone' | 'again' | 'not_here' | 'corners', string>
}
type Ring = GeoJSON.Position[]

/** About a centimetre: finer than any hand. */
const DIGITS = 7
const ringsOf = (shape: Shape): Ring[][] => (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates)
const round = (ring: Ring): Ring => ring.map(([lon, lat]) => [Number(lon!.toFixed(DIGITS)), Number(lat!.toFixed(DIGITS))])

function boxAround(shown: Shown, own: Shape | null): Shown['bounds'] {
  const all = [...shown.grids.map(({ boundary }) => boundary), ...(shown.outline ? [shown.outline] : []), ...(own ? [own] : [])]
  const positions = all.flatMap((shape) => ringsOf(shape).flat(2) as unknown as number[][])
  if (positions.length === 0) return shown.bounds
  const [lons, lats] = [positions.map(([lon]) => lon!), positions.map(([, lat]) => lat!)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

function open(place: HTMLElement): void {
  const shown = JSON.parse(place.dataset.shown ?? '{}') as Shown
  const form = place.closest('form')!
  const field = form.elements.namedItem('boundary') as HTMLTextAreaElement
  const crs = form.elements.namedItem('crs') as HTMLSelectElement
  const said = place.querySelector<HTMLElement>('[data-said]')!
  const own = shown.boundary
  const map = openGround(place.querySelector<HTMLElement>('[data-map]')!, { ...shown, bounds: boxAround(shown, own) })
  const style = getComputedStyle(place)
  const colour = style.getPropertyValue('--k-action').trim() as `#${string}`
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [
      new TerraDrawPolygonMode({ styles: { fillColor: colour, outlineColor: colour, outlineWidth: 3 } }),
      new TerraDrawSelectMode({
        styles: { selectedPolygonColor: colour, selectedPolygonOutlineColor: colour },
        flags: { polygon: { feature: { draggable: false, coordinates: { draggable: true, midpoints: true, deletable: true } } } },
      }),
    ],
  })
  let steps: Ring[][][] = []

  const shapes = (): Ring[][] =>
    draw
      .getSnapshot()
      .filter(
        ({ geometry, properties }) =>
          geometry.type === 'Polygon' && properties.mode === 'polygon' && !properties.currentlyDrawing,
      )
      .map(({ geometry }) => (geometry.coordinates as Ring[]).map(round))

  function put(polygons: Ring[][]): void {
    draw.clear()
    const added = draw.addFeatures(
      polygons.map((coordinates) => ({
        type: 'Feature' as const,
        properties: { mode: 'polygon' },
        geometry: { type: 'Polygon' as const, coordinates: coordinates.map(round) },
      })),
    )
    draw.setMode(polygons.length > 0 ? 'select' : 'polygon')
    const first = added.find(({ valid }) => valid)?.id
    if (first !== undefined) draw.selectFeature(first)
  }

  function write(saying: string): void {
    const polygons = shapes()
    if (polygons.length > 0)
      field.value = JSON.stringify(
        polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons },
      )
    crs.value = shown.crs
    const corners = polygons.flat().reduce((sum, ring) => sum + ring.length - 1, 0)
    said.textContent = polygons.length > 0 ? `${saying} ${corners} ${shown.says.corners}` : saying
  }

  map.once('load', () => {
    draw.start()
    const polygons = own ? ringsOf(own) : []
    if (polygons.some((rings) => rings.length > 1)) {
      said.textContent = shown.says.not_here
      return
    }
    put(polygons)
    steps = polygons.length > 0 ? [shapes()] : []
    draw.on('finish', () => {
      const polygons = shapes()
      steps.push(polygons)
      if (draw.getMode() === 'polygon') put(polygons)
      write(shown.says.drawn)
    })
    for (const button of place.querySelectorAll<HTMLButtonElement>('[data-do]'))
      button.addEventListener('click', () => {
        if (button.dataset.do === 'again') {
          put([])
          write(shown.says.again)
          return
        }
        if (steps.length > 1) steps.pop()
        put(steps.at(-1) ?? [])
        write(shown.says.undone)
      })
    place.dataset.ready = ''
  })
}

for (const place of document.querySelectorAll<HTMLElement>('[data-draw]')) {
  place.hidden = false
  try {
    open(place)
  } catch (error) {
    // No WebGL: the field is there.
    console.info('map:', error instanceof Error ? error.message : error)
    place.hidden = true
  }
}
