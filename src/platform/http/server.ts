/**
 * Fastify with what every request needs: secure headers, cookies, forms, files, CSRF, who is asking. No routes and no
 * domain here; `app.ts` adds both.
 */
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { outageOf } from '../database/away.ts'
import { newId } from '../id.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { Call } from '../use-case/use-case.ts'
import { BODY_LIMITS, createBodies, isMultipart, lengthOf } from './bodies.ts'
import { readToken } from './form-owner.ts'
import { useHostCookies } from './host-cookies.ts'
import { readMultipart, type UploadedFile } from './multipart.ts'
import { refuseForeign } from './origin.ts'
import { openSpool } from './spool.ts'

export type { UploadedFile }

declare module 'fastify' {
  interface FastifyRequest {
    call: Call
    /** Files of a multipart form, whole, each within the limit. */
    uploads: UploadedFile[]
    /** Too often: nothing is done, and what was typed is given back. */
    slowed: Refusal | null
    /** Who sends: a session, else an address. */
    client: string
  }
}

export interface ServerOptions {
  platform: Platform
  /** From cookies to an actor. Throws a Refusal, for example when the chosen post has ended. */
  identify: (request: FastifyRequest, now: Date) => Promise<Actor>
  logger: FastifyBaseLogger | false
  secureCookies: boolean
  trustedProxies: readonly string[]
  csrfSecret: string
  uploadLimit: number
  /** The one other host that a page may load from: that of the map's tiles. */
  tilesFrom: string | null
  /**
   * Called for each unsafe request before its body is read; throws Refusal `rate.too_many`. Of somebody who is signed in it gives
   * the refusal back instead: it is thrown once the form has been read, so that what was typed can be kept.
   */
  slowDown: (request: FastifyRequest, now: Date) => Promise<{ slowed: Refusal | null; client: string }>
  /** Called before a form with files is read: throws Refusal `rate.too_many` when this client has sent enough for a day. */
  spend: (request: FastifyRequest, bytes: number, now: Date) => Promise<void>
  /** How a client is called in the database. */
  markOf: (client: string) => string
  publicUrl: string
  /** Where files lie while they arrive. */
  spoolDir: string
}

export const MOST_FILES = 5
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** Every route of the house is one of these; HEAD comes with each GET. */
const METHODS = new Set(['GET', 'HEAD', 'POST'])
const ALLOW = [...METHODS, 'OPTIONS'].join(', ')

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { platform } = options
  const app = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    // A form of ten thousand characters where fifty fit must come back with a sentence, not with a closed connection.
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: 1_000_000,
    genReqId: () => newId(platform.clock()),
    // The longest that a body may take; a slow one is hung up on before: see `bodies.ts`.
    requestTimeout: 300_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    // What the router refuses by itself it answers without our headers, in English and as JSON: no address gets so far. One that
    // is no text is read as it stands, and a long one as the id that nobody has.
    rewriteUrl: (request) => decodable(request.url ?? '/'),
    routerOptions: { maxParamLength: 65_536 },
    // The spine validates; Fastify's compiler would answer in another voice.
    ajv: { customOptions: {} },
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(() => () => true)
  const bodies = createBodies({ ...BODY_LIMITS, mostBytes: MOST_FILES * options.uploadLimit + 1_048_576 })
  const spool = openSpool(options.spoolDir)
  app.addHook('onClose', async () => spool.close())

  app.addHook('onRequest', async (request, reply) => {
    request.call = { platform, actor: { kind: 'public' }, now: platform.clock(), requestId: request.id }
    request.uploads = []
    request.slowed = null
    request.client = request.ip
    // A foreign page that asks first is told the methods and no permission; TRACE would send a session cookie back.
    if (!METHODS.has(request.method)) {
      if (isForAnybody(request))
        reply
          .header('access-control-allow-origin', '*')
          .header('access-control-allow-methods', ALLOW)
          .header('access-control-allow-headers', 'content-type, accept, accept-language, idempotency-key')
      return reply
        .code(request.method === 'OPTIONS' ? 204 : 405)
        .header('allow', ALLOW)
        .send()
    }
    if (isPlain(request)) return
    // A prefetch must not make a read that nobody made (architecture §6).
    if (
      [request.headers['sec-purpose'], request.headers.purpose, request.headers['x-moz']].some((p) =>
        String(p).includes('prefetch'),
      )
    )
      return reply.code(204).send()
  })
  await app.register(cookie)
  if (options.secureCookies) useHostCookies(app)
  const tiles = options.tilesFrom ? [options.tilesFrom] : []
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...tiles],
        connectSrc: ["'self'", ...tiles],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(options.secureCookies ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // no-referrer would make our own forms send `Origin: null`.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: options.secureCookies ? { maxAge: 31_536_000 } : false,
  })
  await app.register(csrf, {
    cookieKey: csrfCookie(options.secureCookies),
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'strict', secure: options.secureCookies },
    getToken: (request) => readToken(request.body).token,
    sessionPlugin: '@fastify/cookie',
  })
  // After the hooks of the parts above: whoever is sent away here still gets a page in her language, with all its headers.
  app.addHook('onRequest', async (request) => {
    if (!UNSAFE.has(request.method) || isPlain(request)) return
    // Who hung up meanwhile has no address any more and waits for no answer.
    if (!request.socket.remoteAddress) throw new Refusal('request.unreadable', 'invalid')
    if (!isForAnybody(request)) refuseForeign(request, options.publicUrl)
    const { now } = request.call
    try {
      const { slowed, client } = await options.slowDown(request, now)
      request.slowed = slowed
      request.client = client
    } catch (error) {
      // It fails all the same as soon as anybody is looked up, and by then what was typed has been read and can be given back.
      if (!outageOf(error)) throw error
    }
    request.call.client = options.markOf(request.client)
    // Nobody reads what is sent to an address that is not there, so nothing that was typed waits to be given back.
    if (request.is404) {
      if (request.slowed) throw request.slowed
      return
    }
    bodies.admit(request, request.client)
    if (isMultipart(request)) await options.spend(request, lengthOf(request), now)
  })
  app.addHook('preParsing', async (request) => bodies.watch(request))
  // Also of who hung up: the answer is over either way.
  app.addHook('onResponse', async (request) => bodies.leave(request))
  app.addHook('onRequestAbort', async (request) => bodies.leave(request))
  await app.register(formbody)
  await app.register(multipart, {
    limits: { fileSize: options.uploadLimit, files: MOST_FILES, fields: 60, fieldSize: 20_000, parts: 80 },
  })

  const prove = (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
    new Promise((proven, refused) => {
      // Programs of others have keys, which are looked at with what they say; see the room that takes them.
      if (isForAnybody(request)) return proven()
      const told = { send: refused } as unknown as FastifyReply
      app.csrfProtection(request, Object.assign(Object.create(reply), told), (error?: Error) =>
        error ? refused(error) : proven(),
      )
    })
  app.addHook('preValidation', async (request, reply) => {
    if (isPlain(request) || request.is404) return
    if (request.isMultipart?.()) await readMultipart(request, reply, { spool, bodies, prove })
    const body = request.body as Record<string, unknown> | undefined
    const key = request.headers['idempotency-key'] ?? body?._key
    if (typeof key === 'string' && key !== '') {
      if (!/^[\w-]{8,80}$/.test(key)) throw new Refusal('request.key_shape', 'invalid')
      request.call.key = key
    }
    // HEAD asks whether a page is there, as crawlers and monitors do, and nobody sees what it would show: it is answered as to
    // anybody, so that it can make no read.
    if (request.method === 'HEAD') return
    request.call.actor = await options.identify(request, request.call.now)
    if (request.slowed) throw request.slowed
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  return app
}

/** The cookie that holds a browser's own secret; every browser that was shown a form has one. */
export const csrfCookie = (secure: boolean): string => (secure ? '__Host-csrf' : 'csrf')

/** An address as the router can read it: one with broken percent signs becomes one that has none. */
function decodable(url: string): string {
  try {
    decodeURIComponent(url.split(/[?#]/, 1)[0]!)
    return url
  } catch {
    return url.replaceAll('%', '%25')
  }
}

/** Assets and health: nobody is asked who she is. */
const isPlain = (request: FastifyRequest): boolean => /^\/(assets\/|healthz|readyz|metrics$|favicon\.ico)/.test(request.url)

/** Open standards, which programs of others speak: nobody's cookie is looked at there. */
const isForAnybody = (request: FastifyRequest): boolean => /^\/(open311|ogc)(\/|\?|$)/.test(request.url)

/** API requests carry JSON, which no foreign form can send without asking first; a stated origin must be ours. */
export function refuseOtherThanJson(request: FastifyRequest, publicUrl: string): void {
  refuseForeign(request, publicUrl)
  if (UNSAFE.has(request.method) && !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refusal('request.not_json', 'invalid')
}
