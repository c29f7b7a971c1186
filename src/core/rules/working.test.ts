import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from './explain.ts'
import { facts, parameters, ruleNamed, rulesOf } from './pack-scene.ts'
import type { Rule } from './rule.ts'
import type { Working } from './working.ts'

const guarantee = rulesOf('minimum-living-guarantee').find((each) => each.id === 'mlg.amount')!

const said = (working: readonly Working[]): string =>
  working
    .map((token) =>
      token.kind === 'parameter'
        ? `${token.read.id}=${token.read.value}`
        : token.kind === 'fact'
          ? `${token.name}=${token.value}`
          : token.kind === 'number'
            ? token.value
            : token.kind === 'sign'
              ? token.sign
              : token.kind === 'open'
                ? '('
                : ')',
    )
    .join(' ')
const workingOf = (rule: Rule, given: Parameters<typeof facts>[0] = {}) => said(explain(rule, facts(given), parameters).working)

test('the minimum living guarantee is standard times persons less income, each with its name', () => {
  const unit = { size: 4, monthly_income_fen: 210000 }
  const { working, value } = explain(guarantee, facts({ unit }), parameters)
  assert.equal(value, 270000)
  assert.equal(said(working), 'mlg.standard=120000 * unit.size=4 - unit.monthly_income_fen=210000')
  const [standard] = working
  assert.ok(standard?.kind === 'parameter' && standard.read.demo && !standard.read.verified)
})

test('only the branch that was taken is told, and nothing where something is unknown', () => {
  assert.equal(workingOf(guarantee, { unit: { size: 1, monthly_income_fen: 900000 } }), '0')
  assert.equal(workingOf(ruleNamed('longevity.amount'), { person: { born_on: '1940-01-01' } }), 'longevity.amount_80=10000')
  assert.equal(workingOf(guarantee, { unit: { size: 2 } }), '')
  assert.equal(workingOf(ruleNamed('longevity.age'), { person: { born_on: '1940-01-01' } }), '', 'a condition has no sum')
})

test('brackets stand where the sum needs them', () => {
  const sum = (expression: string) => workingOf({ ...guarantee, expression }, { unit: { size: 3, monthly_income_fen: 5 } })
  assert.equal(sum('(unit.size + 1) * 2'), '( unit.size=3 + 1 ) * 2')
  assert.equal(sum('10 - (unit.size - 1)'), '10 - ( unit.size=3 - 1 )')
  assert.equal(sum('10 - unit.size - 1'), '10 - unit.size=3 - 1')
  assert.equal(sum('unit.size * 2 + 1'), 'unit.size=3 * 2 + 1')
})
