/** Style sheets and the few scripts: of the desk, of passkeys, of a position, of the map, of the field. The server itself has no build: Node reads its TypeScript as it stands. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Days for which a file that no page of this build names is kept beside it. */
const KEPT_DAYS = 90
const COMPRESSIBLE = /\.(css|m?js|svg)$/

/** `.br` and `.gz` beside every file, for the static server to send as they are. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    const folder = join(dir, 'assets')
    for (const name of readdirSync(folder)) {
      // Older builds' files lie beside this one's, compressed already.
      if (!COMPRESSIBLE.test(name) || existsSync(join(folder, `${name}.gz`))) continue
      const bytes = readFileSync(join(folder, name))
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, best))
      writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    }
  },
})

interface Entry {
  file: string
  css?: string[]
  assets?: string[]
}
const namesOf = (manifest: string): string[] =>
  existsSync(manifest)
    ? Object.values(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Entry>)
        .flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets])
        .map((name) => basename(name))
    : []

/**
 * A server that runs goes on naming the files of the build that it started with, and so do pages that people have open:
 * a new build adds its files and deletes nothing that this build or the one before it names, nor what is younger.
 */
const keepsOlder = (): Plugin => {
  let before: string[] = []
  let manifest = ''
  return {
    name: 'keeps-older',
    apply: 'build',
    configResolved({ root, build }) {
      manifest = join(root, build.outDir, '.vite/manifest.json')
      before = namesOf(manifest)
    },
    closeBundle() {
      const named = new Set([...before, ...namesOf(manifest)])
      const folder = join(dirname(manifest), '../assets')
      for (const name of readdirSync(folder)) {
        const old = Date.now() - statSync(join(folder, name)).mtimeMs > KEPT_DAYS * 86_400_000
        if (old && !named.has(name.replace(/\.(br|gz)$/, ''))) rmSync(join(folder, name))
      }
    },
  }
}

export default defineConfig({
  publicDir: false,
  plugins: [compressed(), keepsOlder()],
  css: { preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } } },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    manifest: true,
    modulePreload: false,
    reportCompressedSize: false,
    // The map's library is one file that is loaded on the page of the map alone.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // How long plugins take is nothing that whoever starts the house could act on.
      checks: { pluginTimings: false },
      input: [
        'src/ui/styles/resident.scss',
        'src/ui/styles/desk.scss',
        'src/ui/desk/keys.ts',
        'src/ui/passkey/island.ts',
        'src/ui/position/island.ts',
        'src/modules/grid/map/island.ts',
        'src/modules/grid/map/draw.ts',
        'src/ui/field/app.ts',
        'src/ui/field/worker.ts',
      ],
    },
  },
})
