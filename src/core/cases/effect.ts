/** What a granted decision writes into 一库, with the case as its provenance: the next office asks nobody again. */

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
