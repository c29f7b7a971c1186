/** Whether a request came from a page of ours, as far as the browser says so. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

/**
 * `Origin` and `Sec-Fetch-Site` of a browser; a program that sends neither is not refused here: a form still needs its token, the API a
 * session or a key. @throws Refusal request.foreign
 */
export function refuseForeign(request: FastifyRequest, publicUrl: string): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const ours =
    origin === undefined ||
    origin === new URL(publicUrl).origin ||
    origin === `${request.protocol}://${request.host}` ||
    // Of a browser that hides where it comes from: its own word on the site is left.
    (origin === 'null' && site === 'same-origin')
  if (!ours || (site !== undefined && !['same-origin', 'none'].includes(String(site))))
    throw new Refusal('request.foreign', 'forbidden')
}
