import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CsvError } from '../../platform/csv.ts'
import { areaColumns, readAreas } from './read-areas.ts'

const sound = [
  '9901,Testing,city,,2023-06-30,,,list',
  '990101,North,district,9901,2023-06-30,,,list',
  '990101010,Harbour,street,990101,2023-06-30,,,list',
  '990101010010,Quay,community,990101010,2023-06-30,,,list',
  '990101010020,Old quay,community,990101010,2023-06-30,2025-12-31,990101010010,list',
]
const read = (lines: string[]) => readAreas([areaColumns.join(','), ...lines].join('\n'), 'areas.csv')

/** The sound file with line `at` (counted as people see it) replaced by, or followed by, another. */
const refused = (at: number, line: string, reason: RegExp) => {
  const lines = sound.with(at - 2, line)
  assert.throws(
    () => read(lines),
    (error: unknown) => {
      assert.ok(error instanceof CsvError, String(error))
      assert.equal(error.line, at)
      assert.match(error.message, /^areas\.csv:\d+: /)
      assert.match(error.message, reason)
      return true
    },
  )
}

test('a sound file is read; a committee that was merged names its successor', () => {
  const areas = read(sound)
  assert.deepEqual(areas[0], {
    code: '9901',
    name: 'Testing',
    level: 'city',
    parentCode: null,
    validFrom: '2023-06-30',
    validTo: null,
    successorCode: null,
    source: 'list',
  })
  assert.deepEqual([areas[4]?.validTo, areas[4]?.successorCode], ['2025-12-31', '990101010010'])
})

test('a row that would put people into the wrong area is refused with file, line and what to write', () => {
  refused(
    3,
    '990101,North,county,9901,2023-06-30,,,list',
    /level "county" is unknown; write one of city, district, street, community/,
  )
  refused(4, '99010101,Harbour,street,990101,2023-06-30,,,list', /8 digits; a street has 9 .*never by trimming zeros/)
  refused(4, '99010101O,Harbour,street,990101,2023-06-30,,,list', /digits only/)
  refused(4, '990101010,Harbour,street,9901,2023-06-30,,,list', /parent_code "9901" must be "990101"/)
  refused(4, '990101010,Harbour,street,,2023-06-30,,,list', /parent_code "" must be "990101"/)
  refused(2, '9901,Testing,city,99,2023-06-30,,,list', /parent_code "99" must be ""/)
  refused(5, '990102010010,Quay,community,990102010,2023-06-30,,,list', /parent 990102010 of 990102010010 is not in the file/)
  refused(6, '990101010010,Quay again,community,990101010,2023-06-30,,,list', /stands on line 5 already/)
  refused(4, '990101010, Harbour,street,990101,2023-06-30,,,list', /must not begin or end with a space/)
  refused(4, '990101010,Harbour,street,990101,2023-06-30,,,', /source is empty/)
})

test('dates that are none, or run backwards, are refused', () => {
  refused(4, '990101010,Harbour,street,990101,2023-06-31,,,list', /valid_from "2023-06-31" is no date/)
  refused(4, '990101010,Harbour,street,990101,,,,list', /valid_from "" is no date/)
  refused(4, '990101010,Harbour,street,990101,2023-06-30,30.6.2024,,list', /valid_to "30.6.2024" is no date/)
  refused(4, '990101010,Harbour,street,990101,2023-06-30,2023-06-29,,list', /is before valid_from/)
})

test('a successor must exist, follow an end, and lead somewhere', () => {
  const gone = (successor: string, validTo = '2025-12-31') =>
    `990101010020,Old quay,community,990101010,2023-06-30,${validTo},${successor},list`
  refused(6, gone('990101010030'), /successor 990101010030 of 990101010020 is not in the file/)
  refused(6, gone('990101010020'), /cannot be its own successor/)
  refused(6, gone('990101010010', ''), /valid_to must say when it ended/)
  refused(5, '990101010010,Quay,community,990101010,2023-06-30,2026-01-01,990101010020,list', /lead back to 990101010010/)
})

test('an empty file and a misnamed column are refused', () => {
  assert.throws(() => read([]), /areas\.csv:1: there is no area in the file/)
  assert.throws(() => readAreas('code,name\n', 'areas.csv'), /must be exactly: code,name,level/)
})
