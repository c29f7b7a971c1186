/**
 * Invented families as lines of the registers, the same ones for the same number: who lives together, in which hukou book, of which age,
 * with which income, certificate, permit and benefit, and with the gaps that registers have. Nothing here knows a rule.
 */
import { dayOfNumber, numberOf } from '../../src/platform/day.ts'

const TABLES = {
  person: 'id, name, sex, born_on, living_area, hukou_area, safety_flag, recorded_at, source',
  hukou_household: 'id, area, number, recorded_at',
  hukou_spell: 'id, person_id, household_id, area, relation, during, source, method, recorded_at',
  dwelling: 'id, area, address, recorded_at',
  dwelling_occupancy: 'id, person_id, dwelling_id, area, during, source, method, recorded_at',
  residence_spell: 'id, person_id, area, during, source, method, recorded_at',
  income_declaration: 'id, person_id, monthly_fen, during, source, method, recorded_at',
  benefit_receipt: 'id, person_id, matter_code, during, source, method, recorded_at',
  disability_certificate: 'id, person_id, kind, grade, during, source, method, recorded_at',
  residence_permit: 'id, person_id, area, during, source, method, recorded_at',
} as const

export type Register = keyof typeof TABLES
export const REGISTERS = Object.entries(TABLES) as readonly (readonly [Register, string])[]
export type Lines = Record<Register, string[]>

const NONE = '\\N'
const AT = '2026-09-30T00:00:00Z'
const MARKS = `demo\tdemo\t${AT}`
const ELSEWHERE = ['430121001001', '440306001001', '450102003004', '360102005001', '411302001002']
const KINDS = ['sight', 'hearing', 'speech', 'physical', 'physical', 'intellectual', 'multiple', NONE]

/** Park and Miller's: a bench needs the same people twice, not good dice. */
function dice(seed: number) {
  let state = seed
  const roll = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  return {
    chance: (share: number) => roll() < share,
    among: (count: number) => Math.floor(roll() * count),
    between: (low: number, high: number) => low + Math.floor(roll() * (high - low + 1)),
    one: <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!,
  }
}

const idOf = (kind: number, n: number) =>
  `${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/**
 * Families one after the other until there are so many persons. Each call of the iterator gives the lines of some thousands.
 * @param communities codes of the city's communities
 * @param on the day on which ages and terms are meant
 */
export function* peopleOf(persons: number, communities: readonly string[], on: string): Generator<Lines> {
  const { chance, among, between, one } = dice(20_261_001)
  const today = numberOf(on)
  const days = Array.from({ length: 45_000 }, (_, back) => dayOfNumber(today - back))
  const ahead = Array.from({ length: 400 }, (_, later) => dayOfNumber(today + later))
  const before = (back: number) => days[Math.max(back, 0)]!
  let [made, homes, rows] = [0, 0, 0]
  const next = () => idOf(2, rows++)
  const fresh = (): Lines => Object.fromEntries(REGISTERS.map(([name]) => [name, [] as string[]])) as Lines
  let lines = fresh()
  let earlier: string | undefined

  /** Ages of one family: somebody alone, a couple, parents with children, three generations, or colleagues who share. */
  const ages = (): number[] => {
    const kind = among(100)
    if (kind < 24) return [chance(0.3) ? between(60, 101) : between(20, 59)]
    if (kind < 44) {
      const age = chance(0.35) ? between(58, 96) : between(22, 57)
      return [age, Math.max(age - between(-4, 6), 20)]
    }
    if (kind < 80) {
      const age = between(26, 56)
      return [age, age - between(0, 5), ...Array.from({ length: between(1, 2) }, () => between(0, age - 22))]
    }
    if (kind < 92) {
      const age = between(30, 58)
      const elders = Array.from({ length: between(1, 2) }, () => age + between(22, 36))
      return [...elders, age, age - between(0, 5), between(0, Math.max(age - 24, 1))]
    }
    return Array.from({ length: between(3, 6) }, () => between(18, 50))
  }

  while (made < persons) {
    const home = homes++
    const area = one(communities)
    const local = chance(0.55)
    const hasHome = chance(0.97)
    const declares = chance(0.25)
    const poor = chance(0.12)
    const book = local && chance(0.95) ? idOf(3, home) : NONE
    const hukou = local ? (chance(0.8) ? area : one(communities)) : one(ELSEWHERE)
    const dwelling = idOf(4, home)
    if (hasHome) lines.dwelling.push(`${dwelling}\t${area}\t示例路 ${home} 号\t${AT}`)
    if (book !== NONE) lines.hukou_household.push(`${book}\t${hukou}\t示例${home}\t${AT}`)
    const moved = before(between(30, 7000))
    for (const age of ages()) {
      if (made === persons) break
      const id = idOf(1, made++)
      const born = before(age * 365 + Math.floor(age / 4) + among(365))
      const bornOn = chance(0.995) ? born : NONE
      const hidden = chance(0.003)
      lines.person.push(
        `${id}\t陈示例\t${chance(0.5) ? 'male' : 'female'}\t${bornOn}\t${hasHome ? area : NONE}\t${local ? hukou : NONE}\t${hidden}\t${AT}\tdemo`,
      )
      if (chance(0.99)) lines.hukou_spell.push(`${next()}\t${id}\t${book}\t${hukou}\tmember\t[${born},)\t${MARKS}`)
      if (hasHome) {
        const since = [moved, born].sort()[1]!
        if (earlier && since > born && chance(0.1))
          lines.dwelling_occupancy.push(`${next()}\t${id}\t${earlier}\t${area}\t[${born},${since})\t${MARKS}`)
        lines.dwelling_occupancy.push(`${next()}\t${id}\t${dwelling}\t${area}\t[${since},)\t${MARKS}`)
      }
      if (!local) {
        const since = before(between(10, 3000))
        lines.residence_spell.push(`${next()}\t${id}\t${area}\t[${since},)\t${MARKS}`)
        if (chance(0.6)) lines.residence_permit.push(`${next()}\t${id}\t${area}\t[${since},${ahead[between(1, 365)]})\t${MARKS}`)
      }
      if (declares || chance(0.05)) {
        const income = age < 18 ? 0 : poor ? between(0, 180_000) : between(250_000, 1_500_000)
        lines.income_declaration.push(`${next()}\t${id}\t${income}\t[${before(between(1, 300))},)\t${MARKS}`)
      }
      if (chance(age > 60 ? 0.06 : 0.02))
        lines.disability_certificate.push(`${next()}\t${id}\t${one(KINDS)}\t${between(1, 4)}\t[${before(900)},)\t${MARKS}`)
      const receives = (matter: string) => lines.benefit_receipt.push(`${next()}\t${id}\t${matter}\t[${before(200)},)\t${MARKS}`)
      if (local && age >= 70 && chance(0.75)) receives('longevity-allowance')
      if (age >= 60 && chance(0.55)) receives('senior-card')
      if (poor && local && declares && chance(0.4)) receives('minimum-living-guarantee')
    }
    if (hasHome) earlier = dwelling
    if (lines.person.length >= 50_000) {
      yield lines
      lines = fresh()
    }
  }
  yield lines
}
