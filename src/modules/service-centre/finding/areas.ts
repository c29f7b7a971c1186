import type { Area } from '../../../core/areas/index.ts'

export interface AreaChoice {
  code: string
  /** With what it lies in, where that is not the post's own area. */
  name: string
}

/** The areas of a post and two levels below: of a city that is its streets, which are enough to choose from. */
export function areasToSearch(areas: readonly Area[], own: readonly string[]): AreaChoice[] {
  const below = new Map<string | null, Area[]>()
  for (const area of areas) if (area.validTo === null) below.set(area.parentCode, [...(below.get(area.parentCode) ?? []), area])
  const under = (code: string) => below.get(code) ?? []
  return areas
    .filter((area) => own.includes(area.code))
    .flatMap((top) => [
      { code: top.code, name: top.name },
      ...under(top.code).flatMap((area) => [
        { code: area.code, name: area.name },
        ...under(area.code).map((inner) => ({ code: inner.code, name: `${area.name} · ${inner.name}` })),
      ]),
    ])
}
