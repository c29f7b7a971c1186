import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanFileName } from './file-name.ts'

const jpg = { extension: 'jpg', fallback: 'photo' }
const cases: [what: string, given: string, shown: string][] = [
  ['readable Chinese stays', '户口簿 首页（陈润芳）.JPG', '户口簿 首页（陈润芳）.jpg'],
  ['a rare name stays', '𫖯䶮的身份证.jpeg', '𫖯䶮的身份证.jpg'],
  ['the extension follows the content', 'IMG_2041.HEIC', 'IMG_2041.jpg'],
  ['a double extension goes', '发票.pdf.exe', '发票.jpg'],
  ['a date with dots stays', '2026.11.24 收据', '2026.11.24 收据.jpg'],
  ['a script', '<script>alert("x")</script>.jpg', 'script.jpg'],
  ['an attribute', 'x" onerror="alert(1)', 'x onerroralert(1).jpg'],
  ['a path', '../../etc/passwd', 'passwd.jpg'],
  ['a Windows path', 'C:\\Users\\chen\\证明.png', '证明.jpg'],
  ['a path that ends in a slash', '照片/', '照片.jpg'],
  ['controls and line breaks', '证\u0000明\r\nSet-Cookie: a=b', '证明Set-Cookie ab.jpg'],
  ['written backwards', 'photo\u202egpj.exe', 'photogpj.jpg'],
  ['zero width', '身\u200b份\ufeff证\u2060.png', '身份证.jpg'],
  ['hidden file', '.htaccess', 'htaccess.jpg'],
  ['an option', '--rf', 'rf.jpg'],
  ['a device', 'CON.jpg', '_CON.jpg'],
  ['nothing', '', 'photo.jpg'],
  ['nothing readable', '….\u200b/😀', 'photo.jpg'],
  ['a lost half of a sign', '照片\ud83d.jpg', '照片.jpg'],
]
for (const [what, given, shown] of cases) test(what, () => assert.equal(cleanFileName(given, jpg), shown))

test('a name of a thousand signs is cut between signs, not inside one', () => {
  const cut = cleanFileName('𫖯'.repeat(1000), jpg)
  assert.equal(cut, `${'𫖯'.repeat(60)}.jpg`)
  assert.ok(Buffer.byteLength(cut) < 255)
})

test('whatever is given, the name is safe, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = cleanFileName(given, jpg)
      assert.doesNotMatch(name, /[\p{C}/\\<>:"|?*&]|^[.\s-]|\.\.\/|[.\s]\.jpg$/u)
      assert.match(name, /\.jpg$/)
      assert.ok(name.isWellFormed())
      assert.equal(cleanFileName(name, jpg), name)
    }),
    { numRuns: 2000 },
  )
})
