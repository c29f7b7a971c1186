/** `keys`: which there are, newer ones, sealing again under them, and putting earlier ones away. */
import { readdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import { type Config, StartRefused } from '../platform/config.ts'
import { blindKeysOf, forgetBlindKey, noteBlindKey, refuseOtherKeys } from '../platform/crypto/blind-keys.ts'
import { beginningUnder, createCrypto, hashedUnder } from '../platform/crypto/crypto.ts'
import { KEY_FILE, type Keys, openKeys, PURPOSES, type Purpose, readManifest } from '../platform/crypto/keys.ts'
import { announceBlindKey, READ_BY_ALL_MS, RETIRED, refuseInUse, retireKey, rotateKey } from '../platform/crypto/rotation.ts'
import { asOwner } from '../platform/database/owner.ts'
import { rehash } from '../platform/rewrap/rehash.ts'
import { rewrap, valuesBeginning } from '../platform/rewrap/rewrap.ts'
import { beside } from './beside.ts'
import { say, warn } from './console.ts'
import { hashed, letBe, resealed } from './holding.ts'
import { longWork, WITH_FINDINGS } from './long-work.ts'
import { recordAtConsole } from './record.ts'

/** The keys of the database that is meant, found to be these; other keys are refused as a start refuses them. */
export const withKeys = (
  config: Config,
  what: string,
  work: (all: { keys: Keys; client: Parameters<Parameters<typeof asOwner>[2]>[0] }) => Promise<void>,
): Promise<void> =>
  beside(config, (ownerUrl) =>
    asOwner(ownerUrl, what, async (client) => {
      const keys = await openKeys(config.keysDir, { create: false })
      refuseOtherKeys(keys, await blindKeysOf(client))
      await work({ keys, client })
    }),
  )

/** Every key with its place and how much is sealed under it. */
export const listKeys = (config: Config): Promise<void> =>
  longWork('The list', config.keysDir, () =>
    withKeys(config, 'keys', async ({ keys, client }) => {
      const { coming } = await readManifest(keys.folder)
      for (const purpose of PURPOSES)
        for (const { id } of keys[purpose].all) {
          const counted = COUNTED[purpose] ? sum(await COUNTED[purpose](client, id)) : null
          const state = keys[purpose].current.id === id ? 'current' : coming === id ? 'coming' : 'earlier'
          say(`${`${purpose}.${id}`.padEnd(25)} ${state}${counted === null ? '' : `  ${counted} values under it`}`)
        }
    }),
  )

/** What a key is kept for, by place. Of the others nothing is counted: their public halves stay, or everybody signs in anew. */
const COUNTED: Partial<Record<Purpose, (client: pg.Client, id: string) => Promise<Map<string, number>>>> = {
  field: (client, id) => valuesBeginning(client, beginningUnder(id)),
  wrap: (client, id) => valuesBeginning(client, beginningUnder(id)),
  async blind(client, id) {
    const found = await valuesBeginning(client, hashedUnder(id))
    for (const place of Object.keys(letBe)) found.delete(place)
    return found
  },
}
const sum = (counts: Map<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

const AFTERWARDS: Record<Purpose, string> = {
  field: 'Running nodes seal with it within ten seconds. What is sealed already opens as before. Next: keys rewrap',
  wrap: 'Running nodes seal with it within ten seconds. What is sealed already opens as before. Next: keys rewrap',
  signing:
    'Running nodes sign with it within ten seconds. Papers and seals of before stay valid: their public keys are kept and handed out. Give the audit administrator the new one: verify audit --public-key',
  session:
    'It is used from the next start on: restart every node now, one right after the other. Then everybody has to sign in again.',
  blind:
    'Running nodes find by it already and write with it within ten seconds. What the earlier one finds is found as before. Next: keys rewrap',
}

export const rotate = (config: Config, purpose: string): Promise<void> =>
  longWork('The change of keys', config.keysDir, ({ signal }) =>
    withKeys(config, 'keys rotate', async ({ keys, client }) => {
      const wanted = PURPOSES.find((one) => one === purpose)
      if (!wanted) throw new StartRefused(`${purpose} is no purpose of a key. There are ${PURPOSES.join(', ')}.`)
      // Noted first: what is noted and then fails does no harm, a new key that nobody noted would.
      await recordAtConsole(client, 'console.keys-rotate', new Date())
      let announced: string | undefined
      if (wanted === 'blind') {
        announced = await announceBlindKey(keys.folder)
        await noteBlindKey(client, announced, new Date())
        say(
          `blind.${announced} lies ready. In ${READ_BY_ALL_MS / 1000} seconds every running node finds by it; then it is taken into use.`,
        )
        await setTimeout(READ_BY_ALL_MS, undefined, { signal })
      }
      const id = await rotateKey(keys.folder, wanted, new Date(), announced)
      say(`${wanted}.${id} is the current key. Before it was ${wanted}.${keys[wanted].current.id}.`)
      say(AFTERWARDS[wanted])
      say(`Copy ${keys.folder} to where you keep your copy of the keys: without the new file nobody reads what comes now.`)
    }),
  )

/** Exit code 3 when something did not open; it is named, and everything else is done. */
export const rewrapAll = (config: Config): Promise<void> =>
  longWork('Sealing again', 'The database', (long) =>
    withKeys(config, 'keys rewrap', async ({ keys, client }) => {
      await recordAtConsole(client, 'console.keys-rewrap', new Date())
      const all = { ...long, client, keys, crypto: createCrypto(keys) }
      // In this order: a hash is made of what is sealed beside it.
      const again = await rewrap({ ...all, sealed: resealed })
      say(`${again.done} values were sealed again, under field.${keys.field.current.id} and wrap.${keys.wrap.current.id}.`)
      const anew = await rehash({ ...all, hashed })
      say(`${anew.done} hashes were made anew, under blind.${keys.blind.current.id}.`)
      const faults = [...again.faults, ...anew.faults]
      if (faults.length === 0) return
      warn(`${faults.length} could not be done and were left as they are:`)
      for (const { place, why } of faults) warn(`  ${place}: ${why}`)
      process.exitCode = WITH_FINDINGS
    }),
  )

/** @param letCodesEnd recovery codes under a blind key may end with it */
export const retire = (config: Config, wanted: string, letCodesEnd: boolean): Promise<void> =>
  longWork('Putting the key away', config.keysDir, () =>
    withKeys(config, 'keys retire', async ({ keys, client }) => {
      const purpose = await purposeOf(keys, wanted)
      const id = wanted.slice(wanted.lastIndexOf('.') + 1)
      const now = new Date()
      const counts = (await COUNTED[purpose]?.(client, id)) ?? new Map<string, number>()
      counts.delete(RECOVERY_CODES)
      if (counts.size > 0)
        throw new StartRefused(
          `${purpose}.${id} is still needed: ${[...counts].map(([place, n]) => `${place} ${n}`).join(', ')}. Run: keys rewrap`,
        )
      await refuseInUse(keys.folder, purpose, id, now)
      if (purpose === 'blind') await refuseWhileCodes(client, id, letCodesEnd)
      else if (letCodesEnd)
        throw new StartRefused(`No recovery code is under ${purpose}.${id}: leave --let-recovery-codes-end out.`)
      await recordAtConsole(client, 'console.keys-retire', now)
      if (purpose === 'blind') {
        const accounts = await endRecoveryCodes(client, id)
        if (accounts > 0) say(`The recovery codes of ${accounts} accounts ended with it.`)
        // Before the file goes: a start that does not find a key of this list is refused.
        await forgetBlindKey(client, id, now)
      }
      await retireKey(keys.folder, purpose, id, now)
      say(`${purpose}.${id} lies in ${keys.folder}/${RETIRED} now, and nothing here needs it.`)
      if (purpose === 'signing') say('Its public half stays: papers and seals of before are checked with it.')
      if (purpose in COUNTED)
        say(
          `Backups made before ${now.toISOString()} may: as long as one of them is kept, keep that file, and move it back before you restore it.`,
        )
    }),
  )

/** Of these there is only the hash, so that they stay under the key that they were made with until their owner makes new ones. */
const RECOVERY_CODES = 'auth.recovery_code.code_hash'

const codesUnder = 'from auth.recovery_code where substring(code_hash from 1 for 8) = $1'

async function refuseWhileCodes(client: pg.Client, id: string, letCodesEnd: boolean): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `select count(distinct account_id)::int as n ${codesUnder} and used_at is null`,
    [hashedUnder(id)],
  )
  if (rows[0]!.n === 0 || letCodesEnd) return
  throw new StartRefused(
    `blind.${id} is still needed: ${rows[0]!.n} accounts have recovery codes under it. Ask their owners to make new ones on the page of their account, ` +
      `or let the codes end: keys retire blind.${id} --let-recovery-codes-end. They sign in with their app or passkey as before.`,
  )
}

/** Used ones, too. @returns of how many accounts codes ended that were good */
async function endRecoveryCodes(client: pg.Client, id: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `with ended as (delete ${codesUnder} returning account_id, used_at) select count(distinct account_id)::int as n from ended where used_at is null`,
    [hashedUnder(id)],
  )
  return rows[0]!.n
}

/** @param wanted `purpose.id`, or the id alone */
async function purposeOf(keys: Keys, wanted: string): Promise<Purpose> {
  for (const name of await readdir(keys.folder)) {
    const [, purpose, id, kind] = KEY_FILE.exec(name) ?? []
    if (kind !== 'pub' && (wanted === id || wanted === `${purpose}.${id}`)) return purpose as Purpose
  }
  throw new StartRefused(`There is no key ${wanted} in ${keys.folder}. Those that are: keys list`)
}
