/** Letters against a mail server that refuses, hesitates, breaks off, keeps silent and has no TLS. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { type MailServer, openMailServer } from '../../../test/harness/mail-server.ts'
import { type MailProvider, type OutgoingMail, ProviderFault } from './index.ts'
import { readOutbound } from './settings.ts'
import { createSmtp } from './smtp.ts'

const open: { close(): Promise<void> | void }[] = []
after(async () => {
  for (const one of open) await one.close()
})

const mail: OutgoingMail = {
  to: 'chen@example.org',
  subject: '街坊有新消息 · Kaifong has a new message',
  text: '【街坊】您有 1 条新消息\n',
  reference: '0198b0a2-0000-4000-8000-000000000001',
}
type Behaviour = Parameters<typeof openMailServer>[0]

async function serverThat(behaviour: Behaviour = {}, suffix = ''): Promise<{ server: MailServer; smtp: MailProvider }> {
  const server = await openMailServer(behaviour)
  const smtp = providerAt(`${server.url}${suffix}`)
  open.push(server)
  return { server, smtp }
}
function providerAt(url: string, timeoutMs = 400): MailProvider {
  const wrong: { variable: string; problem: string }[] = []
  const { email } = readOutbound({ KAIFONG_SMTP_URL: url, KAIFONG_MAIL_FROM: 'no-reply@street.example.org' }, wrong)
  assert.deepEqual(wrong, [])
  const smtp = createSmtp(email!, { senderName: '街坊', timeoutMs })
  open.push({ close: () => smtp.close?.() })
  return smtp
}
const faultOf = async (
  sent: Promise<unknown>,
): Promise<Pick<ProviderFault, 'code' | 'permanent' | 'nobody' | 'unclear' | 'away'>> => {
  try {
    await sent
  } catch (error) {
    assert.ok(error instanceof ProviderFault, String(error))
    const { code, permanent, nobody, unclear, away } = error
    assert.ok(!/chen@/.test(error.message), 'an address is not in what is logged')
    return { code, permanent, nobody, unclear, away }
  }
  throw new Error('it was taken')
}
const is = (code: string, ...what: ('permanent' | 'nobody' | 'unclear' | 'away')[]) => ({
  code,
  permanent: what.includes('permanent'),
  nobody: what.includes('nobody'),
  unclear: what.includes('unclear'),
  away: what.includes('away'),
})

test('a letter arrives whole, once, with the reference as its Message-ID, and the connection serves the next one', async () => {
  const { server, smtp } = await serverThat()
  for (let n = 1; n <= 3; n++) await smtp.send({ ...mail, reference: `r-${n}` })
  assert.equal(server.connections, 1)
  assert.deepEqual(
    server.received.map((one) => one.messageId),
    ['r-1', 'r-2', 'r-3'].map((r) => `${r}@street.example.org`),
  )
  const [first] = server.received
  assert.deepEqual(first!.to, ['chen@example.org'])
  assert.equal(first!.text.trimEnd(), mail.text.trimEnd().replaceAll('\n', '\r\n'))
  assert.match(first!.raw, /^Auto-Submitted: auto-generated\r$/m)
})

test('ten at once are ten letters, and a connection that the server had closed is no fault', async () => {
  const { server, smtp } = await serverThat({ options: { socketTimeout: 500 } })
  await Promise.all(Array.from({ length: 10 }, (_, n) => smtp.send({ ...mail, reference: `m-${n}` })))
  assert.equal(new Set(server.received.map((one) => one.messageId)).size, 10)
  await new Promise((resolve) => setTimeout(resolve, 800))
  await smtp.send({ ...mail, reference: 'later' })
  assert.equal(server.received.length, 11)
})

test('a recipient that nobody has, one whose box is full, and one that is asked to wait', async () => {
  const answers: Record<string, { code: number; text: string }> = {
    'none@example.org': { code: 550, text: '5.1.1 no such user' },
    'bare@example.org': { code: 550, text: 'no such user here' },
    'full@example.org': { code: 552, text: '5.2.2 mailbox full' },
    'grey@example.org': { code: 450, text: '4.2.0 greylisted, come back' },
  }
  const { server, smtp } = await serverThat({ recipient: (address) => answers[address] ?? null })
  const to = (address: string) => faultOf(smtp.send({ ...mail, to: address }))
  assert.deepEqual(await to('none@example.org'), is('smtp-550', 'permanent', 'nobody'))
  assert.deepEqual(await to('bare@example.org'), is('smtp-550', 'permanent', 'nobody'))
  assert.deepEqual(await to('full@example.org'), is('smtp-552', 'permanent'))
  assert.deepEqual(await to('grey@example.org'), is('smtp-450'))
  await smtp.send(mail)
  assert.equal(server.received.length, 1, 'and the next one is served')
})

test('a letter that is refused after it was read did not arrive; one whose line was cut may have', async () => {
  let end: ReturnType<NonNullable<NonNullable<Behaviour>['letter']>> = { code: 554, text: '5.7.1 spam' }
  const { server, smtp } = await serverThat({ letter: () => end })
  assert.deepEqual(await faultOf(smtp.send(mail)), is('smtp-554', 'permanent'))
  end = { code: 451, text: '4.3.0 try later' }
  assert.deepEqual(await faultOf(smtp.send(mail)), is('smtp-451'))
  end = 'cut early'
  assert.deepEqual(await faultOf(smtp.send(mail)), is('econnection', 'away'), 'it was not asked for yet')
  end = 'cut'
  assert.deepEqual(await faultOf(smtp.send(mail)), is('cut', 'unclear'))
  end = 'silent'
  assert.deepEqual(await faultOf(smtp.send(mail)), is('cut', 'unclear'))
  end = null
  await smtp.send(mail)
  assert.equal(server.received.length, 1)
})

test('a server that is not there, says nothing, or has no TLS gets no letter and no password', async () => {
  const closed = await openMailServer()
  await closed.close()
  assert.deepEqual(await faultOf(providerAt(closed.url).send(mail)), is('esocket', 'away'))
  const mute = createServer()
  const said: string[] = []
  mute.on('connection', (socket) => socket.on('data', (data) => said.push(String(data))).on('error', () => {}))
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  open.push({ close: () => void mute.close() })
  const { port } = mute.address() as { port: number }
  assert.deepEqual(await faultOf(providerAt(`smtp://127.0.0.1:${port}`).send(mail)), is('etimedout', 'away'))

  const { server } = await serverThat()
  // As for a server elsewhere: STARTTLS is demanded before anything is said.
  const strict = createSmtp(
    { host: '127.0.0.1', port: server.port, secure: false, plain: false, login: { user: 'u', pass: 'p' }, from: 'a@b.example' },
    { senderName: '街坊', timeoutMs: 400 },
  )
  const refused = await faultOf(strict.send(mail))
  assert.ok(refused.away && !refused.permanent && !refused.unclear, JSON.stringify(refused))
  assert.equal(server.received.length, 0)
  assert.deepEqual(said, [])
})

test('a certificate that nobody vouches for is refused', async () => {
  const { server } = await serverThat({ options: { disabledCommands: [] } })
  const strict = createSmtp(
    { host: '127.0.0.1', port: server.port, secure: false, plain: false, login: null, from: 'a@b.example' },
    { senderName: '街坊', timeoutMs: 1000 },
  )
  const refused = await faultOf(strict.send(mail))
  assert.ok(refused.away && !refused.permanent && !refused.unclear, JSON.stringify(refused))
  assert.equal(server.received.length, 0)
})

test('a wrong password is the house’s fault and nobody’s address', async () => {
  const { smtp } = await serverThat({
    options: { authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(new Error('no')) },
  })
  const refused = await faultOf(smtp.send(mail))
  assert.ok(refused.away && !refused.permanent, JSON.stringify(refused))
})

test('lines and commas in an address make no header and no second recipient', async () => {
  const { server, smtp } = await serverThat()
  for (const to of [
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org,b@example.org',
    'a@example.org>\r\nRCPT TO:<b@example.org',
  ])
    await smtp.send({ ...mail, to }).catch((error) => assert.ok(error instanceof ProviderFault, String(error)))
  assert.ok(
    server.received.every((one) => one.to.length === 1 && !/^Bcc:/im.test(one.raw) && !one.to.includes('b@example.org')),
    JSON.stringify(server.received.map((one) => one.to)),
  )
})
