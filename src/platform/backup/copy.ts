/**
 * COPY over `pg`: the only way in and out of a table that streams, keeps every type, and is the same from 17 to 18.
 * `pg` speaks the messages and leaves the streams to others (pg-copy-streams); these two are all that is needed here.
 */
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type pg from 'pg'

/** What `pg` hands to whatever is submitted to it. */
interface Wire {
  stream: Socket
  query(text: string): void
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

const rowsIn = (tag: string): number => Number(/^COPY (\d+)$/.exec(tag)?.[1])

const PIECE = 64 * 1024

class CopyOut extends Readable {
  /** Known at the end. */
  rows = Number.NaN
  readonly #text: string
  #wire: Wire | undefined
  #held = Buffer.allocUnsafe(PIECE)
  #filled = 0
  #over = false

  constructor(text: string) {
    super({ highWaterMark: 4 * PIECE })
    this.#text = text
  }

  submit(wire: Wire): void {
    this.#wire = wire
    wire.query(this.#text)
  }
  /** One row a message, in a buffer that the next packet overwrites: gathered into pieces of our own. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#filled + chunk.length > PIECE) this.#hand()
    if (chunk.length > PIECE) this.#give(Buffer.from(chunk))
    else this.#filled += chunk.copy(this.#held, this.#filled)
  }
  handleCommandComplete({ text }: { text: string }): void {
    this.rows = rowsIn(text)
  }
  handleReadyForQuery(): void {
    if (this.#over) return
    this.#over = true
    this.#hand()
    this.push(null)
  }
  handleError(error: Error): void {
    this.#over = true
    this.destroy(error)
  }
  override _read(): void {
    this.#wire?.stream.resume()
  }
  /** Who stops reading half-way ends the connection: the server notices at its next row. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#over) this.#wire?.stream.destroy()
    done(error)
  }
  #hand(): void {
    if (this.#filled === 0) return
    const full = this.#held.subarray(0, this.#filled)
    this.#held = Buffer.allocUnsafe(PIECE)
    this.#filled = 0
    this.#give(full)
  }
  #give(piece: Buffer): void {
    if (!this.push(piece)) this.#wire?.stream.pause()
  }
}

/** @param statement `copy (…) to stdout …`. Stopping half-way ends the client's connection. */
export function copyOut(client: pg.Client, statement: string): CopyOut {
  const out = new CopyOut(statement)
  client.query(out as unknown as pg.Submittable)
  return out
}

/** Or closed: then the next write says so. */
const drained = (stream: Socket): Promise<void> =>
  new Promise((done) => {
    const go = () => {
      stream.off('drain', go).off('close', go)
      done()
    }
    stream.on('drain', go).on('close', go)
  })

/**
 * Sends `source` as the rows of `copy … from stdin`.
 * @returns rows written. @throws what `source` threw, or PostgreSQL's word on the row that it refused
 */
export function copyIn(client: pg.Client, statement: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = Number.NaN
    let broken: unknown
    let refused = false
    const pump = async (wire: Wire): Promise<void> => {
      try {
        for await (const piece of source) {
          // The server has said no and drops the rest.
          if (refused) return
          wire.sendCopyFromChunk(piece)
          if (wire.stream.writableNeedDrain) await drained(wire.stream)
        }
        wire.endCopyFrom()
      } catch (error) {
        broken = error
        wire.sendCopyFail('the source ended')
      }
    }
    client.query({
      submit: (wire: Wire) => wire.query(statement),
      handleCopyInResponse: (wire: Wire) => void pump(wire),
      handleCommandComplete: ({ text }: { text: string }) => (rows = rowsIn(text)),
      handleReadyForQuery: () => resolve(rows),
      handleError: (error: Error) => {
        refused = true
        reject(broken ?? error)
      },
    } as unknown as pg.Submittable)
  })
}
