/** What the log knows of people: nothing, at its most talkative. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { castOf } from '../../src/demo/index.ts'
import { createLogger, loggedError } from '../../src/platform/log.ts'
import { Browser, live, signInClerk, signInResident } from '../chaos/household.ts'
import { readLedger } from '../chaos/ledger.ts'
import { openStreet } from '../harness/street.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaifong-logs-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a day of work at level trace leaves no name, phone, number, address, code or token in the log', async (t) => {
  const lines: string[] = []
  const street = await openStreet(createLogger('trace', { write: (line: string) => void lines.push(line) }))
  t.after(() => street.close())
  const { residents, officers, password } = castOf(join(import.meta.dirname, '../../packs/guangzhou'))
  const phone = residents[0]!.phone
  const resident = await signInResident(street.url, phone)
  const clerk = await signInClerk(street.url, 'window', password)
  const ledger = join(folder, 'ledger')
  writeFileSync(ledger, '')
  let over = false
  await live({
    phone,
    resident,
    clerk,
    ledger,
    isOver: () => over,
    wrote: () => {
      over = readLedger(ledger).filter((entry) => entry.operation === 'cases.withdraw').length > 0
    },
  })

  // What goes wrong talks most: wrong codes and passwords, searches, broken bodies, words where an id belongs.
  const stranger = new Browser(street.url)
  const typed = { idNumber: '999999194611300021', words: '陈秀英的银行卡', token: 'Zm9vYmFyLXRva2Vu', wrong: 'wrong horse 4711' }
  await stranger.send('/sign-in', '/sign-in', { phone: residents[1]!.phone })
  await stranger.send('/sign-in/code', '/sign-in/code', { code: '031415' })
  const seen = [
    await stranger.until('GET', `/search?q=${encodeURIComponent(typed.words)}`),
    await stranger.until('GET', `/desk/first?token=${typed.token}`),
    await stranger.until('POST', '/api/v1/drafts', `{"phone":"${phone}`, { 'content-type': 'application/json' }),
    await resident.until('GET', `/api/v1/me/cases/${'0'.repeat(36)}`),
    await clerk.until('GET', `/desk/window?number=${typed.idNumber}`),
  ]
  assert.ok(seen.every((one) => one.status > 0))
  const failed = await stranger.until(
    'POST',
    '/desk/sign-in',
    new URLSearchParams({ ...(await stranger.form('/desk/sign-in')), username: 'window', password: typed.wrong }),
  )
  assert.notEqual(failed.location, '/desk')

  // Where the server itself listens is nobody's address.
  const all = lines.filter((line) => !line.includes('Server listening')).join('')
  assert.ok(lines.length > 40, `${lines.length} lines prove little`)
  assert.ok(all.includes('"path":"/sign-in/code"') && all.includes('"path":"/desk/first"'))
  const secrets = [
    ...residents.flatMap((one) => [one.name, one.phone]),
    ...officers.map((one) => one.name),
    ...[resident, clerk, stranger].flatMap((one) => one.secrets()),
    ...Object.values(typed),
    encodeURIComponent(typed.words),
    password,
    '6222021111111111112',
    '先不办了',
    '031415',
    'photo.jpg',
    '示例',
    '127.0.0.1',
  ]
  assert.ok(secrets.length > 30)
  for (const secret of secrets)
    assert.ok(!all.includes(secret), `${secret} stands in: ${lines.find((line) => line.includes(secret))}`)
})

test('an error of the database is logged without the value that it quotes', () => {
  const told = Object.assign(new Error('invalid input syntax for type uuid: "陈秀英"'), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'Key (phone)=(10000000001)',
  })
  const logged = JSON.stringify(loggedError(told))
  assert.doesNotMatch(logged, /陈秀英|10000000001/)
  assert.match(logged, /22P02.*logs\.test\.ts/)
})
