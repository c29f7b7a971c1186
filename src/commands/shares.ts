/** `keys shares` and `keys restore`: the ring on three sheets of paper, and back from two of them. */
import { createWriteStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import PDFDocument from 'pdfkit'
import { loadFonts, qrShape } from '../core/documents/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { PURPOSES, writeRing } from '../platform/crypto/keys.ts'
import { linesOfShare, readLine } from '../platform/crypto/share-text.ts'
import { lengthOf, NEEDED, ringOf, setOf, sharesOf } from '../platform/crypto/shares.ts'
import { LANGS, loadWords } from '../platform/words.ts'
import { say, warn } from './console.ts'
import { withKeys } from './keys.ts'
import { longWork } from './long-work.ts'
import { recordAtConsole } from './record.ts'

const MARGIN = 50
const WIDE = 495
const QR_SIDE = 190
/** Of the largest QR code that can lose a quarter of itself; a longer share is typed. */
const MOST_SIGNS = 2331

/** One PDF a share, in a folder of its own. They are as secret as two of them together: to be printed and deleted. */
export const printShares = (config: Config, root: string, folder: string): Promise<void> =>
  longWork('The printing', folder, () =>
    withKeys(config, 'keys shares', async ({ keys, client }) => {
      const dir = resolve(folder)
      await mkdir(dir, { recursive: true, mode: 0o700 })
      if ((await readdir(dir)).length > 0) throw new StartRefused(`${dir} is not empty. Give a new folder.`)
      const now = new Date()
      await recordAtConsole(client, 'console.keys-shares', now)
      const shares = await sharesOf(keys)
      const count = PURPOSES.reduce((sum, purpose) => sum + keys[purpose].all.length, 0)
      for (const [at, share] of shares.entries())
        await writeSheet(join(dir, `share-${at + 1}.pdf`), root, share, {
          number: at + 1,
          keys: count,
          date: now.toISOString().slice(0, 10),
        })
      say(`${dir}: share-1.pdf to share-3.pdf, set ${setOf(shares[0]!)}. Any ${NEEDED} bring the keys back.`)
      say(
        'Print each for another person, on a printer that keeps no copy, and then delete the folder. Shares of before do not hold newer keys: destroy them.',
      )
    }),
  )

async function writeSheet(
  path: string,
  root: string,
  share: Buffer,
  about: { number: number; keys: number; date: string },
): Promise<void> {
  const words = loadWords(root)
  const fonts = await loadFonts()
  const lines = linesOfShare(share)
  const sheet = new PDFDocument({ size: 'A4', margin: MARGIN, info: { Title: `share ${about.number}` } })
  const params = { ...about, set: setOf(share) }
  sheet.font(fonts.bold).fontSize(18)
  for (const lang of LANGS) sheet.text(words.in(lang)('shares.title', params))
  sheet.font(fonts.regular).fontSize(10)
  for (const key of ['set', 'what', 'keep', 'how'])
    for (const lang of LANGS) sheet.moveDown(0.25).text(words.in(lang)(`shares.${key}`, params), { width: WIDE })
  sheet.moveDown(1)
  const text = lines.join('\n')
  if (text.length <= MOST_SIGNS) {
    // Beside the lines: however many they are, none comes to lie under it.
    const { size, path: dark } = qrShape(text)
    sheet
      .save()
      .translate(MARGIN + WIDE - QR_SIDE, sheet.y)
      .scale(QR_SIDE / size)
      .path(dark)
      .fill('#000')
      .restore()
  }
  sheet.font('Courier-Bold').fontSize(12.5).fillColor('#000')
  for (const line of lines) sheet.text(line, { lineGap: 4 })
  sheet.end()
  await pipeline(sheet, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

/** Asks for two shares, line by line. Nothing is written before both are whole and belong together. */
export async function restoreKeys(config: Config): Promise<void> {
  const folder = resolve(config.keysDir)
  const ask = asker()
  try {
    const shares: Buffer[] = []
    while (shares.length < NEEDED) shares.push(await readShare(ask, shares.length + 1))
    await longWork('The restore', folder, async () => {
      const count = await writeRing(folder, await ringOf(shares[0]!, shares[1]!), new Date())
      say(`${count} keys are back in ${folder}. Now: npm start. Print new shares when somebody has seen these: keys shares`)
    })
  } finally {
    ask.close()
  }
}

interface Asker {
  (question: string): Promise<string>
  close(): void
}

/** Lines may come faster than they are asked for, from a scanner or a file. */
function asker(): Asker {
  const lines = createInterface({ input: process.stdin, terminal: false })
  const each = lines[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question)
    const { value, done } = await each.next()
    if (done) throw new StartRefused('\nThe input ended before two shares were whole. Nothing was written.')
    return value
  }
  return Object.assign(ask, { close: () => lines.close() })
}

async function readShare(ask: Asker, which: number): Promise<Buffer> {
  warn(`Share ${which} of the ${NEEDED} that are needed, any of the three:`)
  let share = Buffer.alloc(0)
  for (let number = 1; number === 1 || share.length < lengthOf(share); ) {
    const typed = await ask(`  line ${String(number).padStart(2, '0')}: `)
    if (typed.trim() === '') continue
    const bytes = readLine(typed, number)
    if (!bytes || (number === 1 && lengthOf(bytes) === 0)) {
      warn('    Not what was printed, or another line. Look at it again and type the whole line.')
      continue
    }
    share = Buffer.concat([share, bytes])
    number++
  }
  return share
}
