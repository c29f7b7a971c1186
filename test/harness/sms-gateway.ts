/** An SMS gateway as docs/sms-gateway.md describes one: checks signatures, knows references again, and reports deliveries. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SIGNATURE_HEADER, signed, verify } from '../../src/platform/outbound/index.ts'

export interface TextSent {
  reference: string
  to: string
  text: string
  template: string
  params: Record<string, unknown>
}

export interface SmsGateway {
  url: string
  secret: string
  port: number
  /** What went to phones: each reference once, however often it was asked. */
  delivered: TextSent[]
  /** How often somebody asked. */
  asked: number
  /** Does something else instead of taking it. */
  instead: ((request: IncomingMessage, response: ServerResponse, text: TextSent) => void) | null
  /** After it was taken and before the answer: where a process may die. */
  beforeAnswer: (() => Promise<void> | void) | null
  /** The headers of a letter to the house. */
  sign(body: string, now: Date): Record<string, string>
  close(): Promise<void>
}

export async function openSmsGateway(clock: () => Date = () => new Date(), port = 0): Promise<SmsGateway> {
  const secret = 'a secret of this run only, 0123456789'.replaceAll(' ', '-')
  const ids = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    self.asked++
    if (verify(secret, request.headers, body, clock()) !== 'good') {
      response.writeHead(401).end(JSON.stringify({ error: SIGNATURE_HEADER }))
      return
    }
    const text = JSON.parse(body.toString('utf8')) as TextSent
    if (self.instead) {
      self.instead(request, response, text)
      return
    }
    if (!ids.has(text.reference)) {
      ids.set(text.reference, `g-${ids.size + 1}`)
      self.delivered.push(text)
    }
    await self.beforeAnswer?.()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: ids.get(text.reference) }))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const self: SmsGateway = {
    port: (server.address() as AddressInfo).port,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    secret,
    delivered: [],
    asked: 0,
    instead: null,
    beforeAnswer: null,
    sign: (body, now) => signed(secret, body, now),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return self
}
