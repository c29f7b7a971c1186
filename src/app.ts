/** Puts the rooms together, in reading order. */
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { chooseDisplay, identify, POST_COOKIE } from './core/access/index.ts'
import { type DemoOutbox, sendingAlarms } from './core/messages/index.ts'
import type { DemoCast } from './demo/index.ts'
import { closeDemoToOthers } from './demo-door.ts'
import { type ClientLimits, limitsOf } from './limits.ts'
import { administration, waitsForAdministrator } from './modules/administration/index.ts'
import { appraisal, figuresOfWork } from './modules/appraisal/index.ts'
import { citizenPage } from './modules/citizen-page/index.ts'
import { coordination, waitsOfWhistles } from './modules/coordination/index.ts'
import { assessmentOfCase, elderCare } from './modules/elder-care/index.ts'
import { explanations } from './modules/explanations/index.ts'
import { grid, waitsOfGrid } from './modules/grid/index.ts'
import { hazards, waitsOfHazards } from './modules/hazards/index.ts'
import type { Rooms, Wait } from './modules/rooms.ts'
import { ruleDesk } from './modules/rule-desk/index.ts'
import { runningWarnings, safety, waitsOfSafety } from './modules/safety/index.ts'
import { serviceCentre } from './modules/service-centre/index.ts'
import type { RateLimiter } from './platform/accounts/index.ts'
import { outageOf } from './platform/database/away.ts'
import { type ApiRoute, createApi } from './platform/http/api.ts'
import { formMark, marked, readToken } from './platform/http/form-owner.ts'
import { createKeptForms } from './platform/http/kept-forms.ts'
import { countRequests, exposition, mayReadMetrics, type Series } from './platform/http/metrics.ts'
import { httpStatus, type Problem } from './platform/http/problem.ts'
import { limitReads } from './platform/http/reads.ts'
import { createServer, csrfCookie } from './platform/http/server.ts'
import { pathOf } from './platform/log.ts'
import type { Platform } from './platform/platform.ts'
import { Refusal } from './platform/refusal.ts'
import { dayOf } from './platform/time.ts'
import {
  createPages,
  ErrorPage,
  isSecret,
  KeptFormPage,
  keepSettings,
  keptFields,
  loadAssets,
  localPath,
  paths,
  plain,
  renderPage,
  settingsIn,
  settingsOf,
  type View,
} from './ui/index.ts'

export interface AppOptions extends ClientLimits {
  platform: Platform
  pool: pg.Pool
  demo: boolean
  cast: DemoCast | null
  outbox: DemoOutbox | null
  smsSecret: string | null
  rootDir: string
  secureCookies: boolean
  identity: Rooms['identity']
  trustedProxies: readonly string[]
  csrfSecret: string
  rate: RateLimiter
  logger: FastifyBaseLogger | false
  readsPerMinute: number
  /** Where files lie while they arrive. */
  spoolDir: string
  metricsToken: string | undefined
  gatherMetrics: () => Promise<Series[]>
}

declare module 'fastify' {
  interface FastifyInstance {
    apiRoutes: ApiRoute[]
  }
}

export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { platform, pool, demo, rate } = options
  const { services } = platform
  const assets = loadAssets(options.rootDir)

  const app = await createServer({
    platform,
    logger: options.logger,
    secureCookies: options.secureCookies,
    trustedProxies: options.trustedProxies,
    csrfSecret: options.csrfSecret,
    uploadLimit: services.upload.maxBytes,
    tilesFrom: services.tiles?.origin ?? null,
    publicUrl: services.publicUrl,
    spoolDir: options.spoolDir,
    ...limitsOf(services, rate, options),
    identify: (request, now) =>
      identify(
        pool,
        (on) => services.accounts.sessionOf(request.headers.cookie, now, on),
        request.cookies[POST_COOKIE] ?? null,
        services.packs.inForce().permissionsOf,
        now,
      ),
  })
  if (demo) closeDemoToOthers(app, (request, reply) => viewOf(request, reply))
  limitReads(app, { counts: isForPrograms, perMinute: options.readsPerMinute, atOnce: 8 })
  const apiRoutes: ApiRoute[] = []
  app.decorate('apiRoutes', apiRoutes)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Kaifong 街坊', version: '1' } },
    hideUntagged: true,
  })
  await app.register(fastifyStatic, {
    root: join(options.rootDir, 'dist/assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
  })

  const viewOf = async (request: FastifyRequest, reply: FastifyReply): Promise<View> => {
    const { lang = 'zh', mode = 'standard', theme = 'light' } = settingsIn(request)
    const { actor, now } = request.call
    const pack = services.packs.inForce()
    const desk = request.url.startsWith(paths.desk)
    const area = actor.kind === 'resident' ? (actor.communityArea ?? '') : actor.kind === 'staff' ? actor.post.scope : ''
    return {
      lang,
      t: services.words.in(lang),
      mode,
      theme,
      path: request.url,
      csrf: marked(reply.generateCsrf(), formMark(services.crypto, actor)),
      today: dayOf(now),
      demo,
      assets,
      who:
        actor.kind === 'resident'
          ? (actor.name ?? services.words.in(lang)('ui.phone_only'))
          : actor.kind === 'staff'
            ? actor.post.officerName
            : null,
      street:
        pack.areaIn(services.words.in(lang), lang, area.slice(0, 9)) || pack.areaIn(services.words.in(lang), lang, area) || null,
      hotline: pack.matters[0]?.catalogue.link_way ?? null,
      ...(desk ? {} : { warnings: await runningWarnings(platform, actor.kind === 'resident' ? area : '', now, lang) }),
      footer: (['warnings', 'cameras', 'checkDocument', 'privacy'] as const).map((to) => ({
        href: paths[to],
        label: services.words.in(lang)(`ui.footer.${to}`),
      })),
    }
  }

  app.setErrorHandler(async (error: Error & { code?: string; statusCode?: number }, request, reply) => {
    const refusal = refusalOf(error)
    const t = services.words.in(request.cookies?.lang === 'en' ? 'en' : 'zh')
    const outage = refusal ? null : outageOf(error)
    if (outage) return unavailable(request, reply, outage, error)
    if (!refusal) {
      const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500
      if (status === 500) platform.log.error({ err: error, requestId: request.id, path: pathOf(request.url) }, 'a request failed')
      if (isApi(request))
        return problem(reply, {
          status,
          code: 'request.failed',
          detail: t('request.failed', { reference: request.id }),
          params: {},
          requestId: request.id,
        })
      return page(request, reply, status, undefined, request.id)
    }
    const status = httpStatus(refusal.code, refusal.kind)
    if (refusal.params.retryAfterSeconds) reply.header('retry-after', String(refusal.params.retryAfterSeconds))
    if (isApi(request))
      return problem(reply, {
        status,
        code: refusal.code,
        detail: t(refusal.code, plain(refusal.params)),
        params: { ...refusal.params },
        requestId: request.id,
      })
    if (request.method === 'GET' || request.method === 'HEAD') {
      const desk = request.url.startsWith(paths.desk)
      const next = encodeURIComponent(request.url)
      if (refusal.code === 'account.sign_in_first')
        return reply.redirect(`${desk ? paths.deskSignIn : paths.signIn}?next=${next}`, 303)
      if (refusal.code === 'account.confirm_first')
        return reply.redirect(`${desk ? `${paths.deskSecurity}/confirm` : paths.confirm}?next=${next}`, 303)
      if (refusal.code === 'access.choose_post') return reply.redirect(`${paths.deskPost}?next=${next}`, 303)
    }
    const kept = request.method === 'POST' && KEEPS_FORM[refusal.code]
    const fields = kept && keptFields(request.body)
    if (kept && fields) {
      const view = await viewOf(request, reply)
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .send(
          renderPage(
            KeptFormPage({
              // It stays the form of who typed it, whoever signs in next at this desk.
              view: { ...view, csrf: marked(readToken({ _csrf: view.csrf }).token, readToken(request.body).mark) },
              action: request.url,
              fields,
              filesLost: request.uploads.length > 0,
              why: kept,
              minutes: Number(refusal.params.retryAfterMinutes ?? 0),
            }),
          ),
        )
    }
    if (refusal.code === 'access.post_ended') reply.clearCookie(POST_COOKIE, { path: '/' })
    return page(request, reply, status, t(refusal.code, plain(refusal.params)))
  })
  app.setNotFoundHandler((request, reply) =>
    isApi(request)
      ? problem(reply, {
          status: 404,
          code: 'request.no_such_path',
          detail: services.words.in('zh')('request.no_such_path'),
          params: {},
          requestId: request.id,
        })
      : page(request, reply, 404),
  )

  /** Nothing of the act was kept. What was typed goes back with the page, so that one press sends it again under the same key. */
  const unavailable = async (request: FastifyRequest, reply: FastifyReply, outage: 'away' | 'full', error: Error) => {
    told(outage, error)
    const t = services.words.in(request.cookies?.lang === 'en' ? 'en' : 'zh')
    const code = `request.${outage}`
    reply.header('retry-after', '60')
    if (isApi(request)) return problem(reply, { status: 503, code, detail: t(code), params: {}, requestId: request.id })
    const view = await viewOf(request, reply)
    const typed = isForm(request) ? (request.body as Record<string, string>) : null
    const again = typed && { action: request.url, fields: { ...typed, _csrf: view.csrf } }
    const message = t(again ? `${code}_typed` : request.uploads.length > 0 ? `${code}_file` : code)
    const shown = ErrorPage({ view, status: 503, message, ...(again ? { again } : {}) })
    return reply.code(503).type('text/html; charset=utf-8').send(renderPage(shown))
  }
  // One line for all that fail together: a street full of people would fill the disk with the same sentence.
  let quietUntil = 0
  const told = (outage: 'away' | 'full', error: Error): void => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + OUTAGE_LOG_MS
    platform.log.error({ err: error, outage }, 'the database or the file store is away or full: people are asked to try again')
  }

  const page = async (request: FastifyRequest, reply: FastifyReply, status: number, message?: string, reference?: string) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(
        renderPage(
          ErrorPage({
            view: await viewOf(request, reply),
            status,
            ...(message ? { message } : {}),
            ...(reference ? { reference } : {}),
          }),
        ),
      )

  app.get('/healthz', { schema: { hide: true } as object }, async () => ({ ok: true }))
  const requests = countRequests(app)
  app.get('/metrics', { schema: { hide: true } as object }, async (request, reply) => {
    // As an address that is not there: whoever may not read it need not know of it.
    if (!mayReadMetrics(request, options.metricsToken)) return reply.callNotFound()
    const text = exposition([...(await options.gatherMetrics()), ...requests()])
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
  })
  app.get('/readyz', { schema: { hide: true } as object }, async (_request, reply) => {
    try {
      await pool.query('select 1')
      // It can serve all the same; whoever watches the box is told what needs somebody.
      const now = platform.clock()
      const [seals, sending] = await Promise.all([services.seals.status(now), sendingAlarms(platform, now)])
      return { ok: true, alarms: [...seals.alarms, ...sending] }
    } catch {
      return reply.code(503).send({ ok: false })
    }
  })
  app.get(paths.settings, { schema: { hide: true } as object }, async (request, reply) => {
    const { back, ...given } = request.query as Record<string, unknown>
    const settings = settingsOf(given)
    keepSettings(reply, settings, options.secureCookies)
    const { mode, theme } = settings
    if (request.call.actor.kind === 'resident' && (mode || theme))
      await chooseDisplay.run(request.call, { ...(mode && { mode }), ...(theme && { theme }) })
    return reply.redirect(localPath(back), 303)
  })

  const rooms: Rooms = {
    app,
    platform,
    pages: createPages(app, {
      viewOf,
      forms: createKeptForms(pool, services.crypto),
      markOf: (actor) => formMark(services.crypto, actor),
      browserOf: (request) => request.cookies[csrfCookie(options.secureCookies)] ?? '',
    }),
    api: createApi(app, services.publicUrl, apiRoutes),
    pool,
    demo,
    cast: options.cast,
    outbox: options.outbox,
    smsSecret: options.smsSecret,
    secureCookies: options.secureCookies,
    waits: async (r) => {
      const waits: Wait[] = []
      for (const waitsOf of [waitsForAdministrator, waitsOfGrid, waitsOfWhistles, waitsOfHazards, waitsOfSafety])
        waits.push(...(await waitsOf(r)))
      return waits
    },
    figures: figuresOfWork,
    assessment: assessmentOfCase,
    identity: options.identity,
  }
  citizenPage(rooms)
  serviceCentre(rooms)
  explanations(rooms)
  administration(rooms)
  elderCare(rooms)
  safety(rooms)
  hazards(rooms)
  appraisal(rooms)
  grid(rooms)
  coordination(rooms)
  ruleDesk(rooms)
  app.get('/api/openapi.json', { schema: { hide: true } as object }, async () => app.swagger())
  return app
}

/** What other programs, maps and feeds read, without a form and as often as they like. */
const isForPrograms = ({ url }: FastifyRequest): boolean =>
  /^\/(open311|ogc|api\/v1\/public|around\/(map|feed\.atom))([/?]|$)/.test(url)

/** Refusals after which the same form can be sent once more, when the person has been at the door or has waited. */
const KEEPS_FORM: Readonly<Record<string, 'sign-in' | 'confirm' | 'wait'>> = {
  'rate.too_many': 'wait',
  'account.sign_in_first': 'sign-in',
  'account.confirm_first': 'confirm',
}

const OUTAGE_LOG_MS = 10_000

/** Typed and whole, without files (which no page can give back) and without a secret (which no page may show). */
const isForm = (request: FastifyRequest): boolean =>
  request.method === 'POST' &&
  /^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '') &&
  !!request.body &&
  !Object.keys(request.body).some(isSecret)

const isApi = (request: FastifyRequest): boolean => request.url.startsWith('/api/')

const problem = (reply: FastifyReply, p: Omit<Problem, 'type' | 'title'>) =>
  reply
    .code(p.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: p.code, ...p }))

/** What the libraries below refuse, in our own words. */
function refusalOf(error: Error & { code?: string }): Refusal | null {
  if (error instanceof Refusal) return error
  switch (error.code) {
    case 'FST_CSRF_INVALID_TOKEN':
    case 'FST_CSRF_MISSING_SECRET':
      return new Refusal('request.form_too_old', 'forbidden')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_FIELDS_LIMIT':
    case 'FST_PARTS_LIMIT':
      return new Refusal('request.too_large', 'invalid')
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Refusal('request.not_json', 'invalid')
    case '22021': // a zero byte in a text
    case '22P05': // and in JSON
      return new Refusal('request.unreadable', 'invalid')
    default:
      return null
  }
}
