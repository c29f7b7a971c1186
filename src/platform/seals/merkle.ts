import { createHash } from 'node:crypto'

const LEAF = Buffer.from([0])
const INNER = Buffer.from([1])
const EMPTY = createHash('sha256').digest()

export const leafHash = (line: string): Buffer => createHash('sha256').update(LEAF).update(line, 'utf8').digest()
const innerHash = (left: Buffer, right: Buffer): Buffer => createHash('sha256').update(INNER).update(left).update(right).digest()

/**
 * The Merkle tree hash of RFC 6962, section 2.1, with SHA-256: a leaf is hashed behind a zero byte and an inner node behind
 * a one, so that no row can pass for a branch. The RFC cuts n leaves at the largest power of two below n; growing whole
 * trees from the left and folding them from the right gives the same root and holds one hash per bit of n.
 */
export class MerkleTree {
  readonly #whole: { hash: Buffer; leaves: number }[] = []
  size = 0

  add(line: string): void {
    this.addHash(leafHash(line))
  }

  /** Of a row that is gone and left its hash. */
  addHash(leaf: Buffer): void {
    let [hash, leaves] = [leaf, 1]
    while (this.#whole.at(-1)?.leaves === leaves) {
      hash = innerHash(this.#whole.pop()!.hash, hash)
      leaves *= 2
    }
    this.#whole.push({ hash, leaves })
    this.size++
  }

  /** In hexadecimal. Of no leaves: the hash of nothing, as the RFC has it. */
  root(): string {
    const last = this.#whole.at(-1)?.hash ?? EMPTY
    return this.#whole
      .slice(0, -1)
      .reduceRight((right, { hash }) => innerHash(hash, right), last)
      .toString('hex')
  }
}
