/**
 * The sweep that lets messages out. It decides in one transaction (a job, audited), then takes a few at a time: claimed and
 * committed, handed over outside any transaction, noted in another. Whatever dies in between is found again by `findLost`.
 */
import Type from 'typebox'
import type { Scope } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { ProviderFault } from '../../platform/outbound/index.ts'
import type { Platform } from '../../platform/platform.ts'
import { job } from '../../platform/use-case/use-case.ts'
import type { Channel } from './demo-outbox.ts'
import { after, CHANNELS, type Skip } from './dispatch.ts'
import { claim, decide, findLost, noteFault, noteSent, noteSkipped, type Parcel } from './dispatch-store.ts'
import { mailText, outsideOf, smsText } from './outside.ts'
import { isQuiet, quietHours } from './quiet.ts'

/** Handed over side by side. */
const AT_ONCE = 8
/** The other sweeps of this process wait for this one. */
const BUDGET_MS = 20_000
const SCHEDULE = 'send-messages'

/** Decides on which channels new messages leave; a parcel is then claimed, handed over and noted. */
export const decideDispatch = job({
  operation: 'messages.decide-dispatch',
  permission: null,
  output: Type.Object({ decided: Type.Integer() }),
  run: async ({ tx, now, call }) => ({ decided: await decide(tx, openChannels(call.platform), now) }),
})

export const openChannels = ({ services }: Platform): Channel[] =>
  CHANNELS.filter((channel) => services.outside[channel] !== null)

/** The pack's whole area: the sweep serves everybody. */
export const sweepScope = ({ services }: Platform): Scope => {
  const { pack } = services.packs.inForce()
  return { role: 'app_system', area: pack.area, domains: pack.domains.map((d) => d.code), subjects: [], accountId: null }
}

export interface Sent {
  sent: number
  failed: number
  skipped: number
}

/** @returns what became of the parcels of this run; nothing where nobody carries anything out */
export async function sendMessages(platform: Platform): Promise<Sent> {
  const done: Sent = { sent: 0, failed: 0, skipped: 0 }
  const open = new Set(openChannels(platform))
  if (open.size === 0) return done
  const { clock, services } = platform
  const { area, domains } = sweepScope(platform)
  const inOne = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => platform.db.as(sweepScope(platform), work)
  const honouring = [...open].filter((channel) => services.outside[channel]!.honoursReferences)

  const now = clock()
  const actor = { kind: 'system', schedule: SCHEDULE, scope: area, domains } as const
  await decideDispatch.run({ platform, actor, now, requestId: newId(now) }, {})
  await inOne((tx) => findLost(tx, honouring, now))

  const end = performance.now() + BUDGET_MS
  while (open.size > 0 && performance.now() < end) {
    const at = clock()
    const quiet = isQuiet(quietHours(services.packs.inForce(), at), at)
    const parcels = await inOne((tx) => claim(tx, { channels: [...open], quiet, most: AT_ONCE }, at))
    if (!parcels) break
    for (const end of await Promise.all(parcels.map((parcel) => handOver(platform, parcel)))) {
      done[end.is]++
      // Nobody would be served: the rest waits untouched, and its tries are not used up.
      if (end.away) open.delete(end.channel)
    }
  }
  return done
}

interface HandedOver {
  is: keyof Sent
  channel: Channel
  away: boolean
}

async function handOver(platform: Platform, parcel: Parcel): Promise<HandedOver> {
  const { clock, db, log, services } = platform
  const { channel } = parcel
  const inOne = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.as(sweepScope(platform), work)
  const to = await addressOf(platform, parcel)
  if ('skip' in to) {
    await inOne((tx) => noteSkipped(tx, parcel.id, to.skip, clock()))
    return { is: 'skipped', channel, away: false }
  }
  let accepted: string
  try {
    accepted = await hand(platform, parcel, to.address)
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    const { honoursReferences } = services.outside[channel]!
    await inOne((tx) => noteFault(tx, parcel.id, error.code, (tries) => after(error, tries, honoursReferences), clock()))
    if (error.nobody && channel === 'email') await services.accounts.noteBounced(parcel.accountId, to.address, clock())
    if (error.away) log.warn({ channel, code: error.code }, 'a provider of messages is away; they are tried again')
    return { is: 'failed', channel, away: error.away }
  }
  await inOne((tx) => noteSent(tx, parcel.id, accepted, clock()))
  return { is: 'sent', channel, away: false }
}

async function hand({ services }: Platform, parcel: Parcel, to: string): Promise<string> {
  const { outside, words, publicUrl } = services
  const said = outsideOf(parcel.messages, publicUrl)
  const reference = parcel.id
  const { accepted } =
    parcel.channel === 'sms'
      ? await outside.sms!.send({ to, text: smsText(words, said), reference, ...said })
      : await outside.email!.send({ to, ...mailText(words, said), reference })
  return accepted
}

/** Never to an account that is to be deleted, a number that may have another owner by now, or an address that nobody has. */
async function addressOf({ services }: Platform, { accountId, channel }: Parcel): Promise<{ address: string } | { skip: Skip }> {
  const { accounts } = services
  if (await accounts.deletionAskedAt(accountId)) return { skip: 'leaving' }
  if (channel === 'email') {
    const held = await accounts.emailOf(accountId)
    if (!held) return { skip: 'no-address' }
    return held.bouncedAt ? { skip: 'bounced' } : { address: held.email }
  }
  if (await accounts.isDoubted(accountId)) return { skip: 'doubted' }
  const phone = await accounts.phoneOf(accountId)
  return phone ? { address: phone } : { skip: 'no-address' }
}
