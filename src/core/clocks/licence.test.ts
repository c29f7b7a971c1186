/**
 * C1–C9: the licensing law's clocks, with a licence of a place that does not exist. The numbers come from its pack;
 * only the dates that they lead to are written here, counted by hand on the calendar of 2026.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readCsv } from '../../platform/csv.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf, instantAt } from '../../platform/time.ts'
import type { Due, Running } from './due.ts'
import {
  type Answer,
  acceptanceOf,
  certificateDue,
  type DecisionClock,
  decisionDue,
  type Extension,
  exclude,
  extend,
  lowerReviewDue,
  refuseLicence,
  type Stage,
} from './licence.ts'
import { type LimitRow, licenceTerms } from './licence-terms.ts'
import { readCalendar } from './read-calendar.ts'

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
const calendar = readCalendar({ days: read('packs/guangzhou/calendar.csv'), terms: read('packs/guangzhou/calendar.yaml') })
const basisOf = (row: Record<string, string>) => ({ document: row.basis_document!, clause: row.basis_clause! })
const rows: LimitRow[] = readCsv(read('test/packs/licence/parameters.csv'), 'parameters.csv').map(({ row }) => ({
  id: row.id!,
  value: Number(row.value),
  unit: row.unit!,
  basis: basisOf(row),
  verified: row.verified === 'true',
}))
const exclusions = readCsv(read('test/packs/licence/exclusions.csv'), 'exclusions.csv').map(({ row }) => ({
  type: row.type!,
  basis: basisOf(row),
}))
const terms = licenceTerms(rows, exclusions)

const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11) || '10:00')
const paper = (day: string) => ({ number: '港许受〔2026〕1号', issuedOn: day, seal: 'signature-1' })
const accepted = (text: string): Answer => ({ kind: 'accepted', at: at(text), document: paper(text.slice(0, 10)) })
const correction = (text: string): Answer => ({ kind: 'correction', at: at(text), needs: ['招牌效果图'] })
const application = (receivedAt: string, answer: Answer | null, now: string, stage: Stage = 'first') =>
  acceptanceOf({ stage, receivedAt: at(receivedAt), answer }, terms, calendar, at(now))
const clock = (countsFrom: string, joint = false): DecisionClock => ({
  countsFrom: at(countsFrom),
  joint,
  extension: null,
  excluded: [],
})
const extension = (approvedBy: Extension['approvedBy'], approvedAt: string): Extension => ({
  approvedBy,
  approvedAt: at(approvedAt),
  reasons: '现场情况复杂',
  notice: '港许延〔2026〕1号',
})
const dueOn = (due: Due): string => {
  assert.equal(due.state, 'running')
  return (due as Running).dueOn
}
const refused = (act: () => unknown, code: string) =>
  assert.throws(act, (error: unknown) => {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, code)
    return true
  })

test('C1: nobody answers within five working days, so it counts as accepted from the day of receipt', () => {
  const waiting = application('2026-11-02', null, '2026-11-09 17:30')
  assert.equal(waiting.state, 'waiting')
  assert.equal(waiting.state === 'waiting' && waiting.answerBy.dueOn, '2026-11-09')

  const deemed = application('2026-11-02', null, '2026-11-09 17:31')
  assert.deepEqual(deemed, { state: 'accepted', countsFrom: at('2026-11-02'), deemed: true, at: at('2026-11-09 17:30') })
  // The clock of the decision is set back to the day of receipt.
  assert.equal(dueOn(decisionDue(clock('2026-11-02'), terms, calendar)), '2026-11-30')
})

test('C1: a correction notice, or a refusal to accept, that comes a day late changes nothing', () => {
  const late = application('2026-11-02', correction('2026-11-10'), '2026-11-10')
  assert.equal(late.state === 'accepted' && late.deemed, true)
  const no: Answer = { kind: 'not_accepted', at: at('2026-11-10'), document: paper('2026-11-10'), reasons: '不属本机关职权' }
  assert.equal(application('2026-11-02', no, '2026-11-12').state, 'accepted')
  // Even an acceptance that comes late cannot move the beginning to a later day.
  const yes = application('2026-11-02', accepted('2026-11-12'), '2026-11-12')
  assert.deepEqual(yes.state === 'accepted' && yes.countsFrom, at('2026-11-02'))
})

test('C1: what is missing is told in time, once and completely', () => {
  assert.deepEqual(application('2026-11-02', correction('2026-11-09 17:30'), '2026-11-20'), {
    state: 'correction',
    askedAt: at('2026-11-09 17:30'),
    needs: ['招牌效果图'],
  })
  refused(
    () => application('2026-11-02', { kind: 'correction', at: at('2026-11-03'), needs: [] }, '2026-11-03'),
    'licence.correction_empty',
  )
  refused(() => application('2026-11-16', correction('2026-11-17'), '2026-11-17', 'corrected'), 'licence.asked_once')
  // The corrected application waits no longer than the first one did.
  const silent = application('2026-11-16', null, '2026-11-24', 'corrected')
  assert.deepEqual(silent.state === 'accepted' && [silent.deemed, silent.countsFrom], [true, at('2026-11-16')])
})

test('C2: to accept and not to accept both take a numbered, sealed paper that bears the day', () => {
  const yes = application('2026-11-02', accepted('2026-11-04'), '2026-11-04')
  assert.deepEqual(yes, { state: 'accepted', countsFrom: at('2026-11-04'), deemed: false, at: at('2026-11-04') })
  for (const broken of [{ number: '' }, { seal: ' ' }, { issuedOn: '2026-11-03' }]) {
    const document = { ...paper('2026-11-04'), ...broken }
    const answers: Answer[] = [
      { kind: 'accepted', at: at('2026-11-04'), document },
      { kind: 'not_accepted', at: at('2026-11-04'), document, reasons: '不属本机关职权' },
    ]
    for (const answer of answers) refused(() => application('2026-11-02', answer, '2026-11-04'), 'licence.document_incomplete')
  }
  const mute: Answer = { kind: 'not_accepted', at: at('2026-11-04'), document: paper('2026-11-04'), reasons: '' }
  refused(() => application('2026-11-02', mute, '2026-11-04'), 'licence.reasons_missing')
})

test('C3: twenty working days from acceptance, ten more once, by the head of the organ, with reasons told', () => {
  const plain = clock('2026-11-02')
  assert.equal(dueOn(decisionDue(plain, terms, calendar)), '2026-11-30')
  const longer = extend(plain, extension('organ_head', '2026-11-30'), terms, calendar)
  assert.equal(dueOn(decisionDue(longer, terms, calendar)), '2026-12-14')

  refused(() => extend(longer, extension('organ_head', '2026-12-01'), terms, calendar), 'licence.extended_already')
  refused(() => extend(plain, extension('government_head', '2026-11-30'), terms, calendar), 'licence.extension_approver')
  refused(() => extend(plain, extension('organ_head', '2026-12-01'), terms, calendar), 'licence.extension_late')
  const silent = { ...extension('organ_head', '2026-11-30'), notice: '' }
  refused(() => extend(plain, silent, terms, calendar), 'licence.extension_not_told')
  refused(() => extend(plain, { ...silent, notice: '1', reasons: ' ' }, terms, calendar), 'licence.extension_not_told')
})

test('C4: several departments together have 45 working days, and 15 more by the head of the government', () => {
  const joint = clock('2026-08-03', true)
  // Sunday 20 September and Saturday 10 October are worked.
  assert.equal(dueOn(decisionDue(joint, terms, calendar)), '2026-10-10')
  const longer = extend(joint, extension('government_head', '2026-10-10'), terms, calendar)
  assert.equal(dueOn(decisionDue(longer, terms, calendar)), '2026-10-30')
  refused(() => extend(joint, extension('organ_head', '2026-10-10'), terms, calendar), 'licence.extension_approver')
})

test('C5: the lower office reviews within twenty working days, and the upper one may not ask for the materials again', () => {
  assert.equal(lowerReviewDue(at('2026-11-02'), terms, calendar).dueOn, '2026-11-30')
  refused(() => application('2026-11-30', correction('2026-12-01'), '2026-12-01', 'upper'), 'licence.upper_asked_again')
})

test('C6: a hearing is left out of the limit when it was told in writing, with its article and number', () => {
  const hearing = { type: 'hearing', notice: '港许听〔2026〕1号', from: at('2026-11-09 09:00'), to: at('2026-11-13 18:00') }
  const heard = exclude(clock('2026-11-02'), hearing, terms)
  assert.deepEqual(heard.excluded[0]?.basis, { document: 'licensing-law', clause: '45' })
  assert.equal(dueOn(decisionDue(heard, terms, calendar)), '2026-12-07')
  // An expert review in the same week is not left out twice.
  const reviewed = exclude(
    heard,
    { ...hearing, type: 'expert-review', notice: '港许评〔2026〕1号', from: at('2026-11-11') },
    terms,
  )
  assert.equal(dueOn(decisionDue(reviewed, terms, calendar)), '2026-12-07')

  refused(() => exclude(clock('2026-11-02'), { ...hearing, notice: '' }, terms), 'licence.exclusion_not_told')
  refused(() => exclude(clock('2026-11-02'), { ...hearing, type: 'head-is-travelling' }, terms), 'licence.exclusion_unknown')
})

test('C6: while a test at the laboratory lasts, nothing is due; the days that are left are known', () => {
  const sent = exclude(
    clock('2026-11-02'),
    { type: 'test', notice: '港许检〔2026〕1号', from: at('2026-11-11'), to: null },
    terms,
  )
  const due = decisionDue(sent, terms, calendar)
  assert.deepEqual(due.state === 'paused' && due.left, { unit: 'working_day', value: 14 })
  // A limit that stands still can still be extended, and that adds its ten days.
  const longer = decisionDue(extend(sent, extension('organ_head', '2026-12-20'), terms, calendar), terms, calendar)
  assert.deepEqual(longer.state === 'paused' && longer.left, { unit: 'working_day', value: 24 })
})

test('C7: the certificate is handed over within ten working days after the decision', () => {
  assert.equal(certificateDue(at('2026-09-23'), terms, calendar).dueOn, '2026-10-14')
})

test('C8: a refusal names who decided, why, and how to contest it until when', () => {
  const refusal = {
    officer: '陈建国',
    reasons: '招牌遮挡消防通道',
    document: paper('2026-08-03'),
    decidedAt: at('2026-08-03'),
    servedAt: at('2026-08-05'),
  }
  const { remedies } = refuseLicence(refusal, terms, calendar)
  assert.deepEqual(
    remedies.map(({ kind, until, basis, provisional }) => [kind, until, basis.document, provisional]),
    // Sixty days end on 4 October, in the holidays. Six months end past the published calendar, on New Year's Eve, which the
    // law makes a holiday: with 6 to 8 February they move to the 9th, provisionally.
    [
      ['reconsideration', '2026-10-08', 'reconsideration-law', false],
      ['litigation', '2027-02-09', 'litigation-law', true],
    ],
  )
  refused(() => refuseLicence({ ...refusal, reasons: ' ' }, terms, calendar), 'licence.reasons_missing')
  refused(() => refuseLicence({ ...refusal, officer: '' }, terms, calendar), 'licence.officer_missing')
  refused(
    () => refuseLicence({ ...refusal, document: { ...paper('2026-08-03'), seal: '' } }, terms, calendar),
    'licence.document_incomplete',
  )
  refused(() => refuseLicence({ ...refusal, servedAt: at('2026-08-01') }, terms, calendar), 'licence.served_before_decided')
})

test('C9: periods are in working days; the first day is not counted, and a last day on a holiday moves on', () => {
  // Received on 30 September, the last day before the holidays: the five days are 8, 9, 10 (a worked Saturday), 12, 13 October.
  const waiting = application('2026-09-30', null, '2026-09-30 12:00')
  assert.equal(waiting.state === 'waiting' && waiting.answerBy.dueOn, '2026-10-13')
  assert.equal(dayOf(at('2026-09-30')), '2026-09-30')
  for (const id of ['licence.decision', 'licence.correction', 'licence.certificate']) {
    const inCalendarDays = rows.map((row) => (row.id === id ? { ...row, unit: 'calendar_day' } : row))
    assert.throws(
      () => licenceTerms(inCalendarDays, exclusions),
      new RegExp(`${id} is in calendar_day; the law counts it in working_day`),
    )
  }
})

test('every number is a row with its article: another row, another date; a missing or doubled row is refused', () => {
  const faster = licenceTerms(
    rows.map((row) => (row.id === 'licence.decision' ? { ...row, value: 7 } : row)),
    exclusions,
  )
  assert.equal(dueOn(decisionDue(clock('2026-11-02'), faster, calendar)), '2026-11-11')
  assert.deepEqual(terms.decision.basis, { document: 'licensing-law', clause: '42(1)' })
  const without = rows.filter(({ id }) => id !== 'licence.certificate')
  assert.throws(() => licenceTerms(without, exclusions), /needs the parameter licence\.certificate; add its row/)
  assert.throws(() => licenceTerms([...rows, rows[0]!], exclusions), /Two rows of the parameter licence\.correction/)
})
