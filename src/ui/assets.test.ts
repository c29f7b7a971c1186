import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'vite'
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
    'src/ui/position/island.ts': { file: 'assets/o-1.js' },
    'src/modules/grid/map/island.ts': { file: 'assets/m-1.js', imports: ['_shared.js'] },
    '_shared.js': { file: 'assets/s-1.js', css: ['assets/m-1.css'] },
    'src/modules/grid/map/draw.ts': { file: 'assets/g-1.js' },
    'src/ui/field/app.ts': { file: 'assets/f-1.js' },
    'src/ui/field/worker.ts': { file: 'assets/w-1.js' },
  })
  assert.deepEqual(loadAssets(root), {
    residentCss: '/assets/r-1.css',
    deskCss: '/assets/d-1.css',
    deskJs: '/assets/k-1.js',
    passkeyJs: '/assets/p-1.js',
    positionJs: '/assets/o-1.js',
    mapJs: '/assets/m-1.js',
    mapCss: '/assets/m-1.css',
    drawJs: '/assets/g-1.js',
    fieldJs: '/assets/f-1.js',
    fieldWorkerJs: '/assets/w-1.js',
  })
})

test('a new build takes no file from a server that runs on the one before it', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'assets-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const folder of [
    'src/ui/styles',
    'src/ui/desk',
    'src/ui/passkey',
    'src/ui/position',
    'src/ui/field',
    'src/modules/grid/map',
    'node_modules',
  ])
    mkdirSync(join(root, folder), { recursive: true })
  const builds = async (colour: string) => {
    for (const name of ['resident', 'desk'])
      writeFileSync(join(root, `src/ui/styles/${name}.scss`), `.${name} { color: ${colour}; }\n`)
    for (const script of ['desk/keys', 'passkey/island', 'position/island', 'field/app', 'field/worker'])
      writeFileSync(join(root, `src/ui/${script}.ts`), `document.title = '${script} ${colour}'\n`)
    writeFileSync(join(root, 'src/modules/grid/map/map.css'), `.map { color: ${colour}; }\n`)
    writeFileSync(join(root, 'src/modules/grid/map/island.ts'), `import './map.css'\ndocument.title = 'map ${colour}'\n`)
    writeFileSync(join(root, 'src/modules/grid/map/draw.ts'), `import './map.css'\ndocument.title = 'draw ${colour}'\n`)
    await build({ root, configFile: join(import.meta.dirname, '../../vite.config.ts'), logLevel: 'silent' })
    return Object.values(loadAssets(root)).map((href) => join(root, 'dist', href))
  }
  const are = (files: readonly string[]) => files.map((file) => [existsSync(file), existsSync(`${file}.br`)])
  const old = (files: readonly string[]) => {
    const long = new Date(Date.now() - 100 * 86_400_000)
    for (const file of files) for (const ending of ['', '.br', '.gz']) utimesSync(file + ending, long, long)
  }

  const first = await builds('red')
  const all = (there: boolean) => first.map(() => [there, there])
  old(first)
  const second = await builds('green')
  assert.equal(new Set([...first, ...second]).size, 2 * first.length, 'each content has its own name')
  assert.deepEqual(are(first), all(true), 'however old: the server that runs may have started with it')
  const third = await builds('blue')
  assert.deepEqual(are(first), all(false), 'a hundred days old, and two builds back')
  assert.deepEqual(are([...second, ...third]), [...all(true), ...all(true)])
})
