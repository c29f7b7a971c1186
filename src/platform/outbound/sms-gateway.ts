/** SMS over a small HTTP contract (docs/sms-gateway.md): what a street's operator offers is an adapter of thirty lines behind it. */
import { type OutgoingText, ProviderFault, type TextProvider } from './provider.ts'
import type { SmsSettings } from './settings.ts'
import { signed } from './signature.ts'

const TIMEOUT_MS = 10_000
/** An answer holds an id; whoever sends more is no gateway. */
const MOST_BYTES = 10_000

export const createSmsGateway = (
  { url, secret }: SmsSettings,
  clock: () => Date,
  timeoutMs: number = TIMEOUT_MS,
): TextProvider => ({
  honoursReferences: true,
  async send({ reference, to, text, template, params }: OutgoingText) {
    const body = JSON.stringify({ reference, to, text, template, params })
    let response: Response
    let answer: string
    try {
      response = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...signed(secret, body, clock()) },
        // Elsewhere a number and a text would go to somebody whom nobody named.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      answer = await short(response)
    } catch (cause) {
      const refused = (cause as { cause?: { code?: string } }).cause?.code
      // Only what never reached it is sure not to have been taken.
      if (refused && NEVER_REACHED.has(refused)) throw new ProviderFault(refused, { away: true }, { cause })
      throw new ProviderFault(
        (cause as Error).name === 'TimeoutError' ? 'timeout' : 'cut',
        { away: true, unclear: true },
        { cause },
      )
    }
    const { status } = response
    if (status >= 200 && status < 300) {
      const id = idIn(answer)
      if (id === null) throw new ProviderFault('no-id', { away: true, unclear: true })
      return { accepted: id }
    }
    // Slow down; our secret, our address of it or our bill is wrong: of this number it says nothing.
    if (OURS.has(status)) throw new ProviderFault(`http-${status}`, { away: true })
    if (status >= 400 && status < 500) throw new ProviderFault(`http-${status}`, { permanent: true })
    if (status >= 300 && status < 400) throw new ProviderFault(`http-${status}`, { away: true })
    throw new ProviderFault(`http-${status}`, { away: true, unclear: true })
  },
})

const OURS = new Set([401, 402, 403, 404, 405, 407, 408, 425, 429])
const NEVER_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

async function short(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function idIn(answer: string): string | null {
  try {
    const { id } = JSON.parse(answer) as { id?: unknown }
    return typeof id === 'string' && /^[\x21-\x7e]{1,200}$/.test(id) ? id : null
  } catch {
    return null
  }
}
