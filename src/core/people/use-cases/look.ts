/**
 * Persons as staff meet them. A hit is masked and names nobody; whoever needs more says what for, and the entry of that
 * look is written before the data leaves.
 */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { personRead, query, search, type Work } from '../../../platform/use-case/use-case.ts'
import { type Binding, bindingOf, covers, postOf } from '../../access/index.ts'
import { personFacts } from '../facts.ts'
import { type Finding, refuseWrong, wrongWhen } from '../finding.ts'
import { maskIdNumber, maskName, maskPhone } from '../masking.ts'
import type { PersonFacts } from '../person.ts'
import {
  blindIdNumber,
  findPersonByIdNumber,
  getPerson,
  getPersonInReach,
  openIdentity,
  type Person,
  searchPersons,
} from '../store.ts'
import { Typed } from './shapes.ts'

/** Named duties that a look may serve when no case is its reason. Texts: `people.purpose.*`. */
export const purposes = ['window-service', 'visit', 'correction'] as const
export type Purpose = (typeof purposes)[number]

/** As little as tells two people apart: 陈**, year of birth, community. */
export interface Hit {
  personId: string
  shownName: string
  bornYear: number | null
  /** '' where it lies outside the pack's areas, or is withheld. */
  areaName: string
}

const hitOf = (work: Work, person: Pick<Person, 'id' | 'name' | 'bornOn' | 'livingArea'>): Hit => ({
  personId: person.id,
  shownName: maskName(person.name),
  bornYear: person.bornOn ? Number(person.bornOn.slice(0, 4)) : null,
  areaName: work.call.platform.services.packs.inForce().areaName(person.livingArea ?? ''),
})

/** Exactly the person of this ID number, if she lives in or belongs to the post's areas. */
export const findPerson = search({
  operation: 'people.find-person',
  perMinute: 60,
  permission: 'person.search',
  actors: ['staff'],
  input: Type.Object({ idNumber: Typed }),
  output: Type.Unsafe<{ hit: Hit | null }>({}),
  async run(work, { idNumber }) {
    const wrong: Finding[] = []
    const blinds = wrongWhen(wrong, 'idNumber', () =>
      blindIdNumber(work.call.platform.services.crypto, idNumber, dayOf(work.now)),
    )
    refuseWrong(wrong)
    const person = blinds && (await findPersonByIdNumber(work.tx, blinds))
    if (!person) return { hit: null }
    // Looked at again without the veil of a safety flag: who is out of reach is not there.
    const { livingArea, hukouArea } = await getPerson(work.tx, person.id)
    const post = postOf(work.actor)
    return { hit: [livingArea, hukouArea].some((area) => area !== null && covers(post, area)) ? hitOf(work, person) : null }
  },
})

/** Persons of the post's areas whose name holds a part of two characters or more. */
export const findPersons = search({
  operation: 'people.search-persons',
  perMinute: 60,
  permission: 'person.search',
  actors: ['staff'],
  input: Type.Object({ part: Typed }),
  output: Type.Unsafe<{ hits: Hit[]; more: boolean }>({}),
  async run(work, { part }) {
    if ([...part.trim()].length < 2) throw new Refusal('person.search_too_short', 'invalid', { fields: [{ path: '/part' }] })
    const hits = new Map<string, Hit>()
    let more = false
    for (const area of postOf(work.actor).areas) {
      const found = await searchPersons(work.tx, area, part)
      for (const person of found.persons) hits.set(person.id, hitOf(work, person))
      more ||= found.more
    }
    return { hits: [...hits.values()], more }
  },
})

/** A masked line, and whether a phone is bound: which one is not said. */
export interface Shown extends Hit {
  bound: boolean
}

/** One masked line, for a page that does something for a person without reading her. */
export const showHit = query({
  operation: 'people.show-hit',
  permission: 'person.search',
  actors: ['staff'],
  input: Type.Object({ personId: Id }),
  output: Type.Unsafe<Shown>({}),
  async run(work, { personId }): Promise<Shown> {
    await getPersonInReach(work, personId)
    const hit = hitOf(
      work,
      await work.tx.one(sql<Parameters<typeof hitOf>[1]>`select id, name, born_on as "bornOn",
      case when safety_flag then null else living_area end as "livingArea" from people.person where id = ${personId}`),
    )
    return { ...hit, bound: (await bindingOf(work.tx, personId)) !== null }
  },
})

export interface CaseOfPerson {
  id: string
  number: string
  matterCode: string
  status: string
  dueAt: Date | null
}

export interface PersonPage {
  personId: string
  facts: PersonFacts
  /** Masked. */
  idNumber: string | null
  /** Masked. */
  phone: string | null
  hukouName: string
  livingName: string
  binding: Binding | null
  /** Running ones first. Of the post's lines, which row security knows, and of its exact areas, which it does not. */
  cases: CaseOfPerson[]
}

export const readPerson = personRead({
  operation: 'people.read-person',
  permission: 'person.read',
  actors: ['staff'],
  input: Type.Object({ personId: Id, purpose: Type.Enum([...purposes]) }),
  output: Type.Unsafe<PersonPage>({}),
  async about(work, { personId, purpose }) {
    await getPersonInReach(work, personId)
    return { personIds: [personId], purpose, caseId: null }
  },
  async run(work, { personId }): Promise<PersonPage> {
    const { crypto, packs } = work.call.platform.services
    const { areaName } = packs.inForce()
    const { areas } = postOf(work.actor)
    const facts = await personFacts(work.tx, personId, dayOf(work.now))
    const identity = await openIdentity(work.tx, crypto, personId)
    return {
      personId,
      facts,
      idNumber: identity.idNumber && maskIdNumber(identity.idNumber),
      phone: identity.phone && maskPhone(identity.phone),
      hukouName: areaName(facts.hukou_area ?? ''),
      livingName: areaName(facts.living_area ?? ''),
      binding: await bindingOf(work.tx, personId),
      cases: await work.tx.rows(sql<CaseOfPerson>`select id, number, matter_code as "matterCode", status, due_at as "dueAt"
        from cases.case c where applicant_id = ${personId}
        and exists (select from unnest(${[...areas]}::text[]) own where starts_with(c.handling_area, own) or starts_with(c.origin_area, own)) order by open desc, received_at desc limit 50`),
    }
  },
})
