/**
 * Pages as routes. A page is shown by `get`; a form is acted on by `post`, which answers with the next address, or shows
 * the same page again with what was typed and what to mend. No script is needed for any of it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import type { UploadedFile } from '../platform/http/server.ts'
import { newPublicId } from '../platform/id.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Call } from '../platform/use-case/use-case.ts'
import type { T } from '../platform/words.ts'
import { asLocation } from './paths.ts'
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

export interface Pages {
  /** @param show the page; or an address to go to (303), where looking is only the way to somewhere else */
  get(path: string, show: (r: PageRequest) => Promise<VNode | string>): void
  /**
   * @param act does it and answers the address to go to (303); or a page, where what was found belongs to this request
   *   alone and an address could be forged
   * @param again draws the page once more when the input was refused; without it the refusal has its own page
   */
  post(
    path: string,
    act: (r: PageRequest) => Promise<string | VNode>,
    again?: (r: PageRequest, problem: Problem) => Promise<VNode>,
  ): void
  /** Bytes: a file or a document. */
  file(
    path: string,
    read: (r: PageRequest) => Promise<{ bytes: Uint8Array; mediaType: string; name: string; download: boolean }>,
  ): void
}

/** A refusal as a page shows it: what is wrong with which field, in words. */
export interface Problem {
  refusal: Refusal
  message: string
  errors: Errors
}

/** The fields that a refusal names, with their texts; one that names none belongs to the page. */
export function problemOf(refusal: Refusal, t: T): Problem {
  const fields = (refusal.params.fields ?? []) as { path: string; code?: string; params?: Record<string, unknown> }[]
  const message = t(refusal.code, plain(refusal.params))
  const errors = Object.fromEntries(
    fields.map((f) => [
      f.path.replace(/^\//, '').split('/')[0]!,
      t(f.code ?? refusal.code, plain({ ...refusal.params, ...f.params })),
    ]),
  )
  return { refusal, message, errors }
}

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

/** A file over the limit is named, on the page that it was chosen on. */
function refuseTooLarge({ uploads, call }: PageRequest): void {
  const large = uploads.find((u) => u.tooLarge)
  if (!large) return
  const megabytes = Math.floor(call.platform.services.upload.maxBytes / 1_048_576)
  throw new Refusal('file.too_large', 'invalid', { name: large.name, megabytes, fields: [{ path: `/${large.field}` }] })
}

export interface PagesOptions {
  viewOf: (request: FastifyRequest, reply: FastifyReply) => Promise<View>
}

export function createPages(app: FastifyInstance, { viewOf }: PagesOptions): Pages {
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
  const send = (reply: FastifyReply, page: VNode, status = 200) =>
    reply.code(status).type('text/html; charset=utf-8').send(renderPage(page))

  return {
    get(path, show) {
      app.get(path, { schema: { hide: true } as object, exposeHeadRoute: false }, async (request, reply) => {
        const shown = await show(await prepare(request, reply))
        return typeof shown === 'string' ? reply.redirect(asLocation(shown), 303) : send(reply, shown)
      })
    },
    post(path, act, again) {
      app.post(
        path,
        { schema: { hide: true } as object, preHandler: [refuseOtherForms, app.csrfProtection] },
        async (request, reply) => {
          const r = await prepare(request, reply)
          try {
            refuseTooLarge(r)
            const done = await act(r)
            return typeof done === 'string' ? await reply.redirect(asLocation(done), 303) : await send(reply, done)
          } catch (error) {
            if (!(error instanceof Refusal) || !again || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
            const page = await again(r, problemOf(error, r.view.t))
            return send(reply, page, error.kind === 'invalid' ? 422 : 409)
          }
        },
      )
    },
    file(path, read) {
      app.get(path, { schema: { hide: true } as object, exposeHeadRoute: false }, async (request, reply) => {
        const { bytes, mediaType, name, download } = await read(await prepare(request, reply))
        return (
          reply
            .type(mediaType)
            .header('content-disposition', `${download ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name)}`)
            .header('x-content-type-options', 'nosniff')
            // A PDF may hold scripts: it opens without any right.
            .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
            .send(bytes)
        )
      })
    },
  }
}
