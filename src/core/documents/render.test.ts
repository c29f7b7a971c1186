import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { createCrypto } from '../../platform/crypto/crypto.ts'
import { openKeys } from '../../platform/crypto/keys.ts'
import type { DocumentModel } from './document.ts'
import { missingGlyphs } from './fonts.ts'
import { certificatePem } from './pades.ts'
import { renderDocument } from './render.ts'
import { signDocument, verifyDocument } from './sign.ts'

const model = (more: Partial<DocumentModel> = {}): DocumentModel => ({
  kind: 'decision_refused',
  title: '不予决定书',
  number: '穗示街不准〔2026〕7号',
  issuer: '示例市示例区示例街道办事处',
  addressee: '陈润芳：',
  paragraphs: [
    '您于2026年11月24日提出的“长寿保健金”申请，经审查，不符合规定的条件，决定不予。',
    {
      facts: [
        ['申请人', '陈润芳'],
        ['收件人签名', ''],
      ],
    },
    { list: ['户口在本市。按登记，您的户口不在本市。', '没有重复领取。'] },
  ],
  basis: ['《示例办法》第一条', '《示例法》第三十八条'],
  remedies: ['如不服本决定，可以自收到本文书之日起60日内，向示例区人民政府申请行政复议；也可以在6个月内向示例法院提起行政诉讼。'],
  issuedOn: '2026-11-24',
  dated: '2026年11月24日',
  seal: '示例·无印章',
  verifyUrl: 'http://127.0.0.1:3000/v/0b1f4a6e',
  footer: '以扫码核验的结果为准',
  labels: { scan: '扫码核验', number: '文号', page: '第 {page} 页 共 {pages} 页', basis: '依据：{laws}。', basisJoin: '、' },
  ...more,
})

const folder = await mkdtemp(join(tmpdir(), 'kaifong-sign-'))
after(() => rm(folder, { recursive: true }))
const { pdfSigner } = createCrypto(await openKeys(join(folder, 'pdf')))
const render = (of: DocumentModel) => renderDocument(of, pdfSigner)

async function open(pdf: Buffer) {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const pages = []
  for (let at = 1; at <= document.numPages; at++) {
    const page = await document.getPage(at)
    const { items } = await page.getTextContent()
    pages.push({ text: items.map((item) => ('str' in item ? item.str : '')).join(''), tree: await page.getStructTree(), items })
  }
  const { info } = (await document.getMetadata()) as unknown as { info: Record<string, unknown> }
  return { pages, info, text: pages.map((page) => page.text).join(''), size: (await document.getPage(1)).view }
}

test('the paper says what the model says, as text that can be copied and read aloud', async () => {
  const { pdf, pages } = await render(model())
  const read = await open(pdf)
  assert.equal(pages, 1)
  assert.deepEqual(read.size.map(Math.round), [0, 0, 595, 842])
  const { paragraphs, remedies } = model()
  const sentences = [
    paragraphs[0] as string,
    ...remedies,
    '陈润芳：',
    '示例市示例区示例街道办事处',
    '穗示街不准〔2026〕7号',
    '收件人签名',
  ]
  for (const sentence of [
    ...sentences,
    '依据：《示例办法》第一条、《示例法》第三十八条。',
    '示例·无印章',
    '扫码核验',
    '第 1 页 共 1 页',
  ]) {
    assert.ok(read.text.includes(sentence), `missing: ${sentence}\nin: ${read.text}`)
  }
  const order = ['不予决定书', '陈润芳：', '您于', '申请人', '户口在本市', '依据', '如不服', '2026年11月24日示例']
  const places = order.map((one) => read.text.indexOf(one))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    'reading order',
  )
})

test('it is tagged in the order of reading: heading, paragraphs, table with headers, list, picture with its words', async () => {
  const { pages } = await open((await render(model())).pdf)
  type Node = { role?: string; alt?: string; children?: Node[] }
  const shape = (node: Node): string => {
    const inner = (node.children ?? []).filter((child) => child.role).map(shape)
    return inner.length > 0 ? `${node.role}(${inner.join(' ')})` : node.role!
  }
  const root = (pages[0]!.tree as Node).children![0]!
  assert.equal(
    shape(root),
    'Document(P P H1 P P Table(TR(TH TD) TR(TH TD)) L(LI(LBody) LI(LBody)) P P P P P Figure Caption Caption)',
  )
  assert.equal(root.children!.find((child) => child.role === 'Figure')!.alt, '扫码核验 http://127.0.0.1:3000/v/0b1f4a6e')
})

test('its title names the document and no person; its language is Chinese', async () => {
  const { pdf } = await render(model())
  const { info } = await open(pdf)
  assert.equal(info.Title, '不予决定书 穗示街不准〔2026〕7号')
  assert.equal(info.Author, '示例市示例区示例街道办事处')
  assert.equal(info.CreationDate, 'D:20261123160000Z', 'the beginning of the day of issue, not the moment of printing')
  assert.equal(info.Language, 'zh-CN')
  assert.equal(JSON.stringify(info).includes('陈润芳'), false)
})

test('the same model gives the same bytes', async () => {
  assert.deepEqual((await render(model())).pdf, (await render(model())).pdf)
})

test('the font is there as a part only', async () => {
  const { pdf } = await render(model())
  assert.ok(pdf.length < 100_000, `${pdf.length} bytes`)
})

test('a long one has numbered pages, loses no paragraph and never leaves the signature alone', async () => {
  for (let count = 14; count < 34; count++) {
    const paragraphs = Array.from(
      { length: count },
      (_, at) => `〈${at}〉经核对户籍登记，您的户口于三月迁出本市，现登记在外市，我们已向社区核实，情况属实，特此说明。`,
    )
    const { pdf, pages } = await render(model({ paragraphs }))
    const read = await open(pdf)
    assert.equal(read.pages.length, pages)
    for (const paragraph of paragraphs) assert.ok(read.text.includes(paragraph), paragraph)
    read.pages.forEach(({ text }, at) => {
      assert.ok(text.includes(`第 ${at + 1} 页 共 ${pages} 页`))
    })
    const last = read.pages.at(-1)!.text
    const before = last.slice(0, last.indexOf('示例市示例区示例街道办事处'))
    assert.ok(pages === 1 || before.length > 20, `${count}: the last page begins “${last.slice(0, 30)}”`)
  }
})

test('a value longer than a page goes on in the next row', async () => {
  const value = Array.from({ length: 130 }, (_, at) => `〈${at}〉情况属实，特此说明。`).join('')
  const { pdf, pages } = await render(model({ paragraphs: [{ facts: [['理由', value]] }] }))
  assert.ok(pages >= 2)
  const { text } = await open(pdf)
  for (let at = 0; at < 130; at++) assert.ok(text.includes(`〈${at}〉`), String(at))
})

test('no line of the text ends beyond the edge or begins with a closing mark', async () => {
  const text = '按照规定（见附件），“长寿保健金”由街道发放；Nurmuhammad先生、李女士：请在2026年12月1日前提交《申请表》。'.repeat(
    6,
  )
  const { pages } = await open((await render(model({ paragraphs: [text] }))).pdf)
  const rows = new Map<number, { x: number; end: number; text: string }>()
  for (const item of pages[0]!.items) {
    if (!('str' in item) || item.str === '') continue
    const [x, y] = [item.transform[4] as number, item.transform[5] as number]
    const row = rows.get(y)
    rows.set(y, { x: row?.x ?? x, end: x + item.width, text: (row?.text ?? '') + item.str })
  }
  const body = [...rows.values()].filter((row) => row.text.length > 24)
  assert.ok(body.length > 8)
  for (const row of body) {
    assert.doesNotMatch(row.text, /^[，。；：、）》”]/)
    assert.ok(row.end <= 514.64 + 7.5, `${row.text} ends at ${row.end}`)
  }
})

test('a sign that the font lacks is reported, and never printed as a box', async () => {
  assert.deepEqual(await missingGlyphs('陈润芳 Nurmuhammad·𫖯䶮喆堃'), [])
  assert.deepEqual(await missingGlyphs('𠮷田𪛖𪛖'), ['𠮷', '𪛖'])
  assert.deepEqual(await missingGlyphs('\ud83d'), ['\ufffd'])
  await assert.rejects(render(model({ addressee: '张𪛖：' })), {
    code: 'document.glyph_missing',
    params: { glyphs: '𪛖' },
  })
})

test('rare signs beyond the first plane come back as themselves', async () => {
  const { text } = await open((await render(model({ addressee: '𫖯䶮：' }))).pdf)
  assert.ok(text.includes('𫖯䶮：'))
})

test('a document that was signed is told from one that was changed or signed by another', async () => {
  const [ours, theirs] = [createCrypto(await openKeys(join(folder, 'a'))), createCrypto(await openKeys(join(folder, 'b')))]
  const { pdf } = await render(model())
  const { signature, keyId } = signDocument(pdf, ours)
  assert.equal(keyId, ours.signingKeyId)
  assert.equal(verifyDocument(pdf, signature, ours.publicKeyPem), true)
  assert.equal(verifyDocument(pdf, signature, theirs.publicKeyPem), false)
  assert.equal(verifyDocument(Buffer.concat([pdf, Buffer.from('\n')]), signature, ours.publicKeyPem), false)
  assert.equal(verifyDocument(pdf, randomBytes(64), ours.publicKeyPem), false)
  assert.equal(verifyDocument((await render(model({ remedies: [] }))).pdf, signature, ours.publicKeyPem), false)
})

/** The bytes that the signature is over, and the signature, as PDF readers find them. */
function inside(pdf: Buffer): { covered: Buffer; signature: Buffer } {
  const [, ...ranges] = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1'))!
  const [start, length, next, rest] = ranges.map(Number) as [number, number, number, number]
  assert.deepEqual([start, next + rest], [0, pdf.length], 'everything but the signature is covered')
  return {
    covered: Buffer.concat([pdf.subarray(0, length), pdf.subarray(next)]),
    signature: Buffer.from(pdf.subarray(length + 1, next - 1).toString('latin1'), 'hex'),
  }
}

/** OpenSSL as an outsider runs it; the zeros behind the signature are no part of it. */
async function opensslSays(pdf: Buffer, pem: string): Promise<boolean> {
  const { covered, signature } = inside(pdf)
  const path = (name: string) => join(folder, name)
  await Promise.all([
    writeFile(path('covered'), covered),
    writeFile(path('signature'), signature),
    writeFile(path('certificate'), pem),
  ])
  const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-cades', '-in', path('signature'), '-content', path('covered')]
  const { status, error } = spawnSync('openssl', [
    ...args,
    '-CAfile',
    path('certificate'),
    '-purpose',
    'any',
    '-out',
    path('out'),
  ])
  if (error) throw error
  return status === 0
}

test('a PDF reader checks the paper by itself: the signature stands inside and covers everything else', async () => {
  const { pdf } = await render(model())
  const pem = certificatePem(pdfSigner)
  assert.equal(await opensslSays(pdf, pem), true)
  const other = createCrypto(await openKeys(join(folder, 'other'))).pdfSigner
  assert.equal(await opensslSays(pdf, certificatePem(other)), false, 'another platform did not sign it')
  const changed = Buffer.from(pdf)
  changed[pdf.indexOf('/Title')]! ^= 1
  assert.equal(await opensslSays(changed, pem), false)

  for (const keyId of ['00f1000000000001', '7f00000000000001', 'ff00000000000001']) {
    const numbered = { ...pdfSigner, keyId }
    assert.equal(await opensslSays((await renderDocument(model(), numbered)).pdf, certificatePem(numbered)), true, keyId)
  }

  // Installed by `.ci/run`; the reader of somebody else, where there is one.
  for (const [bytes, says] of [
    [pdf, /Signature is Valid/],
    [changed, /Digest Mismatch|Signature is Invalid/],
  ] as const) {
    await writeFile(join(folder, 'a.pdf'), bytes)
    const { stdout, error } = spawnSync('pdfsig', ['-nocert', join(folder, 'a.pdf')], { encoding: 'utf8' })
    if (!error) assert.match(stdout, says)
    if (!error && bytes === pdf) assert.match(stdout, /ETSI\.CAdES\.detached[\s\S]*Total document signed/)
  }
})

test('it says that it is kept for long: PDF/A-2a, every font inside, one colour space named', async () => {
  const { pdf } = await render(model())
  const text = pdf.toString('latin1')
  assert.match(text, /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</)
  assert.match(text, /\/S \/GTS_PDFA1/)
  assert.match(text, /\/MarkInfo/)
  for (const never of ['/JavaScript', '/Launch', '/EmbeddedFile', '/Encrypt', '/Helvetica', '/LZWDecode'])
    assert.equal(text.includes(never), false, never)
  assert.equal((text.match(/\/FontDescriptor \d/g) ?? []).length, (text.match(/\/FontFile[23] /g) ?? []).length)
})
