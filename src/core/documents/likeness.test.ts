import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { ALIKE_WITHIN, likenessOf } from './likeness.ts'

/** A street, drawn: sky, road, houses; another seed is another street. */
function street(seed: number): Promise<Buffer> {
  let at = seed * 7919
  const next = (most: number) => {
    at = (at * 1664525 + 1013904223) % 2 ** 32
    return Math.floor((at / 2 ** 32) * most)
  }
  const grey = (from: number, to: number) =>
    `rgb(${Array(3)
      .fill(from + next(to - from))
      .join()})`
  const road = 60 + next(25)
  const houses = Array.from({ length: 3 + next(4) }, () => {
    const tall = 10 + next(50)
    return `<rect x="${next(90)}%" y="${road - tall}%" width="${8 + next(30)}%" height="${tall}%" fill="${grey(40, 200)}"/>`
  })
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="100%" height="100%" fill="${grey(150, 230)}"/>
      <rect y="${road}%" width="100%" height="50%" fill="${grey(60, 120)}"/>${houses.join('')}
      <ellipse cx="${next(100)}%" cy="${road + next(30)}%" rx="9%" ry="6%" fill="${grey(0, 255)}"/></svg>`),
  )
    .jpeg({ quality: 92 })
    .toBuffer()
}
const apart = (a: string, b: string) => [...a].filter((bit, n) => bit !== b[n]).length
const noise = (most: number, seed = 1) => {
  let at = seed
  const bytes = Buffer.alloc(640 * 480 * 3)
  for (let n = 0; n < bytes.length; n++) {
    at = (at * 1664525 + 1013904223) % 2 ** 32
    bytes[n] = 8 + Math.floor((at / 2 ** 32) * most)
  }
  return sharp(bytes, { raw: { width: 640, height: 480, channels: 3 } })
}

test('saved anew, smaller, in another format or a little brighter it looks the same', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const photo = await street(seed)
    const own = (await likenessOf(photo))!
    const anew: [string, Promise<Buffer>][] = [
      ['quality 40', sharp(photo).jpeg({ quality: 40 }).toBuffer()],
      ['quality 15', sharp(photo).jpeg({ quality: 15 }).toBuffer()],
      ['half as wide', sharp(photo).resize({ width: 400 }).jpeg({ quality: 70 }).toBuffer()],
      ['a fifth as wide', sharp(photo).resize({ width: 160 }).jpeg({ quality: 60 }).toBuffer()],
      ['WebP', sharp(photo).webp({ quality: 60 }).toBuffer()],
      ['brighter', sharp(photo).modulate({ brightness: 1.1 }).jpeg().toBuffer()],
    ]
    for (const [how, bytes] of anew) {
      const n = apart(own, (await likenessOf(await bytes))!)
      assert.ok(n <= ALIKE_WITHIN, `street ${seed}, ${how}: ${n} bits`)
    }
  }
})

test('different streets do not look alike', async () => {
  const all = await Promise.all(Array.from({ length: 40 }, async (_, n) => (await likenessOf(await street(n + 10)))!))
  for (const [n, one] of all.entries())
    for (const other of all.slice(0, n)) assert.ok(apart(one, other) > ALIKE_WITHIN, `${apart(one, other)} bits`)
})

test('a picture with nothing in it looks like none: black, white, grey, a dark sensor', async () => {
  for (const background of ['#000', '#fff', '#808080', '#335577'])
    assert.equal(
      await likenessOf(
        await sharp({ create: { width: 640, height: 480, channels: 3, background } })
          .jpeg()
          .toBuffer(),
      ),
      null,
      background,
    )
  for (const most of [4, 12, 30]) assert.equal(await likenessOf(await noise(most).jpeg().toBuffer()), null, `noise of ${most}`)
})

test('what is missed is known: cut by a tenth on each side, or turned', async () => {
  const photo = await street(3)
  const own = (await likenessOf(photo))!
  const cut = await sharp(photo).extract({ left: 80, top: 60, width: 640, height: 480 }).jpeg().toBuffer()
  const turned = await sharp(photo).rotate(90).jpeg().toBuffer()
  for (const bytes of [cut, turned]) assert.ok(apart(own, (await likenessOf(bytes))!) > ALIKE_WITHIN)
})
