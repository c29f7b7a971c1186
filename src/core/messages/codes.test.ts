/** A street that is no demo: its residents sign in with codes that its own gateway and mail server carry. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type MailServer, openMailServer } from '../../../test/harness/mail-server.ts'
import { cloneDatabase } from '../../../test/harness/postgres.ts'
import { openSmsGateway, type SmsGateway } from '../../../test/harness/sms-gateway.ts'
import { openNode, type RunningNode } from '../../node.ts'
import { Refusal } from '../../platform/refusal.ts'
import { loadWords } from '../../platform/words.ts'

const root = join(import.meta.dirname, '../../..')
const NOW = new Date('2026-11-24T15:00:00Z')
const PHONE = '13800000000'
let [gateway, mail, node]: [SmsGateway?, MailServer?, RunningNode?] = []
let database: Awaited<ReturnType<typeof cloneDatabase>>
before(async () => {
  database = await cloneDatabase()
  gateway = await openSmsGateway(() => NOW)
  mail = await openMailServer()
  node = await openNode({
    ownerUrl: database.ownerUrl,
    keysDir: join(process.env.KAIFONG_TEST_FOLDER!, 'keys'),
    filesDir: join(process.env.KAIFONG_TEST_FOLDER!, `codes-${process.pid}`),
    publicUrl: 'https://street.example.org',
    rootDir: root,
    words: loadWords(root),
    log: { info() {}, warn() {}, error: console.error },
    logger: false,
    clock: () => NOW,
    jobs: false,
    outbound: {
      sms: { url: gateway.url, secret: gateway.secret },
      email: { host: '127.0.0.1', port: mail.port, secure: false, plain: true, login: null, from: 'no-reply@street.example.org' },
    },
  })
})
after(async () => {
  await node?.close()
  await gateway?.close()
  await mail?.close()
  await database?.drop()
})

test('a resident signs in with a code that went through the gateway, at eleven in the night', async () => {
  const { accounts } = node!.platform.services
  await accounts.requestPhoneCode(PHONE, NOW)
  const sent = gateway!.delivered.at(-1)!
  assert.deepEqual([sent.to, sent.template, Object.keys(sent.params)], [PHONE, 'code', ['code']])
  assert.match(sent.text, new RegExp(`^【街坊】验证码 ${sent.params.code}，10 分钟内有效`))
  const { cookies, accountId } = await accounts.verifyPhoneCode(PHONE, String(sent.params.code), new Headers(), NOW)
  assert.match(cookies[0]!, /^__Host-kaifong/)

  await accounts.requestEmailCode(accountId, 'chen@example.org', NOW)
  const letter = mail!.received.at(-1)!
  assert.match(letter.text, /您的验证码是 \d{6}[\s\S]*Your code is \d{6}/)
  assert.deepEqual(await accounts.proveEmail(accountId, 'chen@example.org', /\d{6}/.exec(letter.text)![0], NOW), { before: null })
})

test('a gateway that is away is said, with what to do instead', async () => {
  gateway!.instead = (_request, response) => void response.writeHead(503).end()
  const { accounts } = node!.platform.services
  await assert.rejects(
    accounts.requestPhoneCode('13900000000', NOW),
    (error) => error instanceof Refusal && error.code === 'account.code_not_sent',
  )
  gateway!.instead = null
})
