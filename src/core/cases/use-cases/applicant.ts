/** What the applicant does after submission, and what a neighbour may say. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { type ByProxy, holdProxy } from '../../access/index.ts'
import type { Material, Matter } from '../../matters/index.ts'
import { factsByProxy, personFacts } from '../../people/index.ts'
import { type Done as ActDone, act, type Open, type Outcome } from '../act.ts'
import { type Answers, inOrder, plainText, readAnswer, refuseAll, type Typed, tried } from '../answer.ts'
import { readGiven, writeAnswers } from '../answer-store.ts'
import { askedAtWindow, askedFor } from '../asked.ts'
import { isAsked, materialsNotAsked } from '../branch.ts'
import type { Fact } from '../case.ts'
import { acceptanceDue } from '../due.ts'
import { isKnown, refuseOtherAccount } from './draft.ts'
import { Done, OnCase, Words } from './shapes.ts'

/** Answers the one correction notice: only what was asked for. The files were added to the case before. */
export const answerCorrection = command({
  operation: 'cases.answer-correction',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A1',
  input: Type.Object({ ...OnCase, typed: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })) }),
  output: Done,
  run: (work, { caseId, typed }) => act(work, caseId, 'answer_correction', (open) => correctionAnswered(open, typed)),
})

/**
 * The answers and files of a correction, whoever writes them down. Everything that is wrong is named at once.
 * @param atWindow what she handed in, seen by the officer and needed where nothing else could be looked at; and whether she was
 * there and said that it is so
 */
export async function correctionAnswered(
  open: Open,
  typed: Typed,
  atWindow?: { note: string; declared: boolean },
): Promise<Outcome> {
  const { work, found, matter, newest, today } = open
  const sender = await holdProxy(work)
  const wrong: Refusal[] = []
  const missing = found.state.correction?.missing ?? []
  const asked = atWindow ? askedAtWindow(matter, missing) : askedFor(matter, missing)
  // Otherwise “the materials are there” would stand in the course, and nobody has seen them.
  if (asked.questions.length + asked.materials.length === 0) {
    if (!atWindow) throw new Refusal('case.correction_at_window', 'conflict')
    const words = tried(() => seen('note', atWindow.note))
    if (words instanceof Refusal) wrong.push(words)
  }
  const facts = await (work.actor.kind === 'proxy' ? factsByProxy : personFacts)(work.tx, found.applicantId, today)
  const given = await readGiven(work, found.id)
  const answers: Answers = {}
  for (const question of asked.questions) {
    const { code } = question
    if (!isAsked(matter, code, { ...given, ...answers })) continue
    // One that only stands beside what was asked for keeps the answer that it had.
    const silent = !Object.keys(typed).some(
      (name) => (name === code || name.startsWith(`${code}-`)) && plainText(typed[name]) !== '',
    )
    if (!missing.includes(code) && given[code] && silent) continue
    const answer = tried(() => {
      const read = readAnswer(question, typed, today, isKnown(question.kind, facts))
      refuseOtherAccount(work, code, read)
      return read
    })
    if (answer instanceof Refusal) wrong.push(answer)
    else if (answer) answers[question.code] = answer
  }
  const after: Answers = { ...given, ...answers }
  // A day that was asked for anew may come to lie behind one that was not: both as they will then stand.
  for (const question of asked.questions) {
    const { code } = question
    if (!after[code] || !isAsked(matter, code, after) || wrong.some((one) => isAt(one, code))) continue
    const late = tried(() => inOrder(question, after[code]!, after))
    if (late instanceof Refusal) wrong.push(late)
  }
  const held = await work.tx.rows(
    sql<{
      material: string
    }>`select distinct material from documents.material where case_id = ${found.id} and withdrawn_at is null`,
  )
  // What a page of files collects may be left out, as it might be in the application; what was named may not.
  const materials = asked.materials.filter((m) => missing.includes(m.code))
  // What her new answers call for is no less needed than in an application that had said so at once.
  const newly = newlyAsked(matter, given, after).filter((m) => asked.materials.includes(m) && !materials.includes(m))
  const isHeld = ({ code }: Material): boolean => held.some((one) => one.material === code)
  for (const m of materials) if (!isHeld(m)) wrong.push(refusal(`file-${m.code}`, 'draft.material_missing'))
  for (const m of newly)
    if (m.required && !isHeld(m)) wrong.push(refusal(`file-${m.code}`, 'case.material_newly_asked', { material: m.code }))
  if (atWindow && !atWindow.declared) wrong.push(refusal('declared', 'case.declare_first'))
  refuseAll(wrong)
  await writeAnswers(work, found, matter, answers)
  return {
    facts: [
      {
        fact: 'correction_answered',
        on: today,
        questions: Object.keys(answers),
        materials: [...materials, ...newly.filter(isHeld)].map((m) => m.code),
        ...(atWindow ? { channel: 'window' as const, note: plainText(atWindow.note) } : {}),
        ...sender,
        ...acceptanceDue({ pack: newest, area: found.originArea, from: today }),
      },
    ],
    message: { kind: 'correction_answered', params: toldOf(sender) },
  }
}

/** Her own word to the check of income and property, where whoever acts for her sent the application. */
export const agreeToCheck = command({
  operation: 'cases.agree-to-check',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) =>
    act(work, caseId, 'agree', ({ today }) => ({ facts: [{ fact: 'check_agreed', on: today, how: 'account' }] })),
})

export const withdrawCase = command({
  operation: 'cases.withdraw',
  permission: null,
  actors: ['resident', 'proxy'],
  level: 'A1',
  input: Type.Object({ ...OnCase, reason: Type.String({ maxLength: 500 }) }),
  output: Done,
  run: (work, { caseId, reason: typed }) =>
    withoutNotice(work, caseId, async ({ found }) => {
      const sender = await holdProxy(work)
      const reason = plainText(typed)
      const up = found.state.notice && !found.state.notice.takenDown ? found.state.notice : null
      const down: Fact[] = up ? [{ fact: 'notice_taken_down', noticeId: up.id }] : []
      return {
        facts: [...down, { fact: 'withdrawn', reason, at: work.now.toISOString(), ...sender }],
        document: { kind: 'withdrawal', fill: { withdrawn_on: dayOf(work.now), reason: reason || undefined } },
        message: { kind: 'withdrawn', params: toldOf(sender) },
      }
    }),
})

/** Who did it for her, in what she is told. */
const toldOf = ({ proxyName }: ByProxy) => (proxyName ? { proxy: proxyName } : {})

/** A case that was withdrawn is posted nowhere. */
async function withoutNotice(work: Work, caseId: string, decide: (open: Open) => Promise<Outcome>): Promise<ActDone> {
  const done = await act(work, caseId, 'withdraw', decide)
  work.tx.atEnd(sql`select cases.take_down_own(${caseId}, ${work.now})`)
  return done
}

const refusal = (field: string, code: string, params: Record<string, string> = {}): Refusal =>
  new Refusal(code, 'invalid', { ...params, fields: [{ path: `/${field}`, code, params }] })

/** Materials that nobody asked her for before, and that her answers now call for. */
function newlyAsked(matter: Matter, before: Answers, after: Answers): Material[] {
  const [then, now] = [materialsNotAsked(matter, before), materialsNotAsked(matter, after)]
  return matter.materials.filter(({ code }) => then.has(code) && !now.has(code))
}

const isAt = ({ params }: Refusal, field: string): boolean =>
  (params.fields as { path: string }[] | undefined)?.some(({ path }) => path === `/${field}`) ?? false

/** Words that can be read: signs that nobody sees are none. @throws Refusal `answer.missing` naming the field */
function seen(field: string, typed: string): string {
  const words = plainText(typed)
  if (words === '') throw refusal(field, 'answer.missing')
  return words
}

/** After submission a material is not removed, only withdrawn with a mark: the file stays for who must explain the case. */
export const withdrawMaterial = command({
  operation: 'cases.withdraw-material',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ ...OnCase, materialId: Id, reason: Words }),
  output: Done,
  run: (work, { caseId, materialId, reason: typed }) =>
    act(work, caseId, 'withdraw_material', async () => {
      const reason = seen('reason', typed)
      const row = await work.tx.maybe(sql<{
        material: string
      }>`update documents.material set withdrawn_at = ${work.now}, withdrawn_why = ${reason}
        where id = ${materialId} and case_id = ${caseId} and withdrawn_at is null returning material`)
      if (!row) throw new Refusal('material.not_found', 'missing')
      return { facts: [{ fact: 'material_withdrawn', material: row.material, reason }] }
    }),
})

/** 好差评, once: 1 非常满意 … 5 非常不满意. No answer is its own class and never “satisfied”. */
export const rateCase = command({
  operation: 'cases.rate',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ ...OnCase, grade: Type.Integer({ minimum: 1, maximum: 5 }) }),
  output: Done,
  run: (work, { caseId, grade }) => act(work, caseId, 'rate', () => ({ facts: [{ fact: 'rated', grade }] })),
})

export interface NoticeView {
  id: string
  caseId: string
  matterCode: string
  area: string
  areaName: string
  shownName: string
  size: number | null
  startsOn: string
  endsOn: string
  objected: boolean
  /** Of a case of one's own: nobody objects to herself. */
  own: boolean
}

/** 公示 of one's own community, while they run. */
export const listNotices = query({
  operation: 'cases.list-notices',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<NoticeView[]>({}),
  run: ({ tx, now, scope }) =>
    tx.rows(sql<NoticeView>`select n.id, n.case_id as "caseId", n.matter_code as "matterCode", n.area, a.name as "areaName", n.shown_name as "shownName", n.size, n.starts_on as "startsOn", n.ends_on as "endsOn",
        exists (select from cases.objection o where o.notice_id = n.id) as objected,
        exists (select from cases.case c where c.id = n.case_id) as own
      from cases.notice n join areas.area a on a.code = n.area where n.taken_down_at is null and n.area = ${scope.area} and n.ends_on >= ${dayOf(now)} order by n.ends_on, n.id limit 100`),
})

/** A neighbour objects while the notice runs. Sealed; the timeline says that somebody did, and not who. */
export const objectToNotice = command({
  operation: 'cases.object-to-notice',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ noticeId: Id, text: Words }),
  output: Type.Object({ noticeId: Id }),
  async run(work, { noticeId, text }) {
    const { actor, tx, now, scope } = work
    if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
    const notice = await tx.maybe(
      sql<{
        ends_on: string
        own: boolean
      }>`select ends_on, exists (select from cases.case c where c.id = case_id) as own from cases.notice where id = ${noticeId} and area = ${scope.area} and taken_down_at is null`,
    )
    if (!notice) throw new Refusal('notice.not_found', 'missing')
    if (notice.own) throw new Refusal('notice.own', 'conflict')
    if (dayOf(now) > notice.ends_on) throw new Refusal('notice.over', 'conflict', { endsOn: notice.ends_on })
    const sealed = work.call.platform.services.crypto.seal(seen('text', text), 'cases.objection')
    const { made } = await tx.one(
      sql<{ made: 'done' | 'already' | null }>`select cases.object_to(${noticeId}, ${newId(now)}, ${sealed}, ${now}) as made`,
    )
    if (!made) throw new Refusal('notice.not_found', 'missing')
    if (made === 'already') throw new Refusal('notice.already_objected', 'conflict')
    return { noticeId }
  },
})

export interface OwnAuthorisation {
  id: string
  matterCode: string
  caseNumber: string
  /** Who applied: one cannot agree to a check without knowing whose wish it is. */
  applicantName: string
  appliedOn: string
  authorisedAt: Date | null
  /** `paper`: an officer recorded that she signed; she should see that somebody says so. */
  authorisedHow: 'account' | 'paper' | null
  /** The case was withdrawn or has been decided: nothing is asked any more. */
  over: boolean
}

/** Checks of a household's income that wait for one's own word. */
export const listAuthorisations = query({
  operation: 'cases.list-authorisations',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<OwnAuthorisation[]>({}),
  run: ({ tx, actor }) =>
    tx.rows(sql<OwnAuthorisation>`select id, matter_code as "matterCode", case_number as "caseNumber", applicant_name as "applicantName", applied_on as "appliedOn", authorised_at as "authorisedAt", authorised_how as "authorisedHow", not cases.still_asks(id) as over from cases.unit_member
      where person_id = ${actor.kind === 'resident' ? actor.personId : null} and adult order by recorded_at desc limit 50`),
})
