/** 对这一条有异议: she objects to one line of the explanation of her own case, and that opens a case of its own. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { isFromLine } from '../../matters/index.ts'
import { getPerson } from '../../people/index.ts'
import { lineOf } from '../../rules/index.ts'
import { type Answers, plainText } from '../answer.ts'
import { apply, type Fact } from '../case.ts'
import { receive } from '../receive.ts'
import { getCaseForUpdate, record } from '../store.ts'
import { Done, OnCase } from './shapes.ts'
import { whyOfCase } from './why.ts'

/** Of the case that is explained; of one that she took back nothing is judged. */
const EXPLAINED: ReadonlySet<string> = new Set(['received', 'correcting', 'accepted', 'paused', 'decided', 'closed'])

/**
 * The line goes with it as it stands now, so that whoever answers sees what she saw. While an objection to the line runs, it is
 * the answer to a second one. Refusals: line.not_now (conflict) · line.not_found · answer.missing
 */
export const objectToLine = command({
  operation: 'cases.object-to-line',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({
    ...OnCase,
    rule: Type.String({ maxLength: 80 }),
    line: Type.String({ maxLength: 20 }),
    words: Type.String({ maxLength: 2000 }),
  }),
  output: Done,
  async run(work, { caseId, rule, line: key, words }) {
    const { packs } = work.call.platform.services
    const text = plainText(words)
    if (text === '') throw new Refusal('answer.missing', 'invalid', { fields: [{ path: '/words', code: 'answer.missing' }] })
    const found = await getCaseForUpdate(work, caseId)
    const pack = packs.inForce()
    const matter = pack.matters.find(isFromLine)
    if (!matter || !EXPLAINED.has(found.state.status)) throw new Refusal('line.not_now', 'conflict')
    const why = await whyOfCase(work, caseId, true)
    const tree = [...why.lines, ...(why.amount ? [why.amount] : [])].find((each) => each.rule === rule)?.tree
    const line = tree && lineOf(tree, key)
    if (!line) throw new Refusal('line.not_found', 'missing')

    const about = `${caseId}/${rule}/${key}`
    const running = await work.tx.maybe(
      sql<{ id: string; number: string; status: string }>`select id, number, status from cases.case
        where applicant_id = ${found.applicantId} and matter_code = ${matter.code} and about = ${about} and open and status <> 'decided' limit 1`,
    )
    if (running) return { caseId: running.id, number: running.number, status: running.status, documentId: null }

    const answers: Answers = {}
    for (const { code, kind } of matter.questions) {
      if (kind === 'line')
        answers[code] = { kind, caseId, number: found.number, matterCode: found.matterCode, rule, packHash: pack.hash, line }
      else if (kind === 'text') answers[code] = { kind, text }
    }
    const applicant = await getPerson(work.tx, found.applicantId)
    const done = await receive(work, { applicant, matter, channel: 'phone', answers, about })
    const fact: Fact = { fact: 'line_objected', caseId: done.caseId, number: done.number, rule }
    const procedure = await packs.at(found.state.packHash)
    record(work, found, procedure.matter(found.matterCode), [{ fact, state: apply(found.state, fact) }])
    return done
  },
})
