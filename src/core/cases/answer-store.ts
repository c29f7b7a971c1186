/** Answers as they are kept: sealed, one row a question, a correction adds a version. */
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import type { Matter } from '../matters/index.ts'
import { readIdNumber } from '../people/index.ts'
import { isAdult } from './adult.ts'
import type { Answer, Answers } from './answer.ts'
import { answersAsked } from './branch.ts'
import type { Found } from './store.ts'

const CONTEXT = 'cases.answer'

/** Answers and household go in with the commit, behind the case: what is refused is refused before a number is taken. */
export async function writeAnswers(
  work: Work,
  found: Pick<Found, 'id' | 'matterCode' | 'applicantId' | 'originArea' | 'receivedAt'>,
  matter: Matter,
  answers: Answers,
): Promise<void> {
  const { tx, now } = work
  const { crypto } = work.call.platform.services
  const given = matter.questions.flatMap(({ code }) => (answers[code] ? [{ code, answer: answers[code] }] : []))
  tx.atEnd(sql`insert into cases.answer (case_id, question, version, sealed, recorded_at)
    select ${found.id}, g.question, coalesce((select max(a.version) from cases.answer a where a.case_id = ${found.id} and a.question = g.question), 0) + 1, g.sealed, ${now}
    from unnest(${given.map(({ code }) => code)}::text[], ${given.map(({ answer }) => crypto.seal(JSON.stringify(answer), CONTEXT))}::bytea[]) as g (question, sealed)`)
  for (const { code, answer } of given) if (answer.kind === 'members') await writeMembers(work, found, code, answer)
}

/** The applicant has authorised by applying: as her own housemate she would speak for somebody else. */
export async function refuseApplicantAsMember(
  { tx, call }: Pick<Work, 'tx' | 'call'>,
  applicantId: string,
  question: string,
  answer: Answer | null,
): Promise<void> {
  if (answer?.kind !== 'members') return
  const own = await tx.maybe(
    sql<{ blind: Buffer | null }>`select id_number_blind as blind from people.person where id = ${applicantId}`,
  )
  for (const [at, { idNumber }] of answer.members.entries())
    if (idNumber !== null && own?.blind && blindsOf(call, idNumber).some((blind) => blind.equals(own.blind!)))
      throw new Refusal('answer.member_is_applicant', 'invalid', {
        fields: [{ path: `/${question}-${at + 1}-id`, code: 'answer.member_is_applicant' }],
      })
}

const blindsOf = (call: Work['call'], idNumber: string): Buffer[] =>
  call.platform.services.crypto.blinds(idNumber, 'people.person.id_number')

/** 共同生活家庭成员 of this one case. The applicant counts; she has authorised by applying. */
async function writeMembers(
  work: Work,
  found: Pick<Found, 'id' | 'matterCode' | 'applicantId' | 'originArea' | 'receivedAt'>,
  question: string,
  answer: Extract<Answer, { kind: 'members' }>,
): Promise<void> {
  const { members } = answer
  await refuseApplicantAsMember(work, found.applicantId, question, answer)
  const { tx, now, call } = work
  const { crypto, packs } = call.platform.services
  const pack = packs.inForce()
  const today = dayOf(now)
  // A correction states the household anew; what an adult authorised by account stays hers.
  const before = await tx.rows(sql<{ name: string }>`select name from cases.unit_member where case_id = ${found.id}`)
  const known = new Set(before.map((m) => m.name))
  for (const m of members) {
    if (known.has(m.name)) continue
    // A draft of an earlier day may hold a day of birth that its number contradicts.
    const bornOn = m.idNumber === null ? m.bornOn : readIdNumber(m.idNumber, today).bornOn
    const id = newId(now)
    tx.atEnd(sql`insert into cases.unit_member (id, case_id, matter_code, case_number, applicant_name, applied_on, name, relation, born_on, adult, id_number_sealed, monthly_income_fen, recorded_at)
      values (${id}, ${found.id}, ${found.matterCode}, (select number from cases.case where id = ${found.id}), (select name from people.person where id = ${found.applicantId}), ${dayOf(found.receivedAt)},
        ${m.name}, ${m.relation}, ${bornOn}, ${isAdult(pack, found.originArea, bornOn, today)},
        ${m.idNumber === null ? null : crypto.seal(m.idNumber, 'cases.unit_member.id_number')}, ${m.monthlyIncomeFen}, ${now})`)
    if (m.idNumber !== null) tx.atEnd(sql`select cases.link_member(${id}, ${blindsOf(call, m.idNumber)}::bytea[])`)
  }
}

/** The newest answer of each question that is asked by the others. */
export const readAnswers = async (work: Pick<Work, 'tx' | 'call'>, caseId: string, matter: Matter): Promise<Answers> =>
  answersAsked(matter, await readGiven(work, caseId))

/** The newest answer of each question, also of one that a later correction left unasked. */
export async function readGiven(work: Pick<Work, 'tx' | 'call'>, caseId: string): Promise<Answers> {
  const { crypto } = work.call.platform.services
  const rows = await work.tx.rows(sql<{
    question: string
    sealed: Buffer
  }>`select distinct on (question) question, sealed from cases.answer
    where case_id = ${caseId} order by question, version desc`)
  return Object.fromEntries(rows.map((r) => [r.question, JSON.parse(crypto.open(r.sealed, CONTEXT)) as Answer]))
}

export interface UnitMemberRow {
  id: string
  name: string
  relation: string
  bornOn: string | null
  adult: boolean
  monthlyIncomeFen: number | null
  authorisedAt: Date | null
  authorisedHow: 'account' | 'paper' | null
}

export const listMembers = (tx: Tx, caseId: string): Promise<UnitMemberRow[]> =>
  tx.rows(sql<UnitMemberRow>`select id, name, relation, born_on as "bornOn", adult, monthly_income_fen as "monthlyIncomeFen",
      authorised_at as "authorisedAt", authorised_how as "authorisedHow" from cases.unit_member where case_id = ${caseId} order by id`)
