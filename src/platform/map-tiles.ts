/** A base map of approved tiles, from the environment: without its approval number it is not shown at all. Pure. */
import type { WrongValue } from './config.ts'
import { isLoopback } from './loopback.ts'

export interface MapTiles {
  /** With {z}, {x} and {y}; an address of another host, or a path of this one. */
  url: string
  /** Scheme and host that a page may load from; null: its own. */
  origin: string | null
  /** 审图号 */
  approval: string
  attribution: string
  /** What the tiles are drawn in: everything on the map is turned into it. */
  crs: 'CGCS2000' | 'GCJ02'
}

type Env = Readonly<Record<string, string | undefined>>
/** GS(2024)0650号, GS京(2022)1061号, 粤AS(2023)017号 */
const APPROVAL = /^\p{L}{1,6}[(（]\d{4}[)）]\p{L}{0,2}\d{1,6}[号]$/u
const SHAPE = 'Give https://host/path/{z}/{x}/{y}.png, or a path of this host such as /tiles/{z}/{x}/{y}.png.'

/** Null when no tiles are named. Problems are added to `wrong`, all at once. */
export function readTiles(env: Env, wrong: WrongValue[]): MapTiles | null {
  const given = (name: string) => env[`KAIFONG_MAP_${name}`]?.trim() ?? ''
  const say = (name: string, problem: string) => void wrong.push({ variable: `KAIFONG_MAP_${name}`, problem })
  const url = given('TILES')
  if (url === '') return null
  const origin = originOf(url)
  if (origin === undefined) say('TILES', `“${url}” is no address of tiles. ${SHAPE}`)
  const approval = given('APPROVAL')
  if (approval === '')
    say(
      'APPROVAL',
      'is missing: a map may be shown only with its approval number. Give it as it is printed on the map, or unset KAIFONG_MAP_TILES.',
    )
  else if (!APPROVAL.test(approval))
    say(
      'APPROVAL',
      `“${approval}” is no approval number. Give it whole, as it is printed on the map: letters, the year in brackets, the number and its last sign.`,
    )
  const attribution = given('ATTRIBUTION')
  if (attribution === '') say('ATTRIBUTION', 'is missing: give the name of who made the map; it is shown beside it.')
  const crs = given('CRS')
  if (crs !== 'CGCS2000' && crs !== 'GCJ02')
    say(
      'CRS',
      'says in which system the tiles are drawn: give CGCS2000 or GCJ02. With the wrong one every point is hundreds of metres off.',
    )
  return { url, origin: origin ?? null, approval, attribution, crs: crs === 'GCJ02' ? 'GCJ02' : 'CGCS2000' }
}

/** Undefined for what is no template. */
function originOf(template: string): string | null | undefined {
  if (!['{z}', '{x}', '{y}'].every((part) => template.includes(part)) || /[\s;,'"]/.test(template)) return undefined
  if (template.startsWith('/') && !template.startsWith('//')) return null
  const url = URL.parse(template)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  // A host that is itself a part of the template cannot be allowed exactly.
  return url && safe && !/[{}%]/.test(url.host) && url.username === '' ? url.origin : undefined
}
