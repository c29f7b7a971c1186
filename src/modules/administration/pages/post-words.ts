/** A post in the words of a list: role, where, lines, until when. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { formatDate, type View } from '../../../ui/index.ts'
import { shortArea } from '../../service-centre/index.ts'

export interface PostShape {
  role: string
  areas: readonly string[]
  domains: readonly string[]
  validFrom: string
  validTo: string | null
}

export const roleWords = (view: View, pack: LoadedPack, role: string): string => pick(pack.roleName(role), view.lang)

export const areaWords = (view: View, pack: LoadedPack, areas: readonly string[]): string =>
  areas.map((code) => shortArea(view, pack.areaName(code) || code)).join(view.t('desk.join'))

export function lineWords(view: View, pack: LoadedPack, domains: readonly string[]): string {
  if (domains.length === 0) return view.t('administration.no_lines')
  const names = pack.pack.domains.filter((one) => domains.includes(one.code)).map((one) => pick(one.name, view.lang))
  return names.join(view.t('desk.join'))
}

export function dateWords({ t, lang, today }: View, { validFrom, validTo }: Pick<PostShape, 'validFrom' | 'validTo'>): string {
  const from = formatDate(validFrom, lang, today)
  return validTo
    ? t('administration.from_to', { from, to: formatDate(validTo, lang, today) })
    : t('administration.from', { from })
}
