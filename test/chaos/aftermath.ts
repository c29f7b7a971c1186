/** What the data says when everything has come to rest, against what was acknowledged. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { filesDirOf, openNode } from '../../src/node.ts'
import { sealsDirOf } from '../../src/platform/config.ts'
import { startEmbedded } from '../../src/platform/postgres/index.ts'
import { loadWords } from '../../src/platform/words.ts'
import { assertRebuilt } from '../cases/story.ts'
import type { Box } from './box.ts'
import { type Entry, readLedger } from './ledger.ts'

const root = join(import.meta.dirname, '../..')

export interface Aftermath {
  /** Acknowledged writes that are not there, as they were answered. */
  lost: string[]
  /** Acts, facts, papers and numbers that are there more than once, or that nobody was told of. */
  doubled: string[]
  filesRead: number
  casesRebuilt: number
}

/** The box has stopped. @throws when a timeline does not tell its row, or a file that a row names does not open */
export async function lookAfterwards(box: Box, ledgerFile: string, since: Date): Promise<Aftermath> {
  const ledger = readLedger(ledgerFile)
  const server = await startEmbedded({ dataDir: box.dataDir, log: { info() {}, warn: console.error }, whenHolderDies: 'stop' })
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  const keysDir = `${box.dataDir}-keys`
  const node = await openNode({
    ownerUrl: server.ownerUrl,
    keysDir,
    sealsDir: sealsDirOf(keysDir),
    filesDir: filesDirOf(box.dataDir),
    publicUrl: box.url,
    rootDir: root,
    words: loadWords(root),
    log: { info() {}, warn: console.error, error: (details: object, message: string) => console.error(message, details) },
    logger: false,
    jobs: false,
  })
  try {
    const lost = await findLost(owner, ledger)
    const doubled = await findDoubled(owner, ledger, since)
    await assertRebuilt({ node, owner })
    const filesRead = await readFiles(owner, node)
    const { rows } = await owner.query<{ n: number }>('select count(*) as n from cases.case')
    return { lost, doubled, filesRead, casesRebuilt: rows[0]!.n }
  } finally {
    await node.close()
    await owner.end()
    await server.stop()
  }
}

async function findLost(owner: pg.Client, ledger: readonly Entry[]): Promise<string[]> {
  const { rows } = await owner.query<{ key: string; operation: string; result: unknown }>(
    'select key, operation, result from platform.idempotency',
  )
  const kept = new Map(rows.map((row) => [`${row.operation} ${row.key}`, sorted(row.result)]))
  const keys = new Set(rows.map((row) => row.key.slice(0, 36)))
  const facts = await count(owner, "select case_id || ' ' || fact as what, count(*) as n from cases.timeline group by 1")
  const cases = await count(owner, "select id || ' ' || number as what, count(*) as n from cases.case group by 1")
  const papers = await count(owner, "select case_id || ' ' || id as what, count(*) as n from documents.document group by 1")
  const photos = await count(
    owner,
    `select coalesce(m.draft_id, d.id)::text as what, count(*) as n from documents.material m
       left join cases.draft d on d.submitted_case_id = m.case_id group by 1`,
  )
  const fact: Record<string, string> = {
    'cases.submit-draft': 'received',
    'cases.accept': 'accepted',
    'cases.withdraw': 'withdrawn',
  }
  return ledger
    .filter(({ operation, key, answer }) => {
      if (operation === 'documents.add-draft-file') return !keys.has(key.slice(0, 36)) || photos.get(String(answer.draftId)) !== 1
      if (kept.get(`${operation} ${key}`) !== sorted(answer)) return true
      const { caseId, number, documentId } = answer
      if (!fact[operation]) return false
      return (
        facts.get(`${caseId} ${fact[operation]}`) !== 1 ||
        (number !== undefined && cases.get(`${caseId} ${number}`) !== 1) ||
        (typeof documentId === 'string' && papers.get(`${caseId} ${documentId}`) !== 1)
      )
    })
    .map((entry) => JSON.stringify(entry))
}

/** Every act that is written down was acknowledged in the end, because clients ask until they are answered. */
async function findDoubled(owner: pg.Client, ledger: readonly Entry[], since: Date): Promise<string[]> {
  const done = await count(
    owner,
    `select operation as what, count(*) as n from platform.audit
      where outcome = 'done' and at >= $1 and operation = any($2) group by 1`,
    [since, [...new Set(ledger.map((entry) => entry.operation))]],
  )
  const acknowledged = Map.groupBy(ledger, (entry) => entry.operation)
  const odd = [...acknowledged].flatMap(([operation, entries]) =>
    done.get(operation) === entries.length ? [] : [`${operation}: ${entries.length} acknowledged, ${done.get(operation)} done`],
  )
  for (const [what, text] of [
    [
      'fact',
      `select case_id || ' ' || fact as what, count(*) as n from cases.timeline where fact in ('received', 'accepted', 'withdrawn') group by 1`,
    ],
    [
      'paper',
      `select case_id || ' ' || kind as what, count(*) as n from documents.document where kind in ('receipt', 'acceptance', 'withdrawal') group by 1`,
    ],
    ['case number', `select street || ' ' || number as what, count(*) as n from cases.case group by 1`],
    ['document number', 'select number as what, count(*) as n from documents.document group by 1'],
    [
      'message',
      `select case_id || ' ' || kind as what, count(*) as n from messages.message where kind in ('received', 'withdrawn') group by 1`,
    ],
  ] as const)
    for (const [one, n] of await count(owner, text)) if (n !== 1) odd.push(`${what} ${one}: ${n} times`)
  return odd
}

/** Each that a row names is there, opens under its key and is the content that was given. */
async function readFiles(owner: pg.Client, node: Awaited<ReturnType<typeof openNode>>): Promise<number> {
  const { rows } = await owner.query(
    'select stored_name, wrapped_key, sha256 from documents.file union all select stored_name, wrapped_key, sha256 from documents.derivative',
  )
  for (const row of rows) {
    const bytes = await node.platform.services.files.read(row.stored_name, row.wrapped_key)
    if (!createHash('sha256').update(bytes).digest().equals(row.sha256))
      throw new Error(`${row.stored_name} holds something else`)
  }
  return rows.length
}

async function count(owner: pg.Client, text: string, values: unknown[] = []): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ what: string; n: number }>(text, values)
  return new Map(rows.map(({ what, n }) => [what, n]))
}

/** jsonb keeps no order of keys. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )

/** By the command that any keeper has, which starts and stops the database itself. @returns the rows that were verified, by log; null when the seals do not hold */
export function verifyAudit(box: Box): Record<string, number> | null {
  const ran = spawnSync(process.execPath, [join(root, 'bin/run.cjs'), 'verify', 'audit', '--json'], {
    cwd: root,
    env: box.env,
    encoding: 'utf8',
  })
  if (!ran.stdout.trim()) throw new Error(`verify audit said nothing but: ${ran.stderr}`)
  const { clean, rows, findings } = JSON.parse(ran.stdout)
  if (!clean) console.error(JSON.stringify(findings))
  return clean && ran.status === 0 ? rows : null
}
