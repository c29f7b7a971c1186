/** A mail server of the kind that a street's provider runs: npm smtp-server on loopback, which does what a test says. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  to: string[]
  /** Headers and body as they came. */
  raw: string
  /** Decoded, one line after the other. */
  text: string
  messageId: string
}

export interface MailServer {
  port: number
  url: string
  received: ReceivedMail[]
  /** How many connections were opened. */
  connections: number
  close(): Promise<void>
}

/** @param behaviour an answer for a recipient or for the whole letter, or what happens before and in the middle of it */
export async function openMailServer(
  behaviour: {
    recipient?: (address: string) => { code: number; text: string } | null
    letter?: () => { code: number; text: string } | 'cut early' | 'cut' | 'silent' | null
    /** After it was taken and before the answer: where a process may die. */
    taken?: () => void
    options?: SMTPServerOptions
  } = {},
): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const answer = ({ code, text }: { code: number; text: string }) => Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect(_session, done) {
      self.connections++
      done()
    },
    onRcptTo({ address }, _session, done) {
      const refused = behaviour.recipient?.(address)
      done(refused ? answer(refused) : null)
    },
    onData(stream, session, done) {
      const end = behaviour.letter?.() ?? null
      if (end === 'cut early') return hangUp()
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => (end === 'cut' ? hangUp() : parts.push(part)))
      stream.on('end', () => {
        if (end === 'silent' || end === 'cut') return
        if (end) return done(answer(end))
        const raw = Buffer.concat(parts).toString('latin1')
        received.push({
          to: session.envelope.rcptTo.map((one) => one.address),
          raw,
          text: decoded(raw),
          messageId: /^Message-ID: <([^>]+)>/im.exec(raw)?.[1] ?? '',
        })
        behaviour.taken?.()
        done()
      })
    },
    ...behaviour.options,
  })
  /** As a line that breaks. */
  const hangUp = (): void => {
    for (const connection of server.connections) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
  }
  server.on('error', () => {}) // A client that hangs up is what the test is about.
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  const self: MailServer = {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    connections: 0,
    close: () =>
      new Promise((resolve) => {
        hangUp()
        server.close(() => resolve())
      }),
  }
  return self
}

/** Body of a one-part letter. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return Buffer.from(body, 'latin1').toString('utf8')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
