/** How pages look in this browser: three cookies, also for who never signs in. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Lang } from '../platform/words.ts'
import type { Mode, Theme } from './view.ts'

export interface Settings {
  lang?: Lang | undefined
  mode?: Mode | undefined
  theme?: Theme | undefined
}

const ALLOWED = { lang: ['zh', 'en'], mode: ['standard', 'elder'], theme: ['light', 'contrast'] } as const

/** Those that are set to something we know, of an address or of the cookies. */
export const settingsOf = (given: Readonly<Record<string, unknown>>): Settings =>
  Object.fromEntries(
    Object.entries(ALLOWED).flatMap(([name, values]) => {
      const value = values.find((one) => one === given[name])
      return value ? [[name, value]] : []
    }),
  )

export const settingsIn = (request: FastifyRequest): Settings => settingsOf(request.cookies)

export function keepSettings(reply: FastifyReply, settings: Settings, secure: boolean): void {
  for (const [name, value] of Object.entries(settings))
    if (value) reply.setCookie(name, value, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 31_536_000, secure })
}
