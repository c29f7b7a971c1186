/** What was acknowledged to a client, written to the disk before the client goes on: nothing else may be asked of the product. */
import { appendFileSync, readFileSync } from 'node:fs'

export interface Entry {
  /** Idempotency key of the act. */
  key: string
  operation: string
  /** Phone or username. */
  who: string
  /** As it was answered: ids, numbers and codes. */
  answer: Record<string, unknown>
}

export const note = (file: string, entry: Entry): void =>
  appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true } as object)

export const readLedger = (file: string): Entry[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry)
