/** What a granted decision writes into 一库, with the case as its provenance: the next office asks nobody again. */

import { sql } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dwellingAt, recordBankAccount, recordOccupancy, recordReceipt, recordResidence } from '../people/index.ts'
import type { Open } from './act.ts'
import { readAnswers } from './answer-store.ts'

export async function takeEffect({ work, found, matter, today }: Open, amountFen: number | null): Promise<void> {
  const { tx, now, call } = work
  const answers = await readAnswers(work, found.id)
  const from = { source: 'officer', method: 'decided', caseId: found.id } as const
  const self = { source: 'self', method: 'declared', caseId: found.id } as const
  const person = { personId: found.applicantId, since: today }
  const account = Object.values(answers).find((a) => a.kind === 'bank_account')
  if (account?.kind === 'bank_account' && !account.stored)
    await recordBankAccount(tx, call.platform.services.crypto, { ...person, number: account.account, bank: null }, self, now)
  if (matter.effect === 'receipt') await recordReceipt(tx, { ...person, matterCode: matter.code, amountFen }, from, now)
  if (matter.effect !== 'residence') return
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
