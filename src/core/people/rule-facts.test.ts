import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonFacts } from './person.ts'
import { ruleFacts } from './rule-facts.ts'
import { withoutWhereabouts } from './whereabouts-store.ts'

test('what a safety flag withholds is not known, neither as none nor as a count of who lives there', () => {
  const facts = {
    dwelling: { address: '示例路 1 号', area: '440106007002', since: '2026-01-01' },
    residence_since: '2026-01-01',
    receives: [],
    whereabouts_hidden: false,
    provenance: {},
  } as unknown as PersonFacts
  const shares = { dwellingPersons: 3, householdPersons: 2 }
  const shown = ruleFacts(facts, shares)
  assert.deepEqual(
    [shown.person?.residence_since, shown.person?.dwelling_area, shown.dwelling?.persons],
    ['2026-01-01', '440106007002', 3],
  )
  const hidden = ruleFacts(withoutWhereabouts(facts), shares)
  assert.deepEqual(
    [hidden.person?.residence_since, hidden.person?.dwelling_area, hidden.dwelling?.persons],
    [undefined, undefined, undefined],
  )
  assert.equal(hidden.hukou_household?.persons, 2)
  assert.equal(ruleFacts({ ...facts, residence_since: null }).person?.residence_since, null, 'known to be none')
})
