import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadAssets } from './assets.ts'

test('names come from the manifest; without one the message says what to run', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'assets-'))
  t.after(() => rmSync(root, { recursive: true }))
  assert.throws(() => loadAssets(root), /build the styles first/)
  mkdirSync(join(root, 'dist/.vite'), { recursive: true })
  const write = (manifest: object) => writeFileSync(join(root, 'dist/.vite/manifest.json'), JSON.stringify(manifest))
  write({ 'src/ui/styles/resident.scss': { file: 'assets/r-1.css' } })
  assert.throws(() => loadAssets(root), /names no src\/ui\/styles\/desk\.scss/)
  write({
    'src/ui/styles/resident.scss': { file: 'assets/r-1.css' },
    'src/ui/styles/desk.scss': { file: 'assets/d-1.css' },
    'src/ui/desk/keys.ts': { file: 'assets/k-1.js' },
    'src/ui/passkey/island.ts': { file: 'assets/p-1.js' },
  })
  assert.deepEqual(loadAssets(root), {
    residentCss: '/assets/r-1.css',
    deskCss: '/assets/d-1.css',
    deskJs: '/assets/k-1.js',
    passkeyJs: '/assets/p-1.js',
  })
})
