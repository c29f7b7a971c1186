/** A demo is for whoever sits at its machine: no request that came from elsewhere gets any further than to this page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { comesFromElsewhere } from './platform/loopback.ts'
import { Refusal } from './platform/refusal.ts'
import { ClosedDemoPage, renderPage, type View } from './ui/index.ts'

/** Styles, how pages look, and whether the program runs: they know nobody. */
const OPEN = /^\/(assets\/|healthz$|readyz$|favicon\.ico|settings([?]|$))/

/** @param viewOf of a request of nobody */
export function closeDemoToOthers(app: FastifyInstance, viewOf: (r: FastifyRequest, reply: FastifyReply) => Promise<View>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!comesFromElsewhere(request.headers) || OPEN.test(request.url)) return
    if (request.url.startsWith('/api/')) throw new Refusal('demo.not_from_elsewhere', 'forbidden')
    const page = renderPage(ClosedDemoPage({ view: await viewOf(request, reply) }))
    return reply.code(403).type('text/html; charset=utf-8').send(page)
  })
}
