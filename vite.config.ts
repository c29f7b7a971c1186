/** Style sheets, the desk's script and that of passkeys. The server itself has no build: Node reads its TypeScript as it stands. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const COMPRESSIBLE = /\.(css|js|svg)$/

/** `.br` and `.gz` beside every file, for the static server to send as they are. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    const folder = join(dir, 'assets')
    for (const name of readdirSync(folder)) {
      if (!COMPRESSIBLE.test(name)) continue
      const bytes = readFileSync(join(folder, name))
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, best))
      writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    }
  },
})

export default defineConfig({
  publicDir: false,
  plugins: [compressed()],
  css: { preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: { input: ['src/ui/styles/resident.scss', 'src/ui/styles/desk.scss', 'src/ui/desk/keys.ts', 'src/ui/passkey/island.ts'] },
  },
})
