/** `pack compare`: what one pack says otherwise than another, and with a database for how many people it makes a difference. */
import { comparePacks, type Difference, type OpenedFiles, type ReadPack, readHousePack, readRaw } from '../core/matters/index.ts'
import { COURSES, type Compared, countChanges, judgesAlike, LEVELS, versionOf } from '../core/outreach/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { asOwner } from '../platform/database/owner.ts'
import { ClientTx, sql } from '../platform/database/tx.ts'
import { Refusal } from '../platform/refusal.ts'
import { dayOf } from '../platform/time.ts'
import { LANGS, loadWords, pick } from '../platform/words.ts'
import { beside } from './beside.ts'
import { say } from './console.ts'
import { refuseNoFolder } from './pack.ts'

const SIGN = { added: '+', removed: '-', changed: '~' } as const
/** A whole city on one machine. */
const MOST_MS = 10 * 60_000
const LONGEST = 160

export function comparePackFolders(older: string, newer: string): void {
  const [was, now] = [older, newer].map((folder) => {
    refuseNoFolder(folder)
    return readRaw(folder)
  })
  const found = comparePacks(was!, now!)
  for (const one of found) say(lineOf(one))
  const count = (kind: Difference['kind']) => new Set(found.filter((one) => one.kind === kind).map(({ name }) => name)).size
  const texts = found.filter((one) => one.isText).length
  say(
    `${count('matter')} matters, ${count('rule')} rules, ${count('parameter')} numbers, ${count('other')} other files differ; ${texts} texts`,
  )
}

function lineOf({ change, kind, name, field, place, was, now }: Difference): string {
  const at = `${place.file}:${place.line}${place.column ? `:${place.column}` : ''}`
  const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replaceAll('\n', ' ')
  const what = `${SIGN[change]} ${at}  ${kind} ${name}${field ? ` ${field}` : ''}`
  return was || now ? `${what}\n    ${short(was) || '∅'} → ${short(now) || '∅'}` : what
}

/** @param area whose places are told apart; the packs' own when left out */
export async function countPackChanges(config: Config, root: string, older: string, newer: string, area?: string): Promise<void> {
  const words = loadWords(root)
  const both = (key: string) => LANGS.map((lang) => words.in(lang)(key)).join(' · ')
  // Most files of the two are the same.
  const opened: OpenedFiles = new Map()
  const packOf = (folder: string): ReadPack => {
    const { pack } = readHousePack(folder, words, dayOf(new Date()), 'zh', opened)
    if (!pack) throw new StartRefused(`The pack ${folder} has errors: \`pack check ${folder}\` names them. Nobody was counted.`)
    return pack
  }
  const [was, now] = [packOf(older), packOf(newer)]
  const searched = area ?? now.area
  if (!LEVELS.some((n) => n === searched.length) || !now.areas.some(({ code }) => code === searched))
    throw new StartRefused(`${searched} is no area of the pack. Give a code of areas.csv, such as ${now.area}.`)
  const changed = now.matters.flatMap(({ code, name }) => {
    const versions = { was: versionOf(was, code), now: versionOf(now, code)! }
    return versions.was && !judgesAlike(versions.was, versions.now)
      ? [{ code, name, versions: { ...versions, was: versions.was } }]
      : []
  })
  if (changed.length === 0) say(both('comparison.nobody'))
  const areaName = (code: string) => now.areas.find((one) => one.code === code)?.name ?? code
  await beside(config, (ownerUrl) =>
    asOwner(ownerUrl, 'pack compare', async (client) => {
      for (const { code, name, versions } of changed) {
        await client.query('begin read only')
        const tx = new ClientTx(client)
        await tx.rows(sql`select set_config('role', 'app_system', true), set_config('app.scope', ${searched}, true)`)
        const partLength = LEVELS.find((n) => n > searched.length) ?? searched.length
        const told = await countChanges(tx, versions, { area: searched, partLength, mostMs: MOST_MS }).catch((error: unknown) => {
          if (error instanceof Refusal) throw new StartRefused(both(error.code))
          throw error
        })
        await client.query('rollback')
        say(`\n${code}  ${pick(name, 'zh')} · ${pick(name, 'en')}  ${told.day}`)
        for (const line of table(told, areaName, both)) say(line)
      }
    }),
  )
}

function table(
  { parts, changes, unasked }: Compared,
  areaName: (code: string) => string,
  both: (key: string) => string,
): string[] {
  const heads = COURSES.filter((course) => course !== 'same')
  const line = (cells: readonly (number | null)[]) =>
    heads.map((course) => `${course} ${cells[COURSES.indexOf(course)] ?? '*'}`).join('  ')
  return [
    ...parts.map((code, r) => `  ${code} ${areaName(code)}  ${line(changes.cells[r]!)}`),
    `  ${both('comparison.all')}  ${line(changes.columns)}`,
    ...(unasked.length > 0 ? [`  ${both('comparison.unasked')} ${unasked.join(', ')}`] : []),
    `  * ${both('comparison.withheld')}`,
  ]
}
