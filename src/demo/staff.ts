/**
 * Organisations, officers and posts of the demo.
 */
import { addDays } from '../platform/day.ts'
import type { Making } from './making.ts'

/** @param late as of `staffOf` */
export function organisationsOf({ file, newId, street }: Making, late: boolean): void {
  const some = file.organisations.filter((one) => (one.late === true) === late)
  street.organisations.push(...some.map(({ code, kind, area, name }) => ({ id: newId(), code, kind, area, name })))
}

/** @param late those who are drawn when everybody is there, or those before */
export function staffOf({ file, asOf, newId, street }: Making, late: boolean): void {
  const organisationIds = new Map(street.organisations.map((one) => [one.code, one.id]))
  const officers = file.officers.filter((one) => (one.late === true) === late)
  const made = officers.map(({ username, name, number, story, posts }) => ({
    id: newId(),
    username,
    password: file.password,
    name,
    number,
    story,
    posts: posts.map(({ code, role, organisation, areas, domains, from, to }) => {
      const organisationId = organisationIds.get(organisation)
      if (!organisationId) throw new Error(`demo.yaml: post ${code} names organisation ${organisation}, which is not there`)
      const validTo = to === undefined ? null : addDays(asOf, to)
      return {
        id: newId(),
        code,
        role,
        organisationId,
        areas,
        scope: scopeOf(areas),
        domains,
        validFrom: addDays(asOf, from),
        validTo,
      }
    }),
  }))
  street.officers.push(...made)
}

const LEVELS = [12, 9, 6, 4]

/** The smallest area that holds all of these: what row security sees of a post. */
function scopeOf(areas: readonly string[]): string {
  for (const length of LEVELS) {
    const code = areas[0]!.slice(0, length)
    if (code.length === length && areas.every((area) => area.startsWith(code))) return code
  }
  throw new Error(`demo.yaml: no area holds all of ${areas.join(', ')}; give the officer one post for each city`)
}
