// Lets Node run .tsx pages without a build step. Plain .ts is Node's own (type stripping).
// Measured: oxc here reads 60 pages in 61 ms, tsx 113, esbuild 155.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'oxc-transform'

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const file = fileURLToPath(url)
    const out = transformSync(file, readFileSync(file, 'utf8'), { jsx: { runtime: 'automatic', importSource: 'preact' } })
    if (out.errors.length > 0) throw new SyntaxError(`${file}: ${out.errors.map((e) => e.message).join('; ')}`)
    return { format: 'module', source: out.code, shortCircuit: true }
  },
})
