/** Names of the built style sheets and scripts, from Vite's manifest. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Assets {
  residentCss: string
  deskCss: string
  deskJs: string
  passkeyJs: string
  positionJs: string
  mapJs: string
  mapCss: string
  drawJs: string
  fieldJs: string
  fieldWorkerJs: string
}

const SOURCES: Readonly<Record<Exclude<keyof Assets, 'mapCss'>, string>> = {
  residentCss: 'src/ui/styles/resident.scss',
  deskCss: 'src/ui/styles/desk.scss',
  deskJs: 'src/ui/desk/keys.ts',
  passkeyJs: 'src/ui/passkey/island.ts',
  positionJs: 'src/ui/position/island.ts',
  mapJs: 'src/modules/grid/map/island.ts',
  drawJs: 'src/modules/grid/map/draw.ts',
  fieldJs: 'src/ui/field/app.ts',
  fieldWorkerJs: 'src/ui/field/worker.ts',
}

/** Reads `dist/.vite/manifest.json` under the folder of the program; call it once at start. */
export function loadAssets(rootFolder: string): Assets {
  const file = join(rootFolder, 'dist/.vite/manifest.json')
  let manifest: Record<string, { file: string; css?: string[]; imports?: string[] } | undefined>
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} cannot be read: build the styles first, with node node_modules/vite/bin/vite.js build`, { cause })
  }
  const href = (name: keyof typeof SOURCES, of: 'file' | 'css' = 'file'): string => {
    const entry = manifest[SOURCES[name]]
    if (!entry) throw new Error(`${file} names no ${SOURCES[name]}: build the styles again`)
    // What several scripts share is a file of its own, and its style sheet is named there.
    const styles = [entry, ...(entry.imports ?? []).map((name) => manifest[name])].flatMap((one) => one?.css ?? [])
    return `/${of === 'css' ? (styles[0] ?? '') : entry.file}`
  }
  return {
    residentCss: href('residentCss'),
    deskCss: href('deskCss'),
    deskJs: href('deskJs'),
    passkeyJs: href('passkeyJs'),
    positionJs: href('positionJs'),
    mapJs: href('mapJs'),
    mapCss: href('mapJs', 'css'),
    drawJs: href('drawJs'),
    fieldJs: href('fieldJs'),
    fieldWorkerJs: href('fieldWorkerJs'),
  }
}
