/** The house's pack as somebody changed it: what reading it finds. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenedFiles, readHousePack } from '../../src/core/matters/index.ts'
import { loadWords } from '../../src/platform/words.ts'

const root = join(import.meta.dirname, '../..')
const words = loadWords(root)
export const housePack = join(root, 'packs/guangzhou')
export const TODAY = '2026-11-24'
/** Most of it stays as it is each time. */
const opened: OpenedFiles = new Map()

export const readHouse = (language: 'zh' | 'en' = 'zh'): ReturnType<typeof readHousePack> =>
  readHousePack(housePack, words, TODAY, language, opened)

/** @param change is told where each file lies in a copy that is gone afterwards */
export function readChanged(
  change: (file: (name: string) => string) => void,
  language: 'zh' | 'en' = 'zh',
): ReturnType<typeof readHousePack> {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-pack-'))
  try {
    cpSync(housePack, folder, { recursive: true })
    change((name) => join(folder, name))
    return readHousePack(folder, words, TODAY, language, opened)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
