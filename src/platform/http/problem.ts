import type { RefusalKind } from '../refusal.ts'

/** The one table from a refusal's kind to HTTP (RFC 9457). */
export const statusOf = { forbidden: 403, missing: 404, conflict: 409, invalid: 422 } as const satisfies Record<
  RefusalKind,
  number
>

/** A few codes that HTTP has its own number for. */
const special: Readonly<Record<string, number>> = {
  'rate.too_many': 429,
  'file.too_large': 413,
  'account.sign_in_first': 401,
  'request.body_too_large': 413,
  'request.length_required': 411,
  'request.busy': 503,
  'attachment.busy': 503,
}

export const httpStatus = (code: string, kind: RefusalKind): number => special[code] ?? statusOf[kind]

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  params: Record<string, unknown>
  requestId: string
}
