/** The demo street on a running node: filled in once, told each time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { searchTonight } from '../core/outreach/index.ts'
import { StartRefused } from '../platform/config.ts'
import { asOwner } from '../platform/database/owner.ts'
import type { Platform } from '../platform/platform.ts'
import { type Day, dayOf } from '../platform/time.ts'
import { teller } from './case-story.ts'
import { bornFor } from './days.ts'
import { type CastFamily, type CastMember, readDemoFile } from './demo-file.ts'
import { fillDemo } from './fill.ts'
import { groundOf, writeGround } from './grids.ts'
import { makeSampleCases } from './sample-cases.ts'
import { makeSampleIncidents } from './sample-incidents.ts'
import { makeSampleTasks } from './sample-tasks.ts'
import { makeStreet } from './street.ts'

/** Who can sign in, for the console and the demo's sign-in pages. */
export interface DemoCast {
  password: string
  residents: { name: string; phone: string; story: { zh: string; en: string } | null }[]
  officers: { name: string; username: string; story: { zh: string; en: string } }[]
  /** The people of the story as rules read them, on a day. Made up, and read from no register. */
  invented: (on: Day) => InventedPerson[]
}

export interface InventedPerson {
  name: string
  story: { zh: string; en: string } | null
  /** Where her numbers are those of. */
  area: string
  facts: { person: Record<string, unknown>; dwelling: { persons: number } }
}

const fileOf = (packDir: string) => readDemoFile(readFileSync(join(packDir, 'demo.yaml'), 'utf8'), 'demo.yaml')

export function castOf(packDir: string): DemoCast {
  const file = fileOf(packDir)
  return {
    password: file.password,
    residents: file.cast.flatMap((family) =>
      family.members.flatMap((m) => (m.account && m.phone ? [{ name: m.name, phone: m.phone, story: m.story ?? null }] : [])),
    ),
    officers: file.officers.map(({ name, username, story }) => ({ name, username, story })),
    invented: (on) => file.cast.flatMap((family) => family.members.map((member) => inventedPerson(family, member, on))),
  }
}

const inventedPerson = ({ community, hukou, members }: CastFamily, member: CastMember, on: Day): InventedPerson => ({
  name: member.name,
  story: member.story ?? null,
  area: community,
  facts: {
    person: {
      born_on: bornFor(on, member.age, member.birthday_in),
      sex: member.sex,
      hukou_area: hukou.elsewhere ?? community,
      dwelling_area: community,
      receives: [],
      ...(member.income === undefined ? {} : { monthly_income_fen: member.income }),
    },
    dwelling: { persons: members.length },
  },
})

/**
 * A demo is made, not switched on: it is written into a database that nobody has used yet, and stays as it is.
 * @param wish KAIFONG_DEMO
 * @param mayBecome embedded, and reached from this machine only
 * @throws StartRefused when the wish is not what the database is
 */
export const decideDemo = (ownerUrl: string, wish: '0' | '1' | undefined, mayBecome: boolean, now: Date): Promise<boolean> =>
  asOwner(ownerUrl, 'demo', async (owner) => {
    // Not “created by this start”: a first start may have been killed half-way.
    const { rows } = await owner.query<{ is_demo: boolean; untouched: boolean }>(`select
      exists (select from platform.setting where name = 'demo' and value = '1') as is_demo,
      not exists (select from platform.setting where name = 'demo') and not exists (select from matters.pack)
        and not exists (select from people.person) and not exists (select from access.officer) as untouched`)
    const { is_demo, untouched } = rows[0]!
    if (is_demo && wish === '0')
      throw new StartRefused(
        'KAIFONG_DEMO=0: this database was made as a demo. For a real street set KAIFONG_DATA to a new folder.',
      )
    if (is_demo) return true
    if (!untouched || !mayBecome || wish === '0') {
      if (wish === '1')
        throw new StartRefused(
          'KAIFONG_DEMO=1: this database was made for real use and never becomes a demo. Unset KAIFONG_DEMO, or set KAIFONG_DATA to a new folder.',
        )
      return false
    }
    await owner.query(`insert into platform.setting (name, value, at) values ('demo', '1', $1)`, [now])
    return true
  })

/** Whether the database was made as a demo. */
export const isDemo = (ownerUrl: string): Promise<boolean> =>
  asOwner(ownerUrl, 'demo', async (owner) => {
    const { rows } = await owner.query(`select from platform.setting where name = 'demo' and value = '1'`)
    return rows.length > 0
  })

const FILLING = 'demo-filling'

/** The start that filled the demo in was killed: nobody has used it, and what is there does not fit together. */
export const isHalfFilled = (ownerUrl: string): Promise<boolean> =>
  asOwner(ownerUrl, 'demo', async (owner) => {
    const { rows } = await owner.query('select from platform.setting where name = $1', [FILLING])
    return rows.length > 0
  })

/** Fills the street in, with its cases, if nobody lives there yet. @returns whether it did */
export const settleDemo = (ownerUrl: string, packDir: string, platform: Platform): Promise<boolean> =>
  asOwner(ownerUrl, 'demo', async (owner) => {
    const { rows } = await owner.query('select from people.person limit 1')
    if (rows.length > 0) return false
    const now = platform.clock()
    const { crypto, accounts, packs } = platform.services
    const file = fileOf(packDir)
    const street = makeStreet(packs.inForce().pack.areas, file, { asOf: dayOf(now) })
    await owner.query('insert into platform.setting (name, value, at) values ($1, $2, $3)', [FILLING, '1', now])
    const cast = await fillDemo({ owner, crypto, accounts, now }, street)
    const ground = groundOf(file, street)
    await makeSampleCases({ platform, street, cast, now, lattice: ground }, owner)
    await writeGround(owner, { file, street, ground, now })
    const incidentOf = async (token: string): Promise<string> =>
      (await owner.query<{ id: string }>('select incident_id as id from grid.report where token = $1', [token])).rows[0]!.id
    const story = { platform, street, cast, now }
    await makeSampleIncidents({ ...story, ground, incidentOf }, teller(story))
    await makeSampleTasks(story, teller(story))
    // As the night before would have left it.
    await searchTonight(platform)
    await owner.query('delete from platform.setting where name = $1', [FILLING])
    return true
  })
