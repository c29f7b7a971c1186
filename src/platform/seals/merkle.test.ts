import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { MerkleTree } from './merkle.ts'

const hash = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.from(
    createHash('sha256')
      .update(Buffer.concat(parts.map((p) => Buffer.from(p as string))))
      .digest(),
  )

/** RFC 6962, section 2.1, word for word. */
function treeHash(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return hash()
  if (leaves.length === 1) return hash(Buffer.from([0]), leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hash(Buffer.from([1]), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}
const rootOf = (leaves: readonly string[]): string => {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

test('the root is that of RFC 6962, for any number of rows', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 70 }), (leaves) => rootOf(leaves) === treeHash(leaves).toString('hex')),
  )
})

test('the first of its published test vectors', () => {
  // The log of certificates tests itself with these: https://github.com/google/certificate-transparency
  assert.equal(rootOf([]), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(rootOf(['']), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
})

test('a row cannot pass for a branch, and order counts', () => {
  const [a, b] = ['a', 'b'].map((leaf) => hash(Buffer.from([0]), leaf))
  assert.notEqual(rootOf(['a', 'b']), rootOf([Buffer.concat([a!, b!]).toString('latin1')]))
  assert.notEqual(rootOf(['a', 'b']), rootOf(['b', 'a']))
})
