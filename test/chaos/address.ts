/** Requests from addresses of their own within this machine: 127.0.0.0/8 is all of it, and no proxy has to speak for anybody. */
import { randomInt } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'

export const ownAddress = (): string => `127.${randomInt(1, 256)}.${randomInt(256)}.${randomInt(1, 255)}`

export interface Heard {
  status: number
  text: string
  location: string | null
  cookies: string[]
}

/** @throws when nothing comes back in time */
export async function askFrom(
  address: string,
  method: 'GET' | 'POST',
  url: string,
  body: BodyInit | undefined,
  headers: Record<string, string> = {},
  mostMs = 20_000,
): Promise<Heard> {
  // Writes a form as a browser would, boundary and all.
  const written = body === undefined ? null : new Response(body)
  const bytes = written && Buffer.from(await written.arrayBuffer())
  const type = written?.headers.get('content-type')
  const own = { ...(type ? { 'content-type': type } : {}), ...(bytes ? { 'content-length': String(bytes.length) } : {}) }
  return new Promise((heard, failed) => {
    const asked = request(
      url,
      { method, localAddress: address, headers: { ...own, ...headers }, signal: AbortSignal.timeout(mostMs), agent: false },
      (answer) => {
        text(answer).then(
          (told) =>
            heard({
              status: answer.statusCode!,
              text: told,
              location: answer.headers.location ?? null,
              cookies: answer.headers['set-cookie'] ?? [],
            }),
          failed,
        )
      },
    )
    asked.on('error', failed)
    asked.end(bytes ?? undefined)
  })
}
