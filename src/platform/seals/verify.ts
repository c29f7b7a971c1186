/**
 * Walks seals and rows side by side, in order, a batch in memory at a time. What the file says goes before what the
 * database says: the file is the part that may have left the box.
 */
import type { Gone, LetGo } from './let-go.ts'
import type { LoggedRow } from './log.ts'
import { MerkleTree } from './merkle.ts'
import type { Report } from './report.ts'
import { follows, isSigned, type Seal, type SealKeys, same } from './seal.ts'
import type { FileLine } from './seal-file.ts'

/** Hands over every row below an act number, in order, that was not handed over before. */
export type RowsUntil = (until: number, each: (log: string, row: LoggedRow) => void) => Promise<void>

/** Of the persons in a row: do their ids fit their marks? `erased`: one has neither id nor salt any more. */
export type PersonState = 'fits' | 'erased' | 'changed'

export interface Sources {
  /** Null: there is no file to compare with. */
  file: AsyncIterable<FileLine> | null
  /** Null: there is no database here. */
  table: AsyncIterable<Seal[]> | null
  /** Null: seals alone. Opened at the act number with which the first seal begins. */
  rows: ((from: number) => RowsUntil) | null
  keys: SealKeys
  /** Of the database; null takes the first seal's. */
  chain: string | null
  /** First seal to check. What came before it is believed. */
  from: number
  /** The file is a copy of an earlier day: that it ends early is no fault. */
  olderCopy: boolean
  /** Months that were let go on record. */
  letGo: LetGo
  checkPerson(row: LoggedRow): PersonState
  /** Called for every row under a checked seal. */
  onRow?(row: LoggedRow): void
  /** A row behind the last seal is late when it was written before this; null: each is. */
  lateBefore: Date | null
}

export async function verifySeals(sources: Sources, report: Report): Promise<void> {
  const { keys } = sources
  const [file, table] = [fileSeals(sources, report), tableSeals(sources)]
  let [inFile, inTable] = [await file.next(), await table.next()]
  let { chain } = sources
  let last: Seal | null = null
  /** The number that was looked at last, good or not. */
  let passed = sources.from - 1
  let rows: RowsUntil | null = null
  while (inFile || inTable) {
    const number = Math.min(inFile?.body.number ?? Number.POSITIVE_INFINITY, inTable?.body.number ?? Number.POSITIVE_INFINITY)
    const line: Seal | null = inFile?.body.number === number ? inFile : null
    const stored: Seal | null = inTable?.body.number === number ? inTable : null
    const place = `seal ${number}`
    const alike = line !== null && stored !== null && same(line, stored)
    if (line && stored && !alike) report.add('seal-changed', place)
    if (!line && sources.file && !(sources.olderCopy && !inFile)) report.add(inFile ? 'line-deleted' : 'file-short', place)
    if (!stored && sources.table) report.add(inTable ? 'seal-deleted' : 'database-short', place)
    if (line) inFile = await file.next()
    if (stored) inTable = await table.next()

    if (number > passed + 1) report.add('seal-lost', `seal ${passed + 1}`, number - passed - 1)
    const gap: boolean = number > passed + 1
    passed = number
    // Checking a signature takes longer than all else here.
    const signed: Seal[] = (alike ? [line] : [line, stored])
      .filter((seal) => seal !== null)
      .filter((seal) => isSigned(seal, keys))
    const before: Seal | null = last
    const fits = (seal: Seal): boolean => (before === null && sources.from > 1) || follows(seal, before)
    const seal: Seal | undefined = signed.find(fits) ?? signed[0]
    if (!seal) {
      report.add('signature-bad', place)
      continue
    }
    chain ??= seal.body.chain
    if (seal.body.chain !== chain) {
      report.add('other-chain', place)
      return
    }
    if (!fits(seal) && !gap) report.add('link-broken', place)
    report.seals++
    report.lastSeal = { number, at: seal.body.at }
    if (sources.rows) {
      rows ??= sources.rows(sources.from > 1 ? seal.body.from : 0)
      await checkRows(rows, seal, sources, report)
    }
    last = seal
  }
  if (!sources.rows) return
  rows ??= sources.rows(0)
  await rows(Number.POSITIVE_INFINITY, (log, row) => {
    sources.letGo.see(log, row.line, row.at)
    if (sources.checkPerson(row) === 'changed') report.add('person-changed', `${log} ${row.at.toISOString()}`)
    if (sources.lateBefore && row.at >= sources.lateBefore) report.waiting++
    else report.add('row-unsealed', `${log} ${row.at.toISOString()}`)
  })
  settleLetGo(sources, report)
}

function settleLetGo({ letGo, from }: Sources, report: Report): void {
  const { used, unsealed, early, strange } = letGo.settle()
  report.letGo = used
  // Walked from a later seal on, the acts that vouch for earlier months were not seen: what came before is believed.
  for (const { log, month, rows } of from > 1 ? [] : unsealed) report.add('let-go-unsealed', `${log} ${month}`, rows)
  for (const { log, month, rows } of early) report.add('let-go-early', `${log} ${month}`, rows)
  if (strange > 0) report.add('let-go-unsealed', null, strange)
}

async function checkRows(rows: RowsUntil, seal: Seal, sources: Sources, report: Report): Promise<void> {
  const { number, from, until, logs } = seal.body
  const tallies = new Map<string, Tally>()
  const tallyOf = (log: string): Tally => {
    const tally = tallies.get(log) ?? new Tally(sources.letGo.goneOf(seal.body, log))
    tallies.set(log, tally)
    return tally
  }
  await rows(until, (log, row) => {
    if (row.act < from) {
      report.add('row-uncovered', `${log} ${row.at.toISOString()}`)
      return
    }
    tallyOf(log).add(row.line)
    sources.letGo.see(log, row.line, row.at)
    const person = sources.checkPerson(row)
    if (person === 'erased') report.erased++
    if (person === 'changed') report.add('person-changed', `seal ${number} ${log} ${row.at.toISOString()}`)
    sources.onRow?.(row)
  })
  for (const log of new Set([...Object.keys(logs), ...tallies.keys()])) {
    const tally = tallyOf(log)
    const sealed = logs[log] ?? { rows: 0, root: new MerkleTree().root() }
    report.rows[log] = (report.rows[log] ?? 0) + tally.there
    const place = `seal ${number} ${log}`
    // All of it was let go: nothing is left to compare with the root.
    if (tally.gone?.whole && tally.there === 0) continue
    const { size } = tally.whole()
    if (size < sealed.rows) report.add('row-missing', place, sealed.rows - size)
    else if (size > sealed.rows) report.add('row-added', place, size - sealed.rows)
    // The root tells that, not which: one at least.
    else if (tally.whole().root() !== sealed.root) report.add('row-changed', place)
  }
}

/** The rows of one log in one seal, in their places among those that were let go. */
class Tally {
  readonly gone: Gone | null
  readonly #tree = new MerkleTree()
  there = 0
  constructor(gone: Gone | null) {
    this.gone = gone
  }
  #passGone(): void {
    for (let leaf = this.gone?.at.get(this.#tree.size); leaf; leaf = this.gone?.at.get(this.#tree.size)) this.#tree.addHash(leaf)
  }
  add(line: string): void {
    this.#passGone()
    this.#tree.add(line)
    this.there++
  }
  whole(): MerkleTree {
    this.#passGone()
    return this.#tree
  }
}

interface Seals {
  next(): Promise<Seal | null>
}

/** In rising order; what is no seal or stands behind a later one is told and passed over. */
function fileSeals({ file, from }: Sources, report: Report): Seals {
  const lines = file?.[Symbol.asyncIterator]()
  let highest = 0
  return {
    async next() {
      for (;;) {
        const got = await lines?.next()
        if (!got || got.done) return null
        const { line, seal } = got.value
        if (!seal) report.add('line-damaged', `line ${line}`)
        else if (seal.body.number <= highest) report.add('out-of-order', `line ${line}, seal ${seal.body.number}`)
        else {
          highest = seal.body.number
          if (highest >= from) return seal
        }
      }
    },
  }
}

function tableSeals({ table }: Sources): Seals {
  const batches = table?.[Symbol.asyncIterator]()
  let batch: Seal[] = []
  let at = 0
  return {
    async next() {
      if (at === batch.length) {
        const got = await batches?.next()
        if (!got || got.done) return null
        ;[batch, at] = [got.value, 0]
      }
      return batch[at++]!
    },
  }
}
