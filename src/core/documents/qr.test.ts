import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from 'qrcode'
import { qrShape, qrSvg } from './qr.ts'

const address = 'http://127.0.0.1:3000/v/0b1f4a6e-9a53-4f37-9f0a-2f6f0c7f3d11'

/** Draws the path back into modules. */
function modulesOf(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let at = 0; at < Number(width); at++) grid[Number(y)]![Number(x) + at] = true
  }
  return grid
}

test('the drawn code is the code, module by module, in a white zone of four', () => {
  const { size, path, quiet } = qrShape(address)
  const { modules } = create(address, { errorCorrectionLevel: 'M' })
  assert.equal(quiet, 4)
  assert.equal(size, modules.size + 8)
  const drawn = modulesOf(path, size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const r: number = row - quiet
      const c: number = column - quiet
      const inside = r >= 0 && c >= 0 && r < modules.size && c < modules.size
      assert.equal(drawn[row]![column], inside && Boolean(modules.get(r, c)), `${row}, ${column}`)
    }
  }
  assert.equal(path.replace(/M\d+ \d+h\d+v1h-\d+z/g, ''), '')
})

test('on a page it has a name, no style attribute and no way out of its label', () => {
  const svg = qrSvg(address, '扫码核验 "><script>alert(1)</script>')
  assert.doesNotMatch(svg, /style|<script/)
  assert.match(svg, /^<svg [^>]*role="img" aria-label="扫码核验 &quot;&gt;&lt;script/)
})
