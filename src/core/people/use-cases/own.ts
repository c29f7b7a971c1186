/** One's own facts in full, and where benefits are paid to: A2, with the second factor ten minutes old at most. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { tell } from '../../messages/index.ts'
import { personFacts, sharesOf } from '../facts.ts'
import { type PersonFacts, sealedAs } from '../person.ts'
import { ruleFacts, ruleSources } from '../rule-facts.ts'
import { recordBankAccount } from '../spells.ts'
import { openIdentity } from '../store.ts'
import { Typed } from './shapes.ts'

export interface OwnIdentity {
  name: string
  idNumber: string | null
  phone: string | null
  account: { number: string; bank: string | null } | null
  facts: PersonFacts
}

function selfOf({ actor }: Work): string {
  if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
  return actor.personId
}

export const readOwnIdentity = query({
  operation: 'people.read-own-identity',
  permission: null,
  actors: ['resident'],
  level: 'A2',
  input: Type.Object({}),
  output: Type.Unsafe<OwnIdentity>({}),
  async run(work) {
    const { tx, call, now } = work
    const { crypto } = call.platform.services
    const personId = selfOf(work)
    const facts = await personFacts(tx, personId, dayOf(now))
    const identity = await openIdentity(tx, crypto, personId)
    const account = await tx.maybe(sql<{ sealed: Buffer; bank: string | null }>`select account_sealed as sealed, bank
      from people.bank_account where person_id = ${personId} and during @> ${dayOf(now)}::date`)
    return {
      name: facts.name,
      ...identity,
      account: account ? { number: crypto.open(account.sealed, sealedAs.account), bank: account.bank } : null,
      facts,
    }
  },
})

/** What registers know of oneself, as rules read it, each with whose word it is: for pages that reckon and keep nothing. */
export const readOwnRuleFacts = query({
  operation: 'people.read-own-rule-facts',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Object({
    facts: Type.Unsafe<ReturnType<typeof ruleFacts>>({}),
    sources: Type.Unsafe<ReturnType<typeof ruleSources>>({}),
  }),
  async run(work) {
    const personId = selfOf(work)
    const today = dayOf(work.now)
    const [person, shares] = await Promise.all([personFacts(work.tx, personId, today), sharesOf(work.tx, personId, today)])
    return { facts: ruleFacts(person, shares), sources: ruleSources(person) }
  },
})

/** Changes a stored one; the first is typed with an application, at A1. Refusals: account_number.wrong · person.later_record */
export const changeOwnBankAccount = command({
  operation: 'people.change-own-bank-account',
  permission: null,
  actors: ['resident'],
  level: 'A2',
  input: Type.Object({ number: Typed, bank: Typed }),
  output: Type.Object({ lastFour: Type.String() }),
  async run(work, { number, bank }) {
    const { tx, call, now } = work
    const personId = selfOf(work)
    const today = dayOf(now)
    try {
      await recordBankAccount(
        tx,
        call.platform.services.crypto,
        { personId, number, bank: bank.trim() === '' ? null : bank.trim(), since: today },
        { source: 'self', method: 'declared', caseId: null },
        now,
      )
    } catch (error) {
      if (error instanceof Refusal && error.code === 'account_number.wrong')
        throw new Refusal(error.code, 'invalid', { ...error.params, fields: [{ path: '/number' }] })
      throw error
    }
    tell(work, { personId, caseId: null, kind: 'bank_account_changed', params: { on: today } })
    return { lastFour: number.replace(/\D/g, '').slice(-4) }
  },
})
