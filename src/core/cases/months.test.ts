import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../../platform/words.ts'
import { LoadedPack, readHousePack } from '../matters/index.ts'
import { monthsOf, type PaidPerson } from './months.ts'

const root = join(import.meta.dirname, '../../..')
const pack = new LoadedPack(readHousePack(join(root, 'packs/guangzhou'), loadWords(root), '2026-11-24').pack!)
const matter = pack.matter('longevity-allowance')
const TODAY = '2026-11-24'

const months = (who: Partial<PaidPerson>, today = TODAY) =>
  monthsOf(
    pack,
    matter,
    { bornOn: '1956-09-30', area: '440106001002', appliedOn: '2026-07-01', endedOn: null, paid: [], ...who },
    today,
  )!
const due = (of: ReturnType<typeof months>) => of.lines.map(({ month, dueFen }) => [month, dueFen])

test('applied for ahead, it is due from the month of the birthday, whole, also when that is the last day', () => {
  assert.deepEqual(due(months({})).slice(0, 2), [
    ['2026-09', 3000],
    ['2026-10', 3000],
  ])
  assert.equal(months({}).before, null)
  assert.deepEqual(
    months({}).lines.map((line) => line.come),
    [true, true, true, false, false],
    'two months ahead',
  )
})

test('a new age is due from the month of that birthday', () => {
  const of = months({ bornOn: '1946-11-30' })
  assert.deepEqual(
    due(of).filter(([month]) => month! >= '2026-10'),
    [
      ['2026-10', 3000],
      ['2026-11', 10_000],
      ['2026-12', 10_000],
      ['2027-01', 10_000],
    ],
  )
})

test('born on 29 February, it begins with 1 March of a year that has no such day', () => {
  assert.equal(months({ bornOn: '1956-02-29', appliedOn: '2026-01-05' }).lines[0]!.month, '2026-03')
  assert.equal(months({ bornOn: '1952-02-29', appliedOn: '2021-12-05' }).lines[0]!.month, '2022-03')
})

test('who applies later is told which months lie before, back to the text itself, and no sum is claimed for them', () => {
  const of = months({ bornOn: '1950-03-02', appliedOn: '2026-10-09' })
  assert.deepEqual([of.before, of.lines[0]!.month], [{ from: '2021-09', to: '2026-09' }, '2026-10'])
})

test('it stops the month after a death or a move; what was paid beyond is a sum, and what was not paid another', () => {
  const paid = [{ since: '2026-09-20', until: null, amountFen: 3000 }]
  const of = months({ endedOn: '2026-09-30', paid })
  assert.deepEqual([of.stopsFrom, of.overFen, of.underFen], ['2026-10', 6000, 0])
  assert.deepEqual(due(of).slice(0, 3), [
    ['2026-09', 3000],
    ['2026-10', 0],
    ['2026-11', 0],
  ])
  assert.equal(months({ endedOn: '2026-10-01', paid }).overFen, 3000, 'a day later is a month more')
  const never = months({ bornOn: '1956-12-20', appliedOn: '2026-11-01', endedOn: '2026-11-05' })
  assert.deepEqual(
    due(never).map(([, fen]) => fen),
    [0, 0],
    'who does not live to the birthday is due nothing',
  )
  const ended = [{ since: '2026-09-20', until: '2026-10-31', amountFen: 3000 }]
  assert.equal(months({ endedOn: '2026-09-30', paid: ended }).overFen, 0, 'the register ended it in time')
  assert.equal(months({ paid: [] }).underFen, 9000, 'September to November, not yet paid')
  assert.equal(
    months({ bornOn: '1946-11-30', appliedOn: '2026-10-01', paid: [{ since: '2026-10-01', until: null, amountFen: 3000 }] })
      .underFen,
    7000,
  )
})

test('from a hundred on a sum a year comes besides, in the year of that birthday for the first time', () => {
  assert.deepEqual(months({ bornOn: '1926-12-31', appliedOn: '2025-12-01' }).years, [
    { year: 2026, fen: 100_000 },
    { year: 2027, fen: 100_000 },
  ])
  assert.deepEqual(months({ bornOn: '1926-12-31', appliedOn: '2025-12-01', endedOn: '2026-11-02' }).years, [], 'not before it')
})

test('a matter without such payment has no months, nor has who never gets there', () => {
  assert.equal(
    monthsOf(
      pack,
      pack.matter('senior-card'),
      { bornOn: '1950-01-01', area: '4401', appliedOn: TODAY, endedOn: null, paid: [] },
      TODAY,
    ),
    null,
  )
})
