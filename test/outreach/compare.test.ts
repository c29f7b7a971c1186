/** Two versions of a matter over a made town: the one statement counts as judging person by person does. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { COURSES, courseOf, LISTS } from '../../src/core/outreach/compare.ts'
import { countChanges } from '../../src/core/outreach/compare-store.ts'
import type { Facts, Judged, ParameterRow, Verdict } from '../../src/core/rules/index.ts'
import { evaluate } from '../../src/core/rules/index.ts'
import { Refusal } from '../../src/platform/refusal.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { makeTown, TODAY } from './town.ts'

let scene: Scene
let town: { area: string; facts: Facts }[]
before(async () => {
  scene = await openScene()
  await makeTown(scene.owner)
  town = await facts()
})
after(() => scene?.close())

async function facts() {
  const { rows } = await scene.owner.query(
    `select area, born_on, hukou_area, receives, unit_size, unit_income_fen::bigint from outreach.person where not hidden`,
  )
  const known = <T>(value: T | null) => value ?? undefined
  return rows.map((row) => ({
    area: row.area as string,
    facts: {
      on: TODAY,
      area: row.area,
      person: defined({ born_on: known(row.born_on), hukou_area: known(row.hukou_area), receives: row.receives }),
      unit: defined({ size: row.unit_size, monthly_income_fen: known(row.unit_income_fen) }),
    } as Facts,
  }))
}
const defined = (facts: object) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

const packNow = () => scene.node.platform.services.packs.inForce()
const versionOf = (matterCode: string, parameters = packNow().pack.parameters, replaced: Judged[] = []) => {
  const matter = packNow().matter(matterCode)
  const ruleOf = (id: string) => replaced.find((rule) => rule.id === id) ?? packNow().rule(id)
  return { conditions: matter.conditions.map(ruleOf), amount: matter.amount ? ruleOf(matter.amount) : null, parameters }
}
const at = (id: string, value: number): ParameterRow[] =>
  packNow().pack.parameters.map((row) => (row.id === id ? { ...row, value } : row))

const sweep = { role: 'app_system', area: place.city, domains: [], subjects: [], accountId: null } as const
const count = (
  versions: Parameters<typeof countChanges>[1],
  { area = place.city as string, partLength = 6, mostMs = 10_000, scope = sweep as { area: string } } = {},
) => scene.node.platform.db.as({ ...sweep, ...scope }, (tx) => countChanges(tx, versions, { area, partLength, mostMs }))

/** The same, one person after the other. */
function counted(versions: Parameters<typeof countChanges>[1], partLength: number) {
  const sums = new Map<string, number>()
  const add = (key: string) => sums.set(key, (sums.get(key) ?? 0) + 1)
  const all = (facts: Facts, { conditions, parameters }: (typeof versions)['was']): boolean | null => {
    const verdicts: Verdict[] = conditions.map((rule) => evaluate(rule, facts, parameters))
    return verdicts.includes(false) ? false : verdicts.includes('unknown') ? null : true
  }
  for (const { area, facts } of town) {
    const part = area.slice(0, partLength)
    const [was, now] = [all(facts, versions.was), all(facts, versions.now)]
    const [before, then] = [versions.was, versions.now].map(({ amount, parameters }) =>
      amount ? evaluate(amount, facts, parameters) : 'unknown',
    )
    const amount =
      then === 'unknown' ? (before === 'unknown' ? 0 : 2) : before === 'unknown' ? 0 : Math.sign(Number(then) - Number(before))
    add(`${part} ${courseOf({ was, now, amount })}`)
    add(`${part} list ${now === null ? 'possible' : now ? 'fits' : 'unfit'}`)
  }
  return (part: string, column: string) => sums.get(`${part} ${column}`) ?? 0
}

async function agrees(versions: Parameters<typeof countChanges>[1], partLength: number): Promise<number[]> {
  const told = await count(versions, { partLength })
  const truth = counted(versions, partLength)
  assert.deepEqual(told.parts, [...new Set(town.map(({ area }) => area.slice(0, partLength)))].sort())
  for (const [r, part] of told.parts.entries()) {
    for (const [c, course] of COURSES.entries()) {
      const [cell, real] = [told.changes.cells[r]![c], truth(part, course)]
      assert.ok(cell === null || cell === real, `${part} ${course}: ${cell}, not ${real}`)
    }
    for (const [c, list] of LISTS.entries()) {
      const real = truth(part, `list ${list}`)
      assert.equal(told.tens.found[r]![c], real < 10 ? null : Math.round(real / 10) * 10)
    }
  }
  return COURSES.map((course) => told.parts.reduce((sum, part) => sum + truth(part, course), 0))
}

test('a lower age, another sum and a rule written anew are counted as each person would be judged', async () => {
  const inForce = versionOf('longevity-allowance')
  const [, , , , , , same] = await agrees({ was: inForce, now: inForce }, 6)
  assert.equal(same, town.length, 'a version differs from itself for nobody')

  const younger = versionOf('longevity-allowance', at('longevity.min_age', 65))
  const [gained, possible, lost] = await agrees({ was: inForce, now: younger }, 6)
  assert.ok(gained! > 20 && possible! > 5 && lost === 0, `${gained} ${possible} ${lost}`)
  const back = await agrees({ was: younger, now: inForce }, 12)
  assert.ok(back[2] === gained! + possible! && back[0] === 0)

  const dearer = await agrees({ was: inForce, now: versionOf('longevity-allowance', at('longevity.amount_70', 5000)) }, 9)
  assert.ok(dearer[4]! > 20 && dearer[5] === 0)
  const cheaper = await agrees({ was: inForce, now: versionOf('longevity-allowance', at('longevity.amount_80', 2000)) }, 9)
  assert.ok(cheaper[5]! > 20)

  const rewritten = { ...packNow().rule('longevity.hukou'), expression: 'inArea(person.dwelling_area, "4401")' }
  const unsure = await agrees({ was: inForce, now: versionOf('longevity-allowance', packNow().pack.parameters, [rewritten]) }, 6)
  assert.ok(unsure[3]! > 100, 'what nobody has on record is unknown, never not met')
})

test('the income of a family is presumed, and what only a form tells leaves everybody possible', async () => {
  const inForce = versionOf('minimum-living-guarantee')
  const told = await agrees({ was: inForce, now: versionOf('minimum-living-guarantee', at('mlg.standard', 150_000)) }, 12)
  assert.ok(told[0] === 0 && told[1]! > 20 && told[2] === 0, told.join(' '))
})

test('a place that holds nobody, and one beyond the scope, tells nothing', async () => {
  const inForce = versionOf('longevity-allowance')
  const versions = { was: inForce, now: inForce }
  assert.deepEqual((await count(versions, { area: '440106001005', partLength: 12 })).parts, [])
  const fenced = await count(versions, { scope: { area: place.otherDistrict }, partLength: 6 })
  assert.deepEqual(fenced.parts, [place.otherDistrict], 'row security fences it whatever was asked')
})

test('what takes too long is stopped, what is too large is not begun, and what was never made is said', async () => {
  const inForce = versionOf('longevity-allowance')
  const versions = { was: inForce, now: inForce }
  await scene.owner.query('begin')
  await scene.owner.query('lock table outreach.person in access exclusive mode')
  await assert.rejects(
    count(versions, { mostMs: 200 }),
    (error) => error instanceof Refusal && error.code === 'outreach.too_slow',
  )
  await scene.owner.query('rollback')
  assert.ok((await count(versions)).parts.length > 0, 'the connection serves on, without the limit')

  const long = (n: number) => ({
    id: 'made.long',
    returns: 'bool' as const,
    expression: Array.from({ length: n }, (_, k) => `ageYears(person.born_on, on) != ${k}`).join(' && '),
  })
  const wide = { conditions: Array.from({ length: 120 }, () => long(120)), amount: null, parameters: [] }
  await assert.rejects(
    count({ was: wide, now: wide }),
    (error) => error instanceof Refusal && error.code === 'outreach.too_large',
  )
  await scene.owner.query('delete from outreach.snapshot')
  await assert.rejects(count(versions), (error) => error instanceof Refusal && error.code === 'outreach.no_snapshot')
})
