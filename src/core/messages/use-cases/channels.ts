/** How news reaches a resident outside the inbox: which channels she wants, and her e-mail address. The inbox always stays. */
import Type from 'typebox'
import { type HeldEmail, hasFactor, maskEmail } from '../../../platform/accounts/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import type { Channel } from '../demo-outbox.ts'
import { openChannels } from '../send.ts'
import { tell } from '../tell.ts'

export interface ChannelState {
  channel: Channel
  /** This house can send on it. */
  open: boolean
  /** Masked; null when she has none. */
  to: string | null
  wanted: boolean
  /** Nothing goes there: a number that may have another owner, an address that nobody has. */
  trouble: 'doubted' | 'bounced' | null
}

const ownAccount = ({ actor }: Work): { accountId: string; personId: string } => {
  if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
  return { accountId: actor.accountId, personId: actor.personId }
}

/** Whoever has a second factor shows it before news goes elsewhere. */
async function refuseUnconfirmed({ actor, call }: Work): Promise<void> {
  if (actor.kind !== 'resident' || actor.level === 'A2') return
  if (hasFactor(await call.platform.services.accounts.factorsOf(actor.accountId)))
    throw new Refusal('account.confirm_first', 'forbidden')
}

/** Her channels: where each leads, whether it is wanted, and what is wrong with it. */
export const listChannels = query({
  operation: 'messages.list-channels',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<ChannelState[]>({}),
  async run(work): Promise<ChannelState[]> {
    const { accountId } = ownAccount(work)
    const { accounts } = work.call.platform.services
    const open = openChannels(work.call.platform)
    const chosen = new Map(
      (await work.tx.rows(sql<{ channel: Channel; wanted: boolean }>`select channel, wanted from messages.channel_choice`)).map(
        (row) => [row.channel, row.wanted],
      ),
    )
    const [phone, email] = [await accounts.phoneOf(accountId), await accounts.emailOf(accountId)]
    return [
      {
        channel: 'sms',
        open: open.includes('sms'),
        to: phone && `${phone.slice(0, 3)}****${phone.slice(-4)}`,
        wanted: chosen.get('sms') ?? phone !== null,
        trouble: (await accounts.isDoubted(accountId)) ? 'doubted' : null,
      },
      {
        channel: 'email',
        open: open.includes('email'),
        to: email && maskEmail(email.email),
        wanted: email !== null && (chosen.get('email') ?? false),
        trouble: email?.bouncedAt ? 'bounced' : null,
      },
    ]
  },
})

/** What she leaves out is what she does not want. An e-mail channel needs an address. */
export const chooseChannels = command({
  operation: 'messages.choose-channels',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ sms: Type.Boolean(), email: Type.Boolean() }),
  output: Type.Object({}),
  async run(work, { sms, email }) {
    const { accountId } = ownAccount(work)
    await refuseUnconfirmed(work)
    if (email && !(await work.call.platform.services.accounts.emailOf(accountId)))
      throw new Refusal('messages.email_missing', 'conflict')
    await choose(work, accountId, 'sms', sms)
    await choose(work, accountId, 'email', email)
    return {}
  },
})

const choose = ({ tx, now }: Work, accountId: string, channel: Channel, wanted: boolean): Promise<number> =>
  tx.run(sql`insert into messages.channel_choice as c (account_id, channel, wanted, chosen_at) values (${accountId}, ${channel}, ${wanted}, ${now})
    on conflict (account_id, channel) do update set wanted = excluded.wanted, chosen_at = excluded.chosen_at`)

const Address = Type.String({ maxLength: 1000 })

/** A code goes to an address that is not yet hers. */
export const requestEmailCode = command({
  operation: 'messages.request-email-code',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ email: Address }),
  output: Type.Object({}),
  async run(work, { email }) {
    const { accountId } = ownAccount(work)
    await refuseUnconfirmed(work)
    await work.call.platform.services.accounts.requestEmailCode(accountId, email, work.now)
    return {}
  },
})

/** The address is hers from now on, and wanted; the one before is told. */
export const proveEmail = command({
  operation: 'messages.prove-email',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ email: Address, code: Type.String({ maxLength: 40 }) }),
  output: Type.Object({}),
  async run(work, { email, code }) {
    const { accountId, personId } = ownAccount(work)
    await refuseUnconfirmed(work)
    const { before } = await work.call.platform.services.accounts.proveEmail(accountId, email, code, work.now)
    await choose(work, accountId, 'email', true)
    tell(work, { personId, caseId: null, kind: 'email_changed', params: { on: dayOf(work.now) } })
    if (before) await tellBefore(work, before, 'outside.email_changed')
    return {}
  },
})

/** The address is gone and told so; nothing is sent by e-mail any more. */
export const removeEmail = command({
  operation: 'messages.remove-email',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Object({}),
  async run(work) {
    const { accountId, personId } = ownAccount(work)
    await refuseUnconfirmed(work)
    const before = await work.call.platform.services.accounts.removeEmail(accountId)
    if (!before) throw new Refusal('messages.email_missing', 'conflict')
    await choose(work, accountId, 'email', false)
    tell(work, { personId, caseId: null, kind: 'email_removed', params: { on: dayOf(work.now) } })
    await tellBefore(work, before, 'outside.email_removed')
    return {}
  },
})

/** Best effort, as with an earlier phone: the change is told in the inbox all the same. */
async function tellBefore({ call }: Work, before: HeldEmail['email'], key: string): Promise<void> {
  const { accounts, words, publicUrl } = call.platform.services
  const text = (['zh', 'en'] as const).map((lang) => words.in(lang)(key, { url: publicUrl })).join('\n\n')
  if (!(await accounts.tellEmail(before, text)))
    call.platform.log.warn({ requestId: call.requestId }, 'an e-mail address could not be told that it was replaced')
}
