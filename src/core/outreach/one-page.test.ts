import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Matter, Question } from '../matters/matter.ts'
import type { PersonFacts } from '../people/index.ts'
import { markOf, onePageOf } from './one-page.ts'

const text = { zh: '问', en: 'ask' }
const question = (code: string, kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  code,
  kind,
  ask: text,
  required: true,
  ...more,
})
const matterOf = (questions: Question[], onePage = true) =>
  ({
    questions,
    outreach: { searched: true, basis: { document: 'd', clause: '一' }, one_page: onePage },
  }) as unknown as Matter
const facts = (more: Partial<PersonFacts> = {}) =>
  ({
    name: '陈玉兰',
    born_on: '1946-01-02',
    bank: { last_four: '4321', bank: '示例银行' },
    dwelling: { address: '示例路 1 号', area: '440106001002', since: '2020-01-01' },
    provenance: {},
    ...more,
  }) as unknown as PersonFacts

const ABOUT = question('about', 'confirm', { facts: ['name', 'born_on', 'phone'] })
const ACCOUNT = question('account', 'bank_account')

test('what is on record is shown once and asked by nobody; what may be left empty is left out', () => {
  const page = onePageOf(
    matterOf([
      ABOUT,
      question('again', 'confirm', { facts: ['name'] }),
      ACCOUNT,
      question('home', 'address'),
      question('note', 'text', { required: false }),
    ]),
    facts(),
  )
  assert.ok(typeof page === 'object')
  assert.deepEqual(page.shown, ['name', 'born_on', 'bank_account', 'dwelling'])
  assert.deepEqual(page.asked, [])
})

test('what is not on record is asked on the page; an account only of herself', () => {
  const bare = facts({ bank: null, dwelling: null })
  const page = onePageOf(matterOf([ABOUT, ACCOUNT, question('home', 'address'), question('years', 'number')]), bare)
  assert.ok(typeof page === 'object')
  assert.deepEqual(
    page.asked.map(({ code }) => code),
    ['account', 'home', 'years'],
  )
  assert.equal(onePageOf(matterOf([ABOUT, ACCOUNT]), bare, true), 'account')
  assert.ok(typeof onePageOf(matterOf([ABOUT, ACCOUNT]), facts(), true) === 'object', 'her own on record is confirmed')
})

test('files, a family, and a matter that says so go the ordinary way', () => {
  assert.equal(onePageOf(matterOf([ABOUT], false), facts()), 'ordinary')
  for (const kind of ['files', 'members'] as const) {
    assert.equal(onePageOf(matterOf([ABOUT, question('more', kind)]), facts()), 'ordinary', kind)
    assert.ok(typeof onePageOf(matterOf([ABOUT, question('more', kind, { required: false })]), facts()) === 'object', kind)
  }
  assert.equal(onePageOf({ ...matterOf([ABOUT]), outreach: { searched: false, why: text } } as Matter, facts()), 'ordinary')
  assert.equal(onePageOf({ questions: [ABOUT] } as unknown as Matter, facts()), 'ordinary')
})

test('the mark tells whether what was shown is still so, and nothing else', () => {
  const shown = ['name', 'bank_account'] as const
  const before = markOf(shown, facts(), null)
  assert.equal(markOf(shown, facts({ born_on: '1950-01-01' }), null), before, 'not shown')
  assert.notEqual(markOf(shown, facts({ name: '陈玉' }), null), before)
  assert.notEqual(markOf(shown, facts({ bank: { last_four: '9999', bank: '示例银行' } }), null), before)
  assert.match(before, /^[\w-]{22}$/)
})
