/** What a granted decision writes into 一库, with the case as its provenance: the next office asks nobody again. */

import { sql } from '../../platform/database/tx.ts'
import { addDays, addMonths } from '../../platform/day.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Effect } from '../matters/index.ts'
import {
  disabilityKinds,
  dwellingAt,
  personFacts,
  recordBankAccount,
  recordDisability,
  recordOccupancy,
  recordPermit,
  recordReceipt,
  recordResidence,
} from '../people/index.ts'
import type { Open } from './act.ts'
import type { Answers } from './answer.ts'
import { readAnswers } from './answer-store.ts'
import { endorsedFrom } from './permit-store.ts'

interface Grant {
  answers: Answers
  amountFen: number | null
  from: { source: 'officer'; method: 'decided'; caseId: string }
}

export async function takeEffect(open: Open, amountFen: number | null): Promise<void> {
  const { work, found, matter, today } = open
  const { tx, now, call } = work
  const answers = await readAnswers(work, found.id, matter)
  const self = { source: 'self', method: 'declared', caseId: found.id } as const
  const account = Object.values(answers).find((a) => a.kind === 'bank_account')
  if (account?.kind === 'bank_account' && !account.stored)
    await recordBankAccount(
      tx,
      call.platform.services.crypto,
      { personId: found.applicantId, since: today, number: account.account, bank: null },
      self,
      now,
    )
  if (matter.effect)
    await EFFECTS[matter.effect](open, { answers, amountFen, from: { source: 'officer', method: 'decided', caseId: found.id } })
}

const EFFECTS: Readonly<Record<Effect, (open: Open, grant: Grant) => Promise<unknown>>> = {
  receipt: ({ work, found, matter, today }, { amountFen, from }) =>
    recordReceipt(work.tx, { personId: found.applicantId, since: today, matterCode: matter.code, amountFen }, from, work.now),
  residence,
  permit: ({ work, found, newest, today }, { from }) =>
    recordPermit(
      work.tx,
      {
        personId: found.applicantId,
        area: found.originArea,
        since: today,
        until: addMonths(today, newest.number('permit.endorsed_for', found.originArea, today)),
      },
      from,
      work.now,
    ),
  endorsement,
  disability,
}

async function residence({ work, found, today }: Open, { answers, from }: Grant): Promise<void> {
  const { tx, now } = work
  const person = { personId: found.applicantId, since: today }
  const address = Object.values(answers).find((a) => a.kind === 'address')
  if (address?.kind === 'address' && !address.known)
    await recordOccupancy(
      tx,
      { ...person, area: found.originArea, dwellingId: await dwellingAt(tx, found.originArea, address.text, now) },
      from,
      now,
    )
  await recordResidence(tx, { ...person, area: found.originArea }, from, now)
}

/** The answer to an objection goes to the case that it was about, whose line this officer does not see. */
export async function answerLine({ work, found }: Open, outcome: 'granted' | 'refused', reasons: string): Promise<void> {
  const { made } = await work.tx.one(
    sql<{ made: 'done' | 'own' | null }>`select cases.answer_line(${found.id}, ${outcome}, ${reasons}, ${work.now}) as made`,
  )
  if (made === 'own') throw new Refusal('line.own_case', 'forbidden')
  if (made === null) throw new Refusal('case.not_found', 'missing')
}

/** 签注: a year more. Its years go on, or count anew from today (`permit.ts`). */
async function endorsement(open: Open, { from }: Grant): Promise<void> {
  const { work, found, newest, today } = open
  const { permit } = await personFacts(work.tx, found.applicantId, today)
  // Who never had one would have the papers of a permit without the half year and the ground that it needs.
  if (!permit) throw new Refusal('case.no_permit', 'conflict')
  const months = newest.number('permit.endorsed_for', found.originArea, today)
  const since = await endorsedFrom(open, permit)
  const begins = since === permit.since ? addDays(permit.until, 1) : today
  // A year that is over by now was endorsed too late to be of use: the new one begins today.
  const until = [addMonths(begins, months), addMonths(today, months)].find((day) => day > today)!
  await recordPermit(work.tx, { personId: found.applicantId, area: found.originArea, since, until }, from, work.now)
}

async function disability({ work, found, today }: Open, { answers, from }: Grant): Promise<void> {
  const chosen = (code: string) => {
    const answer = answers[code]
    return answer?.kind === 'choice' ? answer.value : undefined
  }
  const grade = Number(chosen('disability-grade'))
  if (!(grade >= 1 && grade <= 4)) throw new Refusal('case.grade_missing', 'conflict')
  // Any other kind is a sealed one: the register holds its grade alone.
  const kind = disabilityKinds.find((each) => each === chosen('disability-kind')) ?? null
  await recordDisability(work.tx, { personId: found.applicantId, since: today, kind, grade }, from, work.now)
}
