import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { derive, type IntakeLimits, takeAttachment } from './intake.ts'

const limits: IntakeLimits = { maxBytes: 5_000_000, maxPixels: 40_000_000 }
const canvas = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
const refused = (code: string, params = {}) => ({ code, kind: 'invalid', params })

/** Left half red, right half blue. */
const twoHalves = async (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, left: width / 2, top: 0 },
  ])

test('a phone’s photo comes out upright, smaller, and without place or camera', async () => {
  const photo = await (await twoHalves(3000, 1500))
    .withExif({
      IFD0: { Make: 'Testphone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 7/1 45/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 16/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const before = await sharp(photo).metadata()
  assert.ok(before.exif, 'the scene has metadata')
  assert.equal(before.orientation, 6)

  const { mime, extension, derivatives } = await takeAttachment(photo, limits)
  const { shown, preview } = derivatives!
  assert.deepEqual([preview.width, preview.height], [120, 240])
  assert.deepEqual([mime, extension], ['image/jpeg', 'jpg'])
  assert.deepEqual([shown.width, shown.height], [1000, 2000])
  const after = await sharp(shown.bytes).metadata()
  assert.deepEqual(
    [after.exif, after.xmp, after.iptc, after.icc, after.orientation],
    [undefined, undefined, undefined, undefined, undefined],
  )
  assert.equal(shown.bytes.includes('Testphone'), false)
  // Orientation 6 is turned clockwise: the left half is now above.
  const { data, info } = await sharp(shown.bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) =>
    [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)].map((one) => Math.round(one / 255))
  assert.deepEqual(
    [at(500, 100), at(500, 1900)],
    [
      [1, 0, 0],
      [0, 0, 1],
    ],
  )
})

test('GPS that is in the photo is not in its shown copy', async () => {
  const photo = await canvas(64, 64)
    .withExif({ IFD3: { GPSLatitude: '23/1 7/1 45/1', GPSDateStamp: '2026:11:24' } })
    .jpeg()
    .toBuffer()
  assert.ok(photo.includes('2026:11:24'))
  const { shown, preview } = await derive(photo, limits.maxPixels)
  for (const { bytes } of [shown, preview]) {
    assert.equal(bytes.includes('2026:11:24'), false)
    assert.equal(bytes.includes('Exif'), false)
  }
})

test('PNG with transparency and WebP are taken; transparency becomes white', async () => {
  const clear = sharp({ create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
  const { mime, derivatives } = await takeAttachment(await clear.png().toBuffer(), limits)
  assert.equal(mime, 'image/png')
  assert.ok((await sharp(derivatives!.shown.bytes).raw().toBuffer()).every((one) => one > 250))
  assert.equal((await takeAttachment(await canvas(30, 20).webp().toBuffer(), limits)).extension, 'webp')
})

test('a small photo is not blown up', async () => {
  const { shown, preview } = await derive(await canvas(200, 100).png().toBuffer(), limits.maxPixels)
  for (const { width, height } of [shown, preview]) assert.deepEqual([width, height], [200, 100])
})

test('a signed image gets no copy; a damaged one is refused all the same', async () => {
  const image = await (await twoHalves(800, 800)).png().toBuffer()
  assert.deepEqual(await takeAttachment(image, limits, { signed: true }), { mime: 'image/png', extension: 'png' })
  await assert.rejects(
    takeAttachment(image.subarray(0, image.length / 2), limits, { signed: true }),
    refused('attachment.image_corrupt'),
  )
})

test('images cut off half way are refused, of every kind', async () => {
  for (const kind of ['jpeg', 'png', 'webp'] as const) {
    const noise = sharp({
      create: { width: 600, height: 600, channels: 3, background: 'gray', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
    const whole = await noise.toFormat(kind).toBuffer()
    await assert.rejects(takeAttachment(whole.subarray(0, whole.length * 0.6), limits), refused('attachment.image_corrupt'), kind)
  }
})

test('an image bomb is refused before it is unpacked', async () => {
  const bomb = await canvas(9000, 9000).png({ compressionLevel: 9 }).toBuffer()
  assert.ok(bomb.length < 1_000_000)
  await assert.rejects(takeAttachment(bomb, limits), refused('attachment.image_too_many_pixels', { megapixels: 40 }))
})

test('a moving picture is refused', async () => {
  const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 0), Buffer.alloc(20 * 20 * 3, 255)])
  const moving = sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
  await assert.rejects(
    takeAttachment(
      await moving
        .clone()
        .webp({ loop: 0, delay: [100, 100] })
        .toBuffer(),
      limits,
    ),
    refused('attachment.image_animated'),
  )
  await assert.rejects(takeAttachment(await moving.clone().gif().toBuffer(), limits), refused('attachment.image_animated'))
})

test('printing colours, sixteen bits a colour and a phone’s own colour space come out as any screen shows them', async () => {
  const printed = await canvas(80, 60).toColourspace('cmyk').jpeg().toBuffer()
  assert.equal((await sharp(printed).metadata()).space, 'cmyk')
  const deep = await canvas(80, 60).toColourspace('rgb16').png().toBuffer()
  assert.equal((await sharp(deep).metadata()).depth, 'ushort')
  const wide = await canvas(80, 60).withIccProfile('p3').jpeg().toBuffer()
  assert.ok((await sharp(wide).metadata()).icc)
  const grey = await canvas(80, 60).greyscale().png().toBuffer()
  for (const [what, bytes] of Object.entries({ printed, deep, wide, grey })) {
    const { shown, preview } = (await takeAttachment(bytes, limits)).derivatives!
    for (const picture of [shown, preview]) {
      const { space, depth, icc, format } = await sharp(picture.bytes).metadata()
      assert.deepEqual([space === 'srgb' || what === 'grey', depth, icc, format], [true, 'uchar', undefined, 'jpeg'], what)
    }
    const [r, g, b] = (await sharp(shown.bytes).stats()).channels.map((c) => c.mean) as [number, number, number]
    // #3366aa, whatever way it took.
    if (what !== 'grey')
      for (const [is, was] of [
        [r, 0x33],
        [g, 0x66],
        [b, 0xaa],
      ] as const)
        assert.ok(Math.abs(is - was) < 40, `${what}: ${is} for ${was}`)
  }
})

test('what is also something else loses that in what is shown', async () => {
  const tail = '<script>alert(1)</script>PK\u0003\u0004%PDF-1.7'
  for (const kind of ['jpeg', 'png', 'webp'] as const) {
    const both = Buffer.concat([await canvas(64, 64).toFormat(kind).toBuffer(), Buffer.from(tail)])
    const { mime, derivatives } = await takeAttachment(both, limits)
    assert.equal(mime, `image/${kind}`)
    for (const { bytes } of [derivatives!.shown, derivatives!.preview])
      assert.equal(bytes.includes('script') || bytes.includes('PDF'), false)
  }
  // The other way round it is what it begins as.
  await assert.rejects(
    takeAttachment(Buffer.concat([Buffer.from('<html>'), await canvas(9, 9).png().toBuffer()]), limits),
    refused('attachment.type_unsupported'),
  )
})

test('one long line, and sides that are not so', async () => {
  const line = await sharp({ create: { width: 16_000, height: 1, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const { shown, preview } = (await takeAttachment(line, limits)).derivatives!
  assert.deepEqual([shown.width, shown.height, preview.height], [2000, 1, 1])
  const claimed = Buffer.from(line)
  claimed.writeUInt32BE(0, 16) // width in the header of a PNG
  await assert.rejects(takeAttachment(claimed, limits), refused('attachment.image_corrupt'))
  claimed.writeUInt32BE(2_000_000_000, 16)
  await assert.rejects(takeAttachment(claimed, limits), { kind: 'invalid' })
})

test('HEIC says what to do on the phone', async () => {
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic'),
    Buffer.alloc(4),
    Buffer.from('mif1heic'),
    Buffer.alloc(100),
  ])
  await assert.rejects(takeAttachment(heic, limits), refused('attachment.heic'))
  await assert.rejects(takeAttachment(await canvas(16, 16).avif().toBuffer(), limits), refused('attachment.heic'))
})

test('what it is named does not matter: programs, pages, text and nothing are refused', async () => {
  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const bytes of ['MZ\u0090\u0000program', '<html><script>alert(1)</script>', svg, 'PK\u0003\u0004 zip', '%!PS-Adobe']) {
    await assert.rejects(takeAttachment(Buffer.from(bytes), limits), refused('attachment.type_unsupported'))
  }
  await assert.rejects(takeAttachment(Buffer.alloc(0), limits), refused('attachment.empty'))
})

test('too large is refused with the limit', async () => {
  const photo = await canvas(100, 100).png().toBuffer()
  await assert.rejects(
    takeAttachment(photo, { ...limits, maxBytes: 100 }),
    refused('file.too_large', { limit: 100, megabytes: 0 }),
  )
})

test('a PDF is taken as it is; one that is cut off, or only begins like one, is refused', async () => {
  const document = new PDFDocument()
  document.text('contract')
  document.end()
  const pdf = await buffer(document)
  assert.deepEqual(await takeAttachment(pdf, limits), { mime: 'application/pdf', extension: 'pdf' })
  assert.deepEqual(await takeAttachment(Buffer.concat([pdf, Buffer.from('\n\n')]), limits), {
    mime: 'application/pdf',
    extension: 'pdf',
  })
  const broken = [
    pdf.subarray(0, pdf.length - 200),
    Buffer.from('%PDF-1.7\n<script>'),
    Buffer.from('%PDF-1.7\nstartxref\n9\n%%EOF'),
    Buffer.from(`%PDF-1.7\nstartxref\n99999\n%%EOF`),
  ]
  for (const bytes of broken) await assert.rejects(takeAttachment(bytes, limits), refused('attachment.pdf_corrupt'))
})
