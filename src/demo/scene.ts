/**
 * Only for tests: an empty database with the areas of the pack, real keys and real accounts.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Area, readAreas } from '../core/areas/index.ts'
import { type PeopleScene, peopleScene } from '../core/people/scene.ts'
import { type Accounts, createAccounts, createRateLimiter } from '../platform/accounts/index.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { openKeys } from '../platform/crypto/keys.ts'
import { type DemoFile, readDemoFile } from './demo-file.ts'

const pack = join(import.meta.dirname, '../../packs/guangzhou')
const read = (name: string) => readFileSync(join(pack, name), 'utf8')

export const packFile = (name: string): unknown => parse(read(name))

export const demoText: string = read('demo.yaml')
export const demoFile: DemoFile = readDemoFile(demoText, 'demo.yaml')
export const packAreas: readonly Area[] = readAreas(read('areas.csv'), 'areas.csv')

export interface DemoScene extends PeopleScene {
  accounts: Accounts
  /** Codes that were sent, by phone. */
  codes: Map<string, string>
}

export async function demoScene(): Promise<DemoScene> {
  const scene = await peopleScene()
  const keys = await mkdtemp(join(tmpdir(), 'kaifong-demo-'))
  const crypto = createCrypto(await openKeys(join(keys, 'keys')))
  const rows = packAreas.map(({ code, name, level, parentCode, validFrom, source }) => ({
    code,
    name,
    level,
    parent_code: parentCode,
    valid_from: validFrom,
    source,
  }))
  await scene.owner.query(
    `insert into areas.area (code, name, level, parent_code, valid_from, source)
     select * from jsonb_to_recordset($1::jsonb) as a (code text, name text, level text, parent_code text, valid_from date, source text)
     order by length(code) on conflict do nothing`,
    [JSON.stringify(rows)],
  )
  const { pool } = scene.db
  const codes = new Map<string, string>()
  const accounts = createAccounts({
    pool,
    crypto,
    codes: { available: true, send: async (phone, code) => void codes.set(phone, code), tell: async () => {} },
    rate: createRateLimiter(pool),
    secret: crypto.secret('cookie').toString('base64'),
    baseUrl: 'http://127.0.0.1:3000',
    secureCookies: false,
    secondFactor: 'offered',
    phonePattern: `${demoFile.phone_prefix}[0-9]{8}`,
  })
  return {
    ...scene,
    crypto,
    accounts,
    codes,
    async end() {
      await scene.end()
      await rm(keys, { recursive: true })
    },
  }
}
