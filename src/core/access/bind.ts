/**
 * A1: an account is bound to a person by an officer who saw the card, and undone with a reason. That the person is within
 * the officer's reach is the caller's to prove: who a person is, this room does not know.
 */
import { randomBytes } from 'node:crypto'
import { deletedOn, UNDO_DAYS } from '../../platform/accounts/index.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { tell } from '../messages/index.ts'
import { postOf } from './guard.ts'
import { undoDigest } from './undo.ts'

/** What an officer may have seen. Texts: `access.document.*`. */
export const documentsSeen = ['id-card', 'temporary-id-card', 'hukou-book'] as const

export interface Binding {
  accountId: string
  boundAt: Date
}

/** The account that a person signs in with, or null. */
export const bindingOf = async (tx: Tx, personId: string): Promise<Binding | null> =>
  (await tx.maybe(
    sql<Binding>`select account_id as "accountId", bound_at as "boundAt" from access.person_account where person_id = ${personId} and ended_at is null`,
  )) ?? null

/**
 * Makes the account of the phone if there is none. Binding the same two again confirms that the number is still hers. The
 * phones that the person had before are told, with a link that undoes it.
 * @param knownPhone the one on file
 */
export async function bind(
  work: Work,
  personId: string,
  phone: string,
  documentSeen: string,
  knownPhone: string | null,
): Promise<void> {
  const { tx, now, actor } = work
  if (!(documentsSeen as readonly string[]).includes(documentSeen))
    throw refuse('documentSeen', 'access.document_choose', 'invalid')
  const accountId = await accountOf(work, phone)
  const held = await bindingOf(tx, personId)
  const { accounts } = work.call.platform.services
  const asked = await accounts.deletionAskedAt(accountId)
  if (asked) throw refuse('phone', 'access.account_leaving', 'conflict', { until: dayOf(deletedOn(asked)) })
  if (held?.accountId === accountId) return accounts.trustPhone(accountId, now)
  if (held) throw refuse('phone', 'access.person_already_bound', 'conflict')
  await refuseSameHand(work, personId)
  // The other person may be out of sight: that the phone is taken is all that is told.
  const token = randomBytes(32).toString('base64url')
  const made =
    await tx.run(sql`insert into access.person_account (id, account_id, person_id, bound_at, method, post_id, document_seen, undo_digest)
    values (${newId(now)}, ${accountId}, ${personId}, ${now}, 'window', ${postOf(actor).id}, ${documentSeen}, ${undoDigest(token)}) on conflict do nothing`)
  if (made === 0) throw refuse('phone', 'access.already_bound', 'conflict')
  await accounts.trustPhone(accountId, now)
  await tellAccount(work, personId, 'account_bound')
  const bound = await accounts.phoneOf(accountId)
  const before = await phoneBefore(work, personId)
  for (const earlier of new Set([knownPhone, before]))
    if (earlier && earlier !== bound) await tellEarlier(work, earlier, 'sms.account_bound', `/undo/binding/${token}`)
}

export async function unbind(work: Work, personId: string, reason: string): Promise<void> {
  const { tx, now, actor } = work
  if (reason.trim() === '') throw refuse('reason', 'access.unbind_reason_missing', 'invalid')
  const ended =
    await tx.run(sql`update access.person_account set ended_at = ${now}, ended_why = ${reason.trim()}, ended_post_id = ${postOf(actor).id}
    where person_id = ${personId} and ended_at is null`)
  if (ended === 0) throw new Refusal('access.not_bound', 'conflict')
  await tellAccount(work, personId, 'account_unbound')
}

/** One officer alone must not move an account from one phone to another: on the same day somebody else binds. */
async function refuseSameHand({ tx, now, actor }: Work, personId: string): Promise<void> {
  const last = await tx.maybe(sql<{ endedAt: Date; same: boolean }>`select b.ended_at as "endedAt",
      e.officer_number = (select m.officer_number from access.officer_of_post m where m.post_id = ${postOf(actor).id}) as same
    from access.person_account b join access.officer_of_post e on e.post_id = b.ended_post_id
    where b.person_id = ${personId} and b.ended_at is not null order by b.ended_at desc limit 1`)
  if (last?.same && dayOf(last.endedAt) === dayOf(now)) throw refuse('phone', 'access.rebind_by_another', 'conflict')
}

/** The phone that she signed in with until the binding before this one ended. */
async function phoneBefore({ tx, call }: Work, personId: string): Promise<string | null> {
  const last = await tx.maybe(sql<{ accountId: string }>`select account_id as "accountId" from access.person_account
    where person_id = ${personId} and ended_at is not null order by ended_at desc limit 1`)
  return last ? call.platform.services.accounts.phoneOf(last.accountId) : null
}

/**
 * A neutral sentence with a link to undo, to a phone that may be hers. Sent inside the transaction: should that fail at the
 * very end, the link leads to nothing, which its page says. Residents read Chinese first, and an SMS has no other language.
 */
export async function tellEarlier({ call }: Work, phone: string, text: string, path: string): Promise<void> {
  const { accounts, words, publicUrl } = call.platform.services
  const sent = await accounts.tellPhone(phone, words.in('zh')(text, { link: `${publicUrl}${path}`, days: UNDO_DAYS }))
  if (!sent) call.platform.log.warn({ requestId: call.requestId }, 'a phone could not be told of a change to its account')
}

/** Who did it and when; whoever did not come herself calls the hotline. */
async function tellAccount(work: Work, personId: string, kind: 'account_bound' | 'account_unbound'): Promise<void> {
  const hotline = work.call.platform.services.packs.inForce().matters[0]?.catalogue.link_way ?? ''
  const params = { officer: postOf(work.actor).officerName, on: dayOf(work.now), hotline }
  tell(work, { personId, caseId: null, kind, params })
}

async function accountOf(work: Work, phone: string): Promise<string> {
  try {
    return (await work.call.platform.services.accounts.createResidentAccount(phone, work.now)).accountId
  } catch (error) {
    throw error instanceof Refusal ? refuse('phone', error.code, 'invalid') : error
  }
}

const refuse = (field: string, code: string, kind: 'invalid' | 'conflict', params: Record<string, string> = {}): Refusal =>
  new Refusal(code, kind, { ...params, fields: [{ path: `/${field}`, code }] })
