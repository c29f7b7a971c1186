/** What leaves gives nothing away; when it is tried again; when the night is. Pure. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../../platform/words.ts'
import { after, MOST_ATTEMPTS, type Skip, type Standing, skipOf, waitMs } from './dispatch.ts'
import { classOf, mailText, outsideOf, smsText, urgentKinds } from './outside.ts'
import { isQuiet } from './quiet.ts'

const words = loadWords(join(import.meta.dirname, '../../..'))
const URL = 'https://street.example.org'
const kinds = words
  .keys()
  .filter((key) => key.startsWith('message.'))
  .map((key) => key.slice('message.'.length))

/** What a message may hold, each with a mark of its own. */
const SECRETS = {
  matter: 'longevity-allowance',
  number: 'SBZ-2026-00077',
  step: 'home-survey',
  next: 'public-notice',
  missing: 'income-proof',
  organ: '示例区民政局',
  officer: '何晓',
  hotline: '02088887777',
  dueAt: '2026-12-24',
  endsOn: '2026-12-25',
  on: '2026-12-26',
}

test('no kind of message says anything outside but that there is something, and perhaps its last day', () => {
  assert.ok(kinds.length >= 20, `${kinds.length} kinds`)
  const matters = ['高龄', '低保', '津贴', '居住', '最低生活', 'allowance', 'guarantee', 'registration']
  for (const kind of kinds) {
    const lastDay = '2026-12-15'
    // The whole of a message is at hand here, and none of it may come out.
    const said = outsideOf([{ ...SECRETS, kind, lastDay }], URL)
    const { subject, text } = mailText(words, said)
    for (const out of [smsText(words, said), subject, text]) {
      for (const [name, secret] of Object.entries(SECRETS)) assert.ok(!out.includes(secret), `${kind} gives ${name} away: ${out}`)
      for (const matter of matters) assert.ok(!out.includes(matter), `${kind} names a matter: ${out}`)
      assert.deepEqual(
        [...out.matchAll(/https?:\/\/\S+/g)].filter(([link]) => link !== URL),
        [],
        `${kind}: a link is the house's address alone`,
      )
      assert.deepEqual(
        [...out.matchAll(/\d{4,}(-\d\d-\d\d)?/g)].map(([number]) => number).filter((number) => number !== lastDay),
        [],
        `${kind}: ${out}`,
      )
    }
    assert.ok([...smsText(words, said)].length <= 70 + URL.length, `${kind}: as long as a text costs`)
    if (classOf(kind) !== 'to_do') assert.ok(!text.includes(lastDay))
  }
})

test('a kind that nobody knows yet is news; what concerns the account does not wait', () => {
  assert.equal(classOf('petition_answered'), 'news')
  for (const kind of kinds) assert.equal(urgentKinds.includes(kind), ['account', 'danger'].includes(classOf(kind)), kind)
  assert.ok(urgentKinds.every((kind) => kinds.includes(kind)))
  for (const kind of kinds.filter((each) => /^(account|phone|bank|email)_/.test(each)))
    assert.equal(classOf(kind), 'account', kind)
})

test('several are a number, whatever they are', () => {
  const said = outsideOf(
    [
      { kind: 'correction_requested', lastDay: '2026-12-15' },
      { kind: 'issued', lastDay: null },
    ],
    URL,
  )
  assert.equal(smsText(words, said), `【街坊】您有 2 条新消息，请登录查看：${URL}`)
})

test('a fault ends or waits: never twice what may have arrived and is not known again', () => {
  const [again, permanent, unclear] = [
    { permanent: false, unclear: false },
    { permanent: true, unclear: false },
    { permanent: false, unclear: true },
  ]
  assert.deepEqual(after(permanent, 1, true), { state: 'failed' })
  assert.deepEqual(after(again, 1, false), { state: 'due', together: false, waitMs: 60_000 })
  assert.deepEqual(after(unclear, 1, false), { state: 'unclear' })
  assert.deepEqual(after(unclear, 1, true), { state: 'due', together: true, waitMs: 60_000 })
  assert.deepEqual(after(again, MOST_ATTEMPTS, false), { state: 'failed' })
  assert.deepEqual(after(unclear, MOST_ATTEMPTS, true), { state: 'unclear' })
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, n) => waitMs(n + 1) / 60_000)
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  )
  const hours = waits.reduce((a, b) => a + b, 0) / 60
  assert.ok(hours > 24 && hours < 40, `${hours} hours: longer than a day, shorter than a gateway remembers`)
})

test('who is written to, as she stands', () => {
  const well: Standing = { accountId: 'a', safety: false, wanted: null, read: false, urgent: false, channel: 'sms' }
  const cases: [Partial<Standing>, Skip | null][] = [
    [{}, null],
    [{ channel: 'email' }, 'not-wanted'],
    [{ channel: 'email', wanted: true }, null],
    [{ wanted: false }, 'not-wanted'],
    [{ accountId: null, wanted: true }, 'no-account'],
    [{ safety: true }, 'safety'],
    [{ safety: true, wanted: true }, null],
    [{ safety: true, urgent: true }, 'safety'],
    [{ read: true }, 'read'],
    [{ read: true, urgent: true }, null],
    [{ urgent: true, wanted: false }, null],
    [{ urgent: true, wanted: false, channel: 'email' }, 'not-wanted'],
  ]
  for (const [change, end] of cases) assert.equal(skipOf({ ...well, ...change }), end, JSON.stringify(change))
})

test('a night over midnight, one within a day, and none', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}+08:00`)
  const quiet = (from: number, until: number, time: string) => isQuiet({ from, until }, at(time))
  for (const [time, end] of [
    ['20:59:59', false],
    ['21:00:00', true],
    ['23:59:59', true],
    ['00:00:00', true],
    ['07:59:59', true],
    ['08:00:00', false],
  ] as const)
    assert.equal(quiet(21, 8, time), end, time)
  for (const [time, end] of [
    ['00:59:59', false],
    ['01:00:00', true],
    ['05:59:59', true],
    ['06:00:00', false],
  ] as const)
    assert.equal(quiet(1, 6, time), end, time)
  assert.equal(quiet(9, 9, '09:00:00'), false)
  assert.equal(isQuiet(null, at('03:00:00')), false)
})
