/** `keys`: which there are, newer ones, sealing again under them, and putting earlier ones away. */
import { readdir } from 'node:fs/promises'
import { type Config, StartRefused } from '../platform/config.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { KEY_FILE, type Keys, openKeys, PURPOSES, type Purpose } from '../platform/crypto/keys.ts'
import { RETIRED, ROTATED, type Rotated, retireKey, rotateKey } from '../platform/crypto/rotation.ts'
import { asOwner } from '../platform/database/owner.ts'
import { rewrap, sealedUnder } from '../platform/rewrap/rewrap.ts'
import { beside } from './beside.ts'
import { say, warn } from './console.ts'
import { resealed } from './holding.ts'
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
      const { rows } = await client.query<{ value: string }>(`select value from platform.setting where name = 'keys'`)
      if (rows[0] && !keys.blind.all.some((key) => key.id === rows[0]!.value))
        throw new StartRefused(
          `${keys.folder} holds other keys than those this database was written with (blind.${rows[0].value}). Set KAIFONG_KEYS to the folder that holds them.`,
        )
      await work({ keys, client })
    }),
  )

/** Every key with its place and how much is sealed under it. */
export const listKeys = (config: Config): Promise<void> =>
  longWork('The list', config.keysDir, () =>
    withKeys(config, 'keys', async ({ keys, client }) => {
      for (const purpose of PURPOSES)
        for (const { id } of keys[purpose].all) {
          const counted =
            purpose === 'field' || purpose === 'wrap'
              ? [...(await sealedUnder(client, id)).values()].reduce((a, b) => a + b, 0)
              : null
          const state = keys[purpose].current.id === id ? 'current' : 'earlier'
          say(`${`${purpose}.${id}`.padEnd(25)} ${state}${counted === null ? '' : `  ${counted} values under it`}`)
        }
    }),
  )

const AFTERWARDS: Record<Rotated, string> = {
  field: 'Running nodes seal with it within ten seconds. What is sealed already opens as before. Next: keys rewrap',
  wrap: 'Running nodes seal with it within ten seconds. What is sealed already opens as before. Next: keys rewrap',
  signing:
    'Running nodes sign with it within ten seconds. Papers and seals of before stay valid: their public keys are kept and handed out. Give the audit administrator the new one: verify audit --public-key',
  session:
    'It is used from the next start on: restart every node now, one right after the other. Then everybody has to sign in again.',
}

const NOT_BLIND =
  'The blind key finds sealed values by a hash: ID numbers, phones, codes, marks of the audit. Some of these hashes cannot be made anew, since what they were made of is not kept (codes for a lost phone). So this version does not change the blind key while a street works. See docs/runbooks/rotate-keys.md for what to do when it leaked.'

export const rotate = (config: Config, purpose: string): Promise<void> =>
  longWork('The change of keys', config.keysDir, () =>
    withKeys(config, 'keys rotate', async ({ keys, client }) => {
      if (purpose === 'blind') throw new StartRefused(NOT_BLIND)
      const wanted = ROTATED.find((one) => one === purpose)
      if (!wanted) throw new StartRefused(`${purpose} is no purpose of a key. There are ${ROTATED.join(', ')}.`)
      const now = new Date()
      // Noted first: what is noted and then fails does no harm, a new key that nobody noted would.
      await recordAtConsole(client, 'console.keys-rotate', now)
      const id = await rotateKey(keys.folder, wanted, now)
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
      const { done, faults } = await rewrap({ ...long, client, keys, crypto: createCrypto(keys), sealed: resealed })
      say(`${done} values were sealed again, under field.${keys.field.current.id} and wrap.${keys.wrap.current.id}.`)
      if (faults.length === 0) return
      warn(`${faults.length} did not open and were left as they are:`)
      for (const { place, why } of faults) warn(`  ${place}: ${why}`)
      process.exitCode = WITH_FINDINGS
    }),
  )

export const retire = (config: Config, wanted: string): Promise<void> =>
  longWork('Putting the key away', config.keysDir, () =>
    withKeys(config, 'keys retire', async ({ keys, client }) => {
      const purpose = await purposeOf(keys, wanted)
      const id = wanted.slice(wanted.lastIndexOf('.') + 1)
      if (purpose === 'blind') throw new StartRefused(NOT_BLIND)
      const counts = await sealedUnder(client, id)
      if (counts.size > 0)
        throw new StartRefused(
          `${purpose}.${id} is still needed: ${[...counts].map(([place, n]) => `${place} ${n}`).join(', ')}. Run: keys rewrap`,
        )
      const now = new Date()
      await recordAtConsole(client, 'console.keys-retire', now)
      await retireKey(keys.folder, purpose, id, now)
      say(`${purpose}.${id} lies in ${keys.folder}/${RETIRED} now, and nothing here needs it.`)
      if (purpose === 'signing') say('Its public half stays: papers and seals of before are checked with it.')
      if (purpose === 'field' || purpose === 'wrap')
        say(
          `Backups made before ${now.toISOString()} may: as long as one of them is kept, keep that file, and move it back before you restore it.`,
        )
    }),
  )

/** @param wanted `purpose.id`, or the id alone */
async function purposeOf(keys: Keys, wanted: string): Promise<Purpose> {
  for (const name of await readdir(keys.folder)) {
    const [, purpose, id, kind] = KEY_FILE.exec(name) ?? []
    if (kind !== 'pub' && (wanted === id || wanted === `${purpose}.${id}`)) return purpose as Purpose
  }
  throw new StartRefused(`There is no key ${wanted} in ${keys.folder}. Those that are: keys list`)
}
