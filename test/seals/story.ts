/** A house that is sealed: acts and looks are written as the house writes them, and the box is examined as its keeper would. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { recordRead, sealedLogs } from '../../src/core/access/index.ts'
import type { Actor, Scope } from '../../src/platform/actor.ts'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { type Keys, openKeys, publicKeysOf } from '../../src/platform/crypto/keys.ts'
import { newId } from '../../src/platform/id.ts'
import { verifyHere } from '../../src/platform/seals/index.ts'
import { sealFileOf } from '../../src/platform/seals/seal-file.ts'
import { createSealer, type Sealer } from '../../src/platform/seals/sealer.ts'
import { recordAudit } from '../../src/platform/use-case/audit.ts'
import type { Call } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

export interface SealedHouse {
  scene: Scene
  keys: Keys
  file: string
  chain: string
  sealsDir: string
  clerk: StaffPost
  /** So many acts of an officer, one transaction each. */
  acts(count: number): Promise<void>
  /** An officer looks at somebody. */
  look(personId: string): Promise<void>
  as(actor: Actor): Call
  /** Seals until nothing waits: other tests' transactions of the same cluster may hold the horizon for a moment. */
  sealAll(sealer?: Sealer): Promise<void>
  /** Another node's; whoever asks for it closes it. */
  sealer(): Sealer
  login: pg.ClientConfig
  /** What `verify audit` finds, by kind with its count. */
  found(options?: {
    file?: string
    olderCopy?: boolean
    from?: number
    exportTo?: string
    now?: Date
  }): Promise<Record<string, number>>
  lines(): string[]
  write(lines: readonly string[]): void
  close(): Promise<void>
}

export const officers: Scope = { role: 'app_staff', area: place.city, domains: [], subjects: [], accountId: null }

export async function openSealedHouse(): Promise<SealedHouse> {
  const scene = await openScene()
  const keysDir = join(process.env.KAIFONG_TEST_FOLDER!, 'keys')
  const keys = await openKeys(keysDir)
  const sealsDir = `${keysDir}-seals`
  const { rows } = await scene.owner.query(`select value from platform.setting where name = 'chain'`)
  const chain: string = rows[0].value
  const file = sealFileOf(sealsDir, chain)
  const clerk = await makePost(scene, 'window-clerk', [place.street], ['civil-affairs'])
  const actor = await actorOf(scene, 'staff', clerk.accountId, clerk.postId, scene.now())
  const { platform } = scene.node
  const inHerPost: Scope = { ...officers, accountId: clerk.accountId, postId: clerk.postId }
  const crypto = createCrypto(keys)
  const login = {
    ...(parseIntoClientConfig(scene.ownerUrl) as pg.ClientConfig),
    user: 'app_sealer',
    password: crypto.secret('database app_sealer').toString('hex'),
  }
  const as = (who: Actor): Call => ({ platform, actor: who, now: scene.now(), requestId: newId(scene.now()) })
  const house: SealedHouse = {
    scene,
    keys,
    file,
    chain,
    sealsDir,
    clerk,
    login,
    as,
    async acts(count) {
      for (let i = 0; i < count; i++)
        await platform.db.as(inHerPost, (tx) =>
          recordAudit(tx, as(actor), 'test.act', 'done', { id: newId(scene.now()), person: false }),
        )
    },
    async look(personId) {
      await platform.db.as(inHerPost, (tx) =>
        recordRead(tx, as(actor), 'test.look', { personIds: [personId], purpose: 'visit', caseId: null }),
      )
    },
    sealer() {
      return createSealer({
        login,
        logs: sealedLogs,
        signer: crypto,
        keys: publicKeysOf(keys),
        folder: sealsDir,
        clock: () => scene.now(),
        log: { info() {}, warn() {}, error() {} },
        everySeconds: 1,
      })
    },
    async sealAll(sealer = platform.services.seals) {
      for (let i = 0; i < 200; i++) {
        await sealer.tick()
        const { logs } = await sealer.status(scene.now())
        if (Object.values(logs).every(({ waiting }) => waiting === 0)) return
        await new Promise((later) => setTimeout(later, 50))
      }
      throw new Error('rows wait for ten seconds: somebody keeps a transaction open')
    },
    async found({ now = new Date(scene.now().getTime() + 1000), ...options } = {}) {
      const client = new pg.Client({ connectionString: scene.ownerUrl })
      await client.connect()
      try {
        const { report } = await verifyHere({
          client,
          logs: sealedLogs,
          keys: publicKeysOf(keys),
          crypto,
          folder: sealsDir,
          now,
          ...options,
        })
        return Object.fromEntries(report.findings.map(({ kind, count }) => [kind, count]))
      } finally {
        await client.end()
      }
    },
    lines: () => readFileSync(file, 'utf8').trimEnd().split('\n'),
    write: (lines) => writeFileSync(file, lines.map((line) => `${line}\n`).join('')),
    close: () => scene.close(),
  }
  return house
}
