/** Keeps the good pictures of the journeys (`npm test -- test/journeys` takes them) as docs/images: small, and one composed. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const root = join(import.meta.dirname, '..')
const from = join(root, 'test-results/pictures')
const to = join(root, 'docs/images')
const MOST_BYTES = 150 * 1024
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 860 }

/** File → picture of a journey; a page taller than its frame is cut at the bottom. */
const kept: Readonly<Record<string, readonly [string, { width: number; height: number }]>> = {
  'resident-home': ['resident-home', PHONE],
  'resident-guide': ['resident-guide', PHONE],
  'resident-case': ['resident-case', PHONE],
  'resident-elder': ['elder-home-zh', PHONE],
  around: ['around-phone', PHONE],
  'report-follow': ['follow-word', PHONE],
  report: ['report-what', PHONE],
  'around-map': ['around-map', DESK],
  'desk-work-list': ['desk-work-list-window', DESK],
  'desk-case': ['desk-case', DESK],
  'desk-figures': ['desk-figures', DESK],
}

/** In its frame, at the resolution of the frame. */
async function framed(picture: string, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const { data, info } = await sharp(join(from, `${picture}.png`))
    .resize({ width })
    .png()
    .toBuffer({ resolveWithObject: true })
  return sharp(data)
    .extract({ left: 0, top: 0, width, height: Math.min(height, info.height) })
    .png()
    .toBuffer()
}

/** As few colours as it takes to stay below the limit. */
async function keep(name: string, picture: Buffer): Promise<void> {
  for (const colours of [256, 128, 64, 32]) {
    const small = await sharp(picture).png({ palette: true, colours, compressionLevel: 9, effort: 10 }).toBuffer()
    if (small.length > MOST_BYTES) continue
    await sharp(small)
      .png({ palette: true, colours, compressionLevel: 9, effort: 10 })
      .toFile(join(to, `${name}.png`))
    process.stdout.write(`docs/images/${name}.png ${Math.round(small.length / 1024)} KB\n`)
    return
  }
  throw new Error(`${name} is over ${MOST_BYTES / 1024} KB with 32 colours: frame less of it`)
}

/** Rounded, with a hairline, for a picture that stands on a ground. */
async function card(picture: Buffer, width: number, height: number, radius: number): Promise<Buffer> {
  const shape = (attributes: string) =>
    Buffer.from(
      `<svg width="${width}" height="${height}"><rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="${radius}" ${attributes}/></svg>`,
    )
  return sharp(await sharp(picture).resize({ width, height, fit: 'cover', position: 'top' }).png().toBuffer())
    .composite([
      { input: shape('fill="#fff"'), blend: 'dest-in' },
      { input: shape('fill="none" stroke="#d8ccbd" stroke-width="1"') },
    ])
    .png()
    .toBuffer()
}

/** A resident's phone beside an officer's desk. */
async function overview(): Promise<Buffer> {
  const phone = await card(await framed('resident-home', PHONE), 300, 649, 18)
  const desk = await card(await framed('desk-case', DESK), 966, 649, 10)
  return sharp({ create: { width: 1400, height: 733, channels: 3, background: '#f1e8da' } })
    .composite([
      { input: phone, left: 44, top: 42 },
      { input: desk, left: 390, top: 42 },
    ])
    .png()
    .toBuffer()
}

/** The first page of the decision, where the machine has poppler; the picture that is kept stays otherwise. */
async function decision(): Promise<void> {
  const paper = join(from, 'decision')
  if (!existsSync(`${paper}.pdf`)) return
  try {
    execFileSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-l', '1', '-singlefile', `${paper}.pdf`, paper])
  } catch {
    process.stdout.write('no pdftoppm (poppler-utils): docs/images/decision.png stays as it is\n')
    return
  }
  await keep('decision', await sharp(`${paper}.png`).png().toBuffer())
  rmSync(`${paper}.png`)
}

mkdirSync(to, { recursive: true })
await keep('overview', await overview())
for (const [name, [picture, frame]] of Object.entries(kept)) await keep(name, await framed(picture, frame))
await decision()
