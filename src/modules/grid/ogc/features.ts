/** From rows to features: geometry in degrees of WGS84, whatever it was delivered in. Pure. */
import { inWgs84, type MultiPolygon, type Polygon, polygonInWgs84, type System } from '../place.ts'

export interface Feature {
  id: string
  geometry: { type: 'Point'; coordinates: [lon: number, lat: number] } | Polygon | MultiPolygon | null
  properties: Record<string, string | number | boolean | null>
}
export type Box = readonly [west: number, south: number, east: number, north: number]

/** The country's web maps lie up to 700 m beside: a box that is asked of rows as delivered is wider by this, in degrees. */
const ASIDE = 0.01
export const widened = ([west, south, east, north]: Box): Box => [west - ASIDE, south - ASIDE, east + ASIDE, north + ASIDE]

/** One whose west is more than its east lies over the antimeridian, and is two. */
export const partsOf = ([west, south, east, north]: Box): Box[] =>
  west <= east
    ? [[west, south, east, north]]
    : [
        [west, south, 180, north],
        [-180, south, east, north],
      ]

/** Whether what a feature covers, as it is answered, meets the box; of an area the box around it. */
export function meets({ geometry }: Feature, [west, south, east, north]: Box): boolean {
  if (!geometry) return false
  const positions = geometry.type === 'Point' ? [geometry.coordinates] : (geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2) as number[][]) // biome-ignore format: one choice
  const [lons, lats] = [positions.map(([lon]) => lon!), positions.map(([, lat]) => lat!)]
  return Math.min(...lons) <= east && Math.max(...lons) >= west && Math.min(...lats) <= north && Math.max(...lats) >= south
}

const pointAt = (lon: number | null, lat: number | null): Feature['geometry'] =>
  lon === null ? null : { type: 'Point', coordinates: [lon, lat!] }

export interface GridRow {
  code: string
  name: string
  area: string
  boundary: Polygon | MultiPolygon
  crs: System
  validFrom: string
  validTo: string | null
  source: string
  demo: boolean
}
/** `demo`: invented, not measured. `crs_delivered`: the system that it was delivered in. */
export const featureOfGrid = ({ code, name, area, boundary, crs, validFrom, validTo, source, demo }: GridRow): Feature => ({
  id: code,
  geometry: polygonInWgs84(boundary, crs),
  properties: { code, name, area, valid_from: validFrom, valid_to: validTo, source, crs_delivered: crs, demo },
})

export interface IncidentRow {
  id: string
  number: string
  classCode: string
  title: string | null
  area: string
  place: string | null
  lon: number | null
  lat: number | null
  status: string
  outcome: string | null
  open: boolean
  reportedAt: Date
  dueAt: Date | null
  changedAt: Date
  round: number
  /** Its date went by before it was handed in, in whichever round. */
  wasLate: boolean
  handledAt: Date | null
  linkedTo: string | null
}
export const featureOfIncident = ({
  id,
  number,
  classCode,
  title,
  area,
  place,
  lon,
  lat,
  ...standing
}: IncidentRow): Feature => ({
  id,
  geometry: pointAt(lon, lat),
  properties: {
    number,
    class: classCode,
    title,
    area,
    place,
    status: standing.status,
    outcome: standing.outcome,
    open: standing.open,
    reported_at: standing.reportedAt.toISOString(),
    due_at: standing.dueAt?.toISOString() ?? null,
    handed_in_at: standing.handledAt?.toISOString() ?? null,
    was_late: standing.wasLate,
    round: standing.round,
    linked_to: standing.linkedTo,
    changed_at: standing.changedAt.toISOString(),
    // A crossing or a public object, and never where somebody stood.
    crs_delivered: 'WGS84',
  },
})

export interface FacilityRow {
  code: string
  classCode: string
  name: string
  area: string
  lon: number
  lat: number
  crs: System
  source: string
  demo: boolean
  recordedAt: Date
  endedAt: Date | null
}
export function featureOfFacility(row: FacilityRow): Feature {
  const { code, classCode, name, area, crs, source, demo } = row
  const at = inWgs84(row)
  const [recorded_at, ended_at] = [row.recordedAt.toISOString(), row.endedAt?.toISOString() ?? null]
  return {
    id: code,
    geometry: pointAt(at.lon, at.lat),
    properties: { code, class: classCode, name, area, recorded_at, ended_at, source, crs_delivered: crs, demo },
  }
}

export interface CameraRow {
  id: string
  area: string
  place: string
  purpose: string
  keeper: string
  contact: string
  retentionDays: number
  sign: boolean
  basis: string
  recordedAt: Date
  lon: number | null
  lat: number | null
  crs: System | null
}
/** A public camera is a public thing: its own point is answered, where it was measured. */
export function featureOfCamera(row: CameraRow): Feature {
  const { id, area, place, purpose, keeper, contact, sign, basis, lon, lat, crs } = row
  const at = crs ? inWgs84({ lon: lon!, lat: lat!, crs }) : { lon: null, lat: null }
  const told = { place, purpose, keeper, contact, retention_days: row.retentionDays, sign, basis, area }
  return {
    id,
    geometry: pointAt(at.lon, at.lat),
    properties: { ...told, recorded_at: row.recordedAt.toISOString(), crs_delivered: crs },
  }
}
