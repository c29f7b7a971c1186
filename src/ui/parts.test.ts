/** The parts as they are sent. Written without TSX, so that it runs like every other test. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { strayIds } from '../../test/harness/page-ids.ts'
import { loadWords } from '../platform/words.ts'
import type { View } from './view.ts'

await import('../../bin/tsx-hook.mjs' as string)
const { jsx: h } = await import('preact/jsx-runtime')
const ui = await import('./index.ts')
const desk = await import('./desk/index.ts')

const words = loadWords(join(import.meta.dirname, '../..'), { strict: true })
const view: View = {
  lang: 'zh',
  mode: 'standard',
  theme: 'light',
  path: '/cases/7?tab=all',
  csrf: 'the-token',
  today: '2026-11-24',
  demo: false,
  t: words.in('zh'),
  assets: {
    residentCss: '/r.css',
    deskCss: '/d.css',
    deskJs: '/d.js',
    passkeyJs: '/p.js',
    positionJs: '/o.js',
    mapJs: '/m.js',
    mapCss: '/m.css',
    drawJs: '/g.js',
    fieldJs: '/f.js',
    fieldWorkerJs: '/w.js',
  },
  who: null,
  street: null,
}
const render = ui.renderPage

test('a field ties label, hint and error to its control and keeps what was typed', () => {
  const html = render(
    h(ui.TextField, {
      view,
      name: 'card',
      label: '卡号',
      hint: '一般 19 位',
      errors: { card: '少了 2 位' },
      value: '6217 "4475',
    }),
  )
  assert.match(html, /<label class="govuk-label" for="card">/)
  assert.match(html, /id="card" aria-describedby="card-hint card-error" aria-invalid="true"/)
  assert.match(html, /id="card-hint"/)
  assert.match(html, /id="card-error"/)
  assert.match(html, /value="6217 &quot;4475"/)
})

test('of two forms that ask for the same each has ids of its own, and the summary links into the one that came back', () => {
  const errors = { reason: '写理由', on: '改日期' }
  const form = (ids: string, of = {}) =>
    h(ui.Form, {
      view,
      action: '/x',
      ids,
      children: [
        h(ui.TextArea, { view, name: 'reason', label: '理由', hint: '一句', maxLength: 500, ...of }),
        h(ui.DateField, { view, name: 'on', label: '哪天', ...of }),
        h(ui.Radios, { view, name: 'how', label: '怎么看的', options: [{ value: 'a', label: '甲' }, { value: 'b', label: '乙' }] }), // biome-ignore format: one field
      ],
    })
  const html = render(h('main', { id: 'main', children: [h(ui.ErrorSummary, { view, errors, of: 'hang' }), form('void'), form('hang', { errors })] })) // biome-ignore format: one page
  assert.deepEqual(strayIds(html), [])
  assert.match(html, /href="#hang-reason"/)
  assert.match(
    html,
    /<textarea[^>]* id="hang-reason" aria-describedby="hang-reason-hint hang-reason-error hang-reason-limit"[^>]*name="reason"/,
  )
  assert.match(html, /for="void-how-2"/)
})

test('the error summary links to the first control of its field, of every kind', () => {
  const errors = { born_on: '改日期', tie: '选一个' }
  const html = render(
    h(ui.ResidentPage, {
      view,
      title: '资料',
      errors,
      children: [
        h(ui.DateField, { view, name: 'born_on', label: '出生日期', errors }),
        h(ui.Radios, {
          view,
          name: 'tie',
          label: '关系',
          errors,
          options: [
            { value: 'a', label: '配偶' },
            { value: 'b', label: '子女' },
          ],
        }),
      ],
    }),
  )
  for (const name of Object.keys(errors)) {
    assert.ok(html.includes(`href="#${name}"`), name)
    assert.match(html, new RegExp(`<input[^>]* ?id="${name}"`), name)
  }
  assert.match(html, /<title>有 2 处要改/)
})

test('what a person confirms is never preselected, nor a grade', () => {
  assert.doesNotMatch(render(h(ui.Rating, { view, name: 'grade' })), /checked/)
  assert.match(
    render(
      h(ui.Radios, {
        view,
        name: 'a',
        label: 'x',
        value: 'b',
        options: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
      }),
    ),
    /value="b" checked/,
  )
})

test('codes and passwords are never given back', () => {
  const typed = { view, name: 'code', label: '验证码', value: '160782' }
  for (const field of [ui.CodeField, ui.PasswordField]) assert.doesNotMatch(render(h(field, typed)), /160782/)
})

test('a form carries token and key before anything else', () => {
  const html = render(
    h(ui.Form, { view, action: '/x', idempotencyKey: 'k1', multipart: true, children: h('input', { type: 'file', name: 'f' }) }),
  )
  assert.match(
    html,
    /^<!doctype html><form method="post" action="\/x"[^>]*multipart\/form-data[^>]*><input type="hidden" name="_csrf" value="the-token"\/?><input type="hidden" name="_key" value="k1"\/?>/,
  )
})

test('preferences come back to the page they were changed on', () => {
  const html = render(h(ui.ResidentPage, { view, title: '办件', children: null }))
  assert.ok(html.includes('/settings?lang=en&amp;back=%2Fcases%2F7%3Ftab%3Dall'))
  assert.match(html, /<html lang="zh-Hans"/)
  assert.match(html, /property="og:title" content="办件"/)
  assert.doesNotMatch(html, /k-demo/)
  assert.match(render(h(ui.ResidentPage, { view: { ...view, demo: true }, title: '办件', children: null })), /演示数据/)
})

test('nothing of a page needs a style attribute or an inline script', () => {
  const page = h(desk.DeskClock, { view, due: { kind: 'today', on: '2026-11-24' }, total: 5, used: 5, unit: 'working_day' })
  const html = render(
    h(ui.DeskPage, {
      view: { ...view, path: '/desk' },
      title: '待办',
      nav: [{ href: '/desk', label: '待办', icon: 'list' }],
      post: null,
      children: page,
    }),
  )
  assert.doesNotMatch(html, /\sstyle=|<style|<script(?! src=)|\son[a-z]+="/)
  assert.match(html, /href="\/desk" aria-current="page"/)
})

test('a disabled act says why and has no key', () => {
  const html = render(
    h(desk.ActionList, {
      view,
      actions: [{ label: '通过', keyHint: 'A', disabledBecause: '依据已过期', post: { action: '/x' } }],
    }),
  )
  assert.match(html, /disabled aria-describedby="([^"]+)".*id="\1">依据已过期/)
  assert.doesNotMatch(html, /data-key|<form/)
})

test('due words say the state; the colour only repeats it', () => {
  const due = (one: import('./due.ts').Due) => Object.values(ui.dueWords(view, one)).join(' | ')
  assert.equal(due({ kind: 'overdue', by: 1, unit: 'calendar_day', on: '2026-11-23' }), '超期 1 天 | 11-23 | bad')
  assert.equal(due({ kind: 'today', on: '2026-11-24', time: '17:30' }), '今天 17:30 |  | warn')
  assert.equal(due({ kind: 'left', n: 3, unit: 'working_day', on: '2026-11-27' }), '剩 3 个工作日 | 11-27 | plain')
  assert.equal(
    due({ kind: 'left', n: 30, unit: 'working_day', on: '2027-01-07', provisional: true }),
    '暂定 | 2027-01-07，待放假通知 | plain',
  )
  assert.equal(due({ kind: 'paused', note: '等补正' }), '暂停计时 | 等补正 | hold')
  assert.equal(due({ kind: 'excluded', note: '等补正至 12-01' }), '不计入期限 | 等补正至 12-01 | hold')
  assert.equal(due({ kind: 'none', note: '已决定' }), '没有期限 | 已决定 | plain')
})

test('what is due by an hour counts hours while it is near, else days, and says no more than there is', () => {
  const dueAt = new Date('2026-11-24T09:30:00Z')
  const words = (hours: number) => ui.dueWords(view, ui.dueBy(dueAt, new Date(dueAt.getTime() - hours * 3_600_000))).words
  assert.deepEqual([0, 0.9, 1, 26.5, 47.99, 48, 71, 72].map(words), [
    '剩不到 1 小时',
    '剩不到 1 小时',
    '剩 1 小时',
    '剩 26 小时',
    '剩 47 小时',
    '剩 2 天',
    '剩 3 天',
    '剩 3 天',
  ])
  assert.deepEqual([-0.01, -1, -47.9, -48, -63.5, -100].map(words), [
    '超期不到 1 小时',
    '超期 1 小时',
    '超期 47 小时',
    '超期 2 天',
    '超期 3 天',
    '超期 4 天',
  ])
  const { note, tone } = ui.dueWords(view, ui.dueBy(dueAt, dueAt))
  assert.deepEqual([note, tone], ['11-24 17:30', 'warn'])
})

test('every status has an error page that says what to do next; a refusal speaks for itself', () => {
  for (const status of [401, 403, 404, 409, 410, 413, 422, 429, 500, 503])
    assert.match(render(h(ui.ErrorPage, { view, status })), /请/, String(status))
  const html = render(
    h(ui.ErrorPage, {
      view,
      status: 409,
      message: '这一班满了，后面还有 2 班',
      next: [{ href: '/shifts', label: '看后面的班' }],
    }),
  )
  assert.match(html, /后面还有 2 班/)
  assert.match(html, /href="\/shifts"/)
})

test('every word the parts use is in both catalogues', () => {
  for (const unit of ['working_day', 'calendar_day', 'hour', 'working_hour'])
    for (const key of [`ui.due.left.${unit}`, `ui.due.overdue.${unit}`, `ui.clock.used.${unit}`]) assert.ok(words.has(key), key)
})
