/** The demo street on a running node: filled in once, told each time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Platform } from '../platform/platform.ts'
import { dayOf } from '../platform/time.ts'
import { readDemoFile } from './demo-file.ts'
import { fillDemo } from './fill.ts'
import { makeSampleCases } from './sample-cases.ts'
import { makeStreet } from './street.ts'

/** Who can sign in, for the console and the demo's sign-in pages. */
export interface DemoCast {
  password: string
  residents: { name: string; phone: string; story: { zh: string; en: string } | null }[]
  officers: { name: string; username: string; story: { zh: string; en: string } }[]
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
  }
}

/** Writes that this new database is a demo; it cannot become one later. */
export async function declareDemo(ownerUrl: string, now: Date): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`insert into platform.setting (name, value, at) values ('demo', '1', $1) on conflict do nothing`, [now])
  } finally {
    await owner.end()
  }
}

/** Fills the street in, with its cases, if nobody lives there yet. @returns whether it did */
export async function settleDemo(ownerUrl: string, packDir: string, platform: Platform): Promise<boolean> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { rows } = await owner.query('select from people.person limit 1')
    if (rows.length > 0) return false
    const now = platform.clock()
    const { crypto, accounts, packs } = platform.services
    const street = makeStreet(packs.inForce().pack.areas, fileOf(packDir), { asOf: dayOf(now) })
    const cast = await fillDemo({ owner, crypto, accounts, now }, street)
    await makeSampleCases({ platform, street, cast, now }, owner)
    return true
  } finally {
    await owner.end()
  }
}
