/**
 * Pages as routes. A page is shown by `get`; a form is acted on by `post`, which answers with the next address, or goes
 * back to the page of the form with what was typed and what to mend. No script is needed for any of it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import type { Actor } from '../platform/actor.ts'
import { isDay } from '../platform/day.ts'
import { readToken, refuseAnothers } from '../platform/http/form-owner.ts'
import type { KeptForms } from '../platform/http/kept-forms.ts'
import { MOST_FILES, type UploadedFile } from '../platform/http/server.ts'
import { newPublicId } from '../platform/id.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Call } from '../platform/use-case/use-case.ts'
import { formatDate, formatDateTime } from './format.ts'
import { asLocation, paths } from './paths.ts'
import { renderPage } from './render.ts'
import type { Errors, View } from './view.ts'

export interface PageRequest {
  call: Call
  view: View
  params: Record<string, string>
  query: Record<string, string>
  /** Fields of the form; the token and the key are not among them. */
  body: Record<string, string>
  uploads: UploadedFile[]
  /** A key for the form that this page renders: the same form sent twice is one act. */
  newKey: string
  request: FastifyRequest
  reply: FastifyReply
}

/** What the accounts' room wants of a request: who is signed in, and on what kind of device. */
export function headersOf({ request }: Pick<PageRequest, 'request'>): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name]
    if (value) headers.set(name, value)
  }
  return headers
}

/** Bytes in answer to a form: they belong to what was typed, so no address leads to them. */
export interface Download {
  bytes: Uint8Array
  mediaType: string
  name: string
}
const isDownload = (done: VNode | Download): done is Download => 'bytes' in done

/** Answered by an act that only makes more room on the page: what was typed comes back, with nothing to mend. */
export const KEEP = Symbol('keep')

/** The page that a form stands on, when the form is not the whole of its address. */
export interface FormPage {
  /** Its path. */
  at: (r: PageRequest) => string
  /** Draws it after KEEP. */
  more?: (r: PageRequest) => Promise<VNode>
}

export interface Pages {
  /** @param show the page; or an address to go to (303), where looking is only the way to somewhere else */
  get(path: string, show: (r: PageRequest) => Promise<VNode | string>): void
  /**
   * @param act does it and answers the address to go to (303); or a page, where what was found belongs to this request
   *   alone and an address could be forged; or a file of it
   * @param again draws the page once more when the input was refused; without it the refusal has its own page
   * @param page where the form stands: the browser is sent back there (303), so that neither Back nor Reload sends the form
   *   again, and `again` draws it there with the body as it was. Without it the page is drawn in answer to the form itself.
   */
  post(
    path: string,
    act: (r: PageRequest) => Promise<string | VNode | Download | typeof KEEP>,
    again?: (r: PageRequest, problem: Problem) => Promise<VNode>,
    page?: FormPage,
  ): void
  /** Bytes: a file or a document. `own`: made by the house, such as a script: what pages may, it may. */
  file(path: string, read: (r: PageRequest) => Promise<Download & { download: boolean; own?: true }>): void
}

/** A refusal as a page shows it: what is wrong with which field, in words. */
export interface Problem {
  refusal: Refusal
  message: string
  errors: Errors
}

/** The fields that a refusal names, with their texts; one that names none belongs to the page. */
export function problemOf(refusal: Refusal, view: Pick<View, 't' | 'lang' | 'today'>): Problem {
  const { t } = view
  const said = (params: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(plain(params)).map(([name, value]) => [name, dated(view, value)]))
  const fields = (refusal.params.fields ?? []) as { path: string; code?: string; params?: Record<string, unknown> }[]
  const message = t(refusal.code, said(refusal.params))
  const errors = Object.fromEntries(
    fields.map((f) => [
      f.path.replace(/^\//, '').split('/')[0]!,
      t(f.code ?? refusal.code, said({ ...refusal.params, ...f.params })),
    ]),
  )
  return { refusal, message, errors }
}

/** A day or an instant as everywhere on the page. */
function dated({ lang, today }: Pick<View, 'lang' | 'today'>, value: string | number): string | number {
  if (typeof value !== 'string') return value
  if (isDay(value)) return formatDate(value, lang, today)
  return INSTANT.test(value) ? formatDateTime(new Date(value), lang, today) : value
}
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** Texts take words and numbers; lists are joined. */
export const plain = (params: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([k, v]) =>
      typeof v === 'string' || typeof v === 'number'
        ? [[k, v]]
        : Array.isArray(v) && v.every((x) => typeof x === 'string')
          ? [[k, v.join(', ')]]
          : [],
    ),
  )

/** A page's form is never JSON: its fields are texts, not objects. */
async function refuseOtherForms(request: FastifyRequest): Promise<void> {
  if (/\bjson\b/i.test(request.headers['content-type'] ?? '')) throw new Refusal('request.unreadable', 'invalid')
}

/** A file over the limit is named, on the page that it was chosen on; so are more files than a form may bring. */
function refuseTooMuch({ uploads, call }: PageRequest): void {
  const many = uploads.find((u) => u.tooMany)
  if (many) throw new Refusal('file.too_many', 'conflict', { most: MOST_FILES, fields: [{ path: `/${many.field}` }] })
  const large = uploads.find((u) => u.tooLarge)
  if (!large) return
  const megabytes = Math.floor(call.platform.services.upload.maxBytes / 1_048_576)
  throw new Refusal('file.too_large', 'invalid', { name: large.name, megabytes, fields: [{ path: `/${large.field}` }] })
}

export interface PagesOptions {
  viewOf: (request: FastifyRequest, reply: FastifyReply) => Promise<View>
  forms: KeptForms
  /** For whom a form is drawn; empty for nobody. */
  markOf: (actor: Actor) => string
  /** Whose browser it is: a form that was kept is drawn for nobody else. */
  browserOf: (request: FastifyRequest) => string
}

/** In the address of a page: the form of this id comes back to it. */
const AGAIN = 'again'

export function createPages(app: FastifyInstance, { viewOf, forms, markOf, browserOf }: PagesOptions): Pages {
  const drawn = new Map<string, Pick<FormPage, 'more'> & { again: (r: PageRequest, problem: Problem) => Promise<VNode> }>()
  const ownerOf = ({ request }: PageRequest, account = markOf(request.call.actor)): string =>
    JSON.stringify([browserOf(request), account])

  /** Sends the browser back to the page of the form; null where the form is too long to be kept. */
  const goBack = async (
    r: PageRequest,
    route: string,
    page: FormPage,
    refusal: Refusal | null,
    owner = ownerOf(r),
  ): Promise<string | null> => {
    const { params, body } = r
    const at = page.at(r)
    const kept = refusal && { code: refusal.code, kind: refusal.kind as 'invalid' | 'conflict', params: refusal.params }
    const path = at.split('?')[0]!
    const id = await forms.keep(owner, { page: path, route, params, body, refusal: kept }, r.call.now)
    return id && `${at}${at.includes('?') ? '&' : '?'}${AGAIN}=${id}`
  }

  /**
   * The session ended while she was writing: to sign in, and back to the page with what was typed. It is kept for the account that
   * the form was drawn for, so that whoever signs in instead of her reads none of it. Null where there is no page to come back
   * to, and at the desk, which keeps it on the page of the refusal.
   */
  const toSignIn = async (r: PageRequest, route: string, page: FormPage): Promise<string | null> => {
    const account = readToken(r.request.body).mark
    if (route.startsWith(paths.desk) || !drawn.has(route) || !account) return null
    const late = new Refusal('request.sign_in_again', 'conflict', { files: r.uploads.length })
    const next = await goBack(r, route, page, late, ownerOf(r, account))
    return next && `${paths.signIn}?${new URLSearchParams({ next })}`
  }

  /** The page with the form that came back to it; null when none did. */
  const cameBack = async (r: PageRequest): Promise<VNode | null> => {
    const id = r.query[AGAIN]
    const form = id ? await forms.find(id, ownerOf(r), r.call.now) : null
    const draw = form && drawn.get(form.route)
    if (!form || !draw || form.page !== r.request.url.split('?')[0]) return null
    const as = { ...r, params: form.params, body: form.body }
    if (!form.refusal) return draw.more ? draw.more(as) : null
    const { code, kind, params } = form.refusal
    return draw.again(as, problemOf(new Refusal(code, kind, params), r.view))
  }

  const prepare = async (request: FastifyRequest, reply: FastifyReply): Promise<PageRequest> => {
    const { _csrf, _key, ...body } = (request.body ?? {}) as Record<string, string>
    return {
      call: request.call,
      view: await viewOf(request, reply),
      params: request.params as Record<string, string>,
      query: Object.fromEntries(
        Object.entries(request.query as Record<string, string | string[]>).map(([k, v]) => [
          k,
          Array.isArray(v) ? (v[0] ?? '') : v,
        ]),
      ),
      // A field sent twice comes as a list; pages have none such but checkboxes, which are read joined.
      body: Object.fromEntries(Object.entries(body).map(([k, v]) => [k, Array.isArray(v) ? v.join(',') : String(v)])),
      uploads: request.uploads,
      newKey: newPublicId(),
      request,
      reply,
    }
  }
  const ownForm = async (request: FastifyRequest): Promise<void> => refuseAnothers(request.body, markOf(request.call.actor))
  const send = (reply: FastifyReply, page: VNode, status = 200) =>
    reply.code(status).type('text/html; charset=utf-8').send(renderPage(page))
  const sendFile = (
    reply: FastifyReply,
    { bytes, mediaType, name, download, own }: Download & { download: boolean; own?: true },
  ) => {
    reply
      .type(mediaType)
      .header('content-disposition', `${download ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('x-content-type-options', 'nosniff')
    // A PDF may hold scripts: it opens without any right.
    if (!own) reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    return reply.send(bytes)
  }

  return {
    get(path, show) {
      app.get(path, { schema: { hide: true } as object }, async (request, reply) => {
        const r = await prepare(request, reply)
        const shown = (await cameBack(r)) ?? (await show(r))
        return typeof shown === 'string' ? reply.redirect(asLocation(shown), 303) : send(reply, shown)
      })
    },
    post(path, act, again, page) {
      if (again && page) drawn.set(path, { again, ...(page.more ? { more: page.more } : {}) })
      app.post(
        path,
        { schema: { hide: true } as object, preHandler: [refuseOtherForms, app.csrfProtection, ownForm] },
        async (request, reply) => {
          const r = await prepare(request, reply)
          try {
            refuseTooMuch(r)
            const done = await act(r)
            if (typeof done === 'string') return await reply.redirect(asLocation(done), 303)
            if (done !== KEEP)
              return isDownload(done) ? await sendFile(reply, { ...done, download: true }) : await send(reply, done)
            if (!page?.more) throw new Error(`${path} keeps a form and has no page for it`)
            const back = await goBack(r, path, page, null)
            return back ? await reply.redirect(asLocation(back), 303) : await send(reply, await page.more(r))
          } catch (error) {
            const door =
              page && error instanceof Refusal && error.code === 'account.sign_in_first' && (await toSignIn(r, path, page))
            if (door) return reply.redirect(asLocation(door), 303)
            if (!(error instanceof Refusal) || !again || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
            const back = page ? await goBack(r, path, page, error) : null
            if (back) return reply.redirect(asLocation(back), 303)
            return send(reply, await again(r, problemOf(error, r.view)), error.kind === 'invalid' ? 422 : 409)
          }
        },
      )
    },
    file(path, read) {
      app.get(path, { schema: { hide: true } as object }, async (request, reply) => {
        return sendFile(reply, await read(await prepare(request, reply)))
      })
    },
  }
}
