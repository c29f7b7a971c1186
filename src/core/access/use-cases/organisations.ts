/** Who employs officers. Names of offices are public; adding one is the system administrator's of its area. */
import Type from 'typebox'
import type { Post } from '../../../platform/actor.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { type OrganisationKind, organisationKinds } from '../administrators.ts'
import { covers, postOf } from '../guard.ts'

export interface Organisation {
  id: string
  name: string
  kind: OrganisationKind
  area: string
}

export const organisationsIn = async (tx: Tx, post: Pick<Post, 'areas'>): Promise<Organisation[]> =>
  (await tx.rows(sql<Organisation>`select id, name, kind, area from access.organisation order by area, name, id`)).filter((one) =>
    covers(post, one.area),
  )

/** @throws Refusal `access.organisation_not_found`, the same for one of elsewhere as for none */
export async function organisationWithin(tx: Tx, post: Pick<Post, 'areas'>, id: string): Promise<Organisation> {
  const found = (await organisationsIn(tx, post)).find((one) => one.id === id)
  if (!found) throw new Refusal('access.organisation_not_found', 'missing')
  return found
}

/** Adds an organisation of the own area. */
export const addOrganisation = command({
  operation: 'access.add-organisation',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({
    name: Type.String({ maxLength: 60 }),
    kind: Type.Enum([...organisationKinds]),
    area: Type.String({ pattern: '^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' }),
  }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now, call }, { name, kind, area }) {
    const said = name.normalize('NFKC').trim()
    const wrong = (field: string, code: string) => new Refusal(code, 'invalid', { fields: [{ path: `/${field}`, code }] })
    if (said === '') throw wrong('name', 'answer.missing')
    // An area of elsewhere answers like one that does not exist.
    if (!covers(postOf(actor), area) || call.platform.services.packs.inForce().areaName(area) === '')
      throw new Refusal('access.area_not_found', 'missing', { fields: [{ path: '/area' }] })
    const id = newId(now)
    await tx.run(sql`select access.add_organisation(${id}, ${said}, ${kind}, ${area}, ${now})`)
    return { id }
  },
})
