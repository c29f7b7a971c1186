import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOfFile } from './text-file.ts'

test('UTF-8 with and without its mark, and what a Chinese spreadsheet writes, read the same', () => {
  const text = '地址,经度\n示例路1号,113.34'
  assert.equal(textOfFile(Buffer.from(text)), text)
  assert.equal(textOfFile(Buffer.from(`\uFEFF${text}`)), text)
  const gbk = Buffer.concat([
    Buffer.from('b5d8d6b72cbead b6c80a'.replaceAll(' ', ''), 'hex'),
    Buffer.from('cabec0fdc2b7', 'hex'),
    Buffer.from('1'),
    Buffer.from('bac5', 'hex'),
    Buffer.from(',113.34'),
  ])
  assert.equal(textOfFile(gbk), text)
  assert.equal(textOfFile(new Uint8Array()), '')
})
