/** Only for tests: the areas that a demo file names, and what lies around them. */
import type { DemoFile } from './demo-file.ts'

const LEVELS: Readonly<Record<number, string>> = { 4: 'city', 6: 'district', 9: 'street', 12: 'community' }

export interface SceneArea {
  code: string
  name: string
  level: string
  parentCode: string | null
}

export function areasIn(file: DemoFile): SceneArea[] {
  const named = [
    ...file.communities.map((one) => one.area),
    ...file.organisations.map((one) => one.area),
    ...file.officers.flatMap((officer) => officer.posts.flatMap((post) => post.areas)),
  ]
  const lengths = Object.keys(LEVELS).map(Number)
  const codes = new Set(
    named.flatMap((code) => lengths.filter((length) => length <= code.length).map((length) => code.slice(0, length))),
  )
  return [...codes].sort().map((code) => {
    const above = lengths[lengths.indexOf(code.length) - 1]
    return { code, name: code, level: LEVELS[code.length]!, parentCode: above ? code.slice(0, above) : null }
  })
}
