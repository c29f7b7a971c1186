/**
 * E-mail by SMTP. nodemailer speaks the protocol and writes the letter; the hand-over is ours, one connection at a time, because
 * whether the server may have taken a letter depends on how far the talk had come, and its own pool does not tell.
 */
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type MailProvider, type OutgoingMail, ProviderFault } from './provider.ts'
import type { MailSettings } from './settings.ts'

export interface SmtpOptions {
  /** Shown beside the sender's address. */
  senderName: string
  /** For a server whose certificate nobody else signed. */
  ca?: string
  timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** Kept open between letters; more are opened while more are on their way. */
const MOST_IDLE = 4

interface Fault extends Error {
  code?: string
  command?: string
  response?: string
  responseCode?: number
}

export function createSmtp(settings: MailSettings, options: SmtpOptions): MailProvider {
  const { host, port, secure, plain, login, from } = settings
  const timeout = options.timeoutMs ?? TIMEOUT_MS
  const idle: SMTPConnection[] = []
  let closed = false

  async function open(): Promise<SMTPConnection> {
    const connection = new SMTPConnection({
      host,
      port,
      secure,
      requireTLS: !secure && !plain,
      ignoreTLS: plain,
      name: from.slice(from.indexOf('@') + 1),
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      dnsTimeout: timeout,
      tls: { minVersion: 'TLSv1.2', ...(options.ca ? { ca: options.ca } : {}) },
    })
    // What goes wrong while a letter is on its way comes back from `send`; a server that ends an idle connection is no fault.
    connection.on('error', () => connection.close())
    connection.once('end', () => {
      const at = idle.indexOf(connection)
      if (at >= 0) idle.splice(at, 1)
    })
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject)
        connection.connect((error) => (error ? reject(error) : resolve()))
      })
      if (login)
        await new Promise<void>((resolve, reject) => connection.login(login, (error) => (error ? reject(error) : resolve())))
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  }

  /** `begun`: the server has asked for the letter, so from here on it may have it. */
  async function hand(connection: SMTPConnection, to: string, letter: Buffer, begun: () => void): Promise<string> {
    const stream = new Readable({
      read() {
        begun()
        this.push(letter)
        this.push(null)
      },
    })
    const { response } = await new Promise<{ response?: string }>((resolve, reject) =>
      connection.send({ from, to: [to] }, stream, (error, info) => (error || !info ? reject(error) : resolve(info))),
    )
    if (!closed && idle.length < MOST_IDLE) idle.push(connection)
    else connection.quit()
    return response ?? ''
  }

  return {
    // Mail systems may know a Message-ID again; none has to.
    honoursReferences: false,
    async send(mail: OutgoingMail) {
      const letter = await compose(from, options.senderName, mail)
      for (let tries = 1; ; tries++) {
        let begun = false
        const kept = idle.pop()
        try {
          const answer = await hand(kept ?? (await open()), mail.to, letter, () => {
            begun = true
          })
          return { accepted: answer.replace(/[^\x20-\x7e]/g, '').slice(0, 200) }
        } catch (cause) {
          kept?.close()
          // It had been kept open for too long: nobody was asked anything yet.
          if (kept && !begun && !(cause as Fault).responseCode && tries <= MOST_IDLE) continue
          throw faultOf(cause as Fault, begun)
        }
      }
    },
    close() {
      closed = true
      for (const connection of idle.splice(0)) connection.quit()
    },
  }
}

/** One part, UTF-8. What is no address was refused before; should one come all the same, its lines stay one line. */
async function compose(from: string, name: string, { to, subject, text, reference }: OutgoingMail): Promise<Buffer> {
  const domain = from.slice(from.indexOf('@') + 1)
  return new MailComposer({
    from: { name, address: from },
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${reference}@${domain}>`,
    // RFC 3834: no holiday notice answers it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

/** RFC 3463: no such mailbox (5.1.x) or one that is closed (5.2.1), not a full one or a policy; or a server that gives no such code. */
const NOBODY = /^5\d\d[ -](5\.1\.|5\.2\.1\b|(?!\d\.))/

function faultOf(fault: Fault, begun: boolean): ProviderFault {
  const { responseCode, command = '', code = 'unknown' } = fault
  const cause = { cause: fault }
  if (!responseCode)
    return begun
      ? new ProviderFault('cut', { unclear: true }, cause)
      : new ProviderFault(code.toLowerCase(), { away: true }, cause)
  const told = `smtp-${responseCode}`
  // Of a recipient, or of the letter once it was read; anything before is between the server and us.
  const ofThis = command === 'RCPT TO' || (command === 'DATA' && begun)
  if (!ofThis) return new ProviderFault(told, { away: true }, cause)
  const permanent = responseCode >= 500
  const nobody = permanent && command === 'RCPT TO' && NOBODY.test(fault.response ?? '')
  return new ProviderFault(told, { permanent, nobody }, cause)
}
