/**
 * Where the house is reached by https every cookie is a `__Host-` one: no other host can set it, nor a page on another port or below.
 * Rooms call their cookies by plain names; here they get the prefix, and one that came without it is not seen.
 */
import type { FastifyInstance } from 'fastify'

const PREFIX = '__Host-'

export function useHostCookies(app: FastifyInstance): void {
  const named = (name: string): string => (name.startsWith(PREFIX) ? name : PREFIX + name)
  const bound = { path: '/', secure: true } as const
  app.addHook('onRequest', async (request, reply) => {
    const seen: Record<string, string | undefined> = {}
    for (const [name, value] of Object.entries(request.cookies))
      if (name.startsWith(PREFIX)) {
        seen[name] = value
        seen[name.slice(PREFIX.length)] = value
      }
    request.cookies = seen
    const set = reply.setCookie.bind(reply)
    const clear = reply.clearCookie.bind(reply)
    // The prefix allows no other path and no domain.
    const plain = ({ domain: _, ...options }: { domain?: string | undefined } = {}) => ({ ...options, ...bound })
    reply.setCookie = (name, value, options) => set(named(name), value, plain(options))
    reply.clearCookie = (name, options) => clear(named(name), plain(options))
  })
}
