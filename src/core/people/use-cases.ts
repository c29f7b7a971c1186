/**
 * Persons as staff meet them. A hit is masked and names nobody; whoever needs more says what for, and the entry of that
 * look is written before the data leaves.
 */
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import { command, personRead, query, search, type Work } from '../../platform/use-case/use-case.ts'
import { type Binding, bindingOf } from '../access/bind.ts'
import { covers, postOf } from '../access/guard.ts'
import { personFacts } from './facts.ts'
import { type Finding, wrongWhen } from './finding.ts'
import { dwellingAt } from './homes.ts'
import { readIdNumber } from './id-number.ts'
import { maskIdNumber, maskName, maskPhone } from './masking.ts'
import type { PersonFacts } from './person.ts'
import { recordOccupancy } from './spells.ts'
import {
  blindIdNumber,
  createPerson,
  findPersonByIdNumber,
  getPerson,
  getPersonInReach,
  openIdentity,
  type Person,
  searchPersons,
} from './store.ts'

const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
const Typed = Type.String({ maxLength: 500 })

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
    const blind = wrongWhen(wrong, 'idNumber', () => blindIdNumber(work.call.platform.services.crypto, idNumber, dayOf(work.now)))
    refuseWrong(wrong)
    const person = blind && (await findPersonByIdNumber(work.tx, blind))
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

/** One masked line, for a page that does something for a person without reading her. */
export const showHit = query({
  operation: 'people.show-hit',
  permission: 'person.search',
  actors: ['staff'],
  input: Type.Object({ personId: Id }),
  output: Type.Unsafe<Hit>({}),
  async run(work, { personId }) {
    await getPersonInReach(work, personId)
    return hitOf(
      work,
      await work.tx.one(sql<Parameters<typeof hitOf>[1]>`select id, name, born_on as "bornOn",
      case when safety_flag then null else living_area end as "livingArea" from people.person where id = ${personId}`),
    )
  },
})

export interface RunningCase {
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
  /** Of the post's lines only: row security leaves out the rest. */
  cases: RunningCase[]
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
      cases: await work.tx.rows(sql<RunningCase>`select id, number, matter_code as "matterCode", status, due_at as "dueAt"
        from cases.case where applicant_id = ${personId} and open order by received_at desc limit 50`),
    }
  },
})

/** Letters of any script, with what stands between the parts of a name. */
const NAME = /^\p{L}[\p{L}\p{M}·•.'’\s-]{0,49}$/u

function readName(typed: string): string {
  const name = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()
  if (!NAME.test(name)) throw new Refusal('person.name_shape', 'invalid')
  return name
}

function readAddress(typed: string): string {
  const address = typed
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    .trim()
  if (address === '' || [...address].length > 100) throw new Refusal('person.address_shape', 'invalid')
  return address
}

/** A community of the post's own. */
function readCommunity(work: Work, typed: string): string {
  const known = work.call.platform.services.packs.inForce().areaName(typed) !== ''
  if (typed.length !== 12 || !known || !covers(postOf(work.actor), typed)) throw new Refusal('person.community_choose', 'invalid')
  return typed
}

/** Her hukou is where she lives, or lies elsewhere: then the six digits of its county or district. */
function readHukou(kind: string, code: string): string | 'here' {
  if (kind === 'here') return 'here'
  const digits = code.normalize('NFKC').trim()
  if (!/^[1-9][0-9]{5}$/.test(digits)) throw new Refusal('person.hukou_code_shape', 'invalid')
  return digits
}

const refuseWrong = (wrong: readonly Finding[]): void => {
  if (wrong.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: wrong })
}

/** Somebody whom nobody here has on record, by an officer who has the card before her. */
export const registerPerson = command({
  operation: 'people.register-person',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ name: Typed, idNumber: Typed, hukou: Typed, hukouCode: Typed, community: Typed, address: Typed }),
  output: Type.Object({ personId: Id }),
  async run(work, typed) {
    const wrong: Finding[] = []
    const today = dayOf(work.now)
    const name = wrongWhen(wrong, 'name', () => readName(typed.name))
    const card = wrongWhen(wrong, 'idNumber', () => readIdNumber(typed.idNumber, today))
    const community = wrongWhen(wrong, 'community', () => readCommunity(work, typed.community))
    const address = wrongWhen(wrong, 'address', () => readAddress(typed.address))
    if (!['here', 'elsewhere'].includes(typed.hukou)) wrong.push({ path: '/hukou', code: 'answer.choose' })
    const hukou = wrong.some((one) => one.path === '/hukou')
      ? undefined
      : wrongWhen(wrong, 'hukouCode', () => readHukou(typed.hukou, typed.hukouCode))
    refuseWrong(wrong)
    if (!name || !card || !community || !address || !hukou) throw new Error('a field passed without a value')
    const { crypto } = work.call.platform.services
    const dwellingId = await dwellingAt(work.tx, community, address, work.now)
    const personId = await createPerson(
      work.tx,
      crypto,
      {
        name,
        idNumber: card.number,
        // Both are known from today on; since when they were so before, no paper at the window says.
        hukou: { area: hukou === 'here' ? community : hukou, relation: 'other', householdId: null, since: today },
        home: { area: community, dwellingId, since: today },
      },
      { source: 'officer', method: 'card-seen', caseId: null },
      work.now,
    )
    return { personId }
  },
})

function readSince(typed: string, today: string): string {
  let day: string
  try {
    day = Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString()
  } catch {
    throw new Refusal('answer.no_such_day', 'invalid')
  }
  if (day > today) throw new Refusal('answer.day_ahead', 'invalid')
  if (day < '1900-01-01') throw new Refusal('answer.no_such_day', 'invalid')
  return day
}

/** Where she lives now, in one of the post's communities. The home before it ends on that day. */
export const recordDwelling = command({
  operation: 'people.record-dwelling',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id, community: Typed, address: Typed, since: Typed }),
  output: Type.Object({ personId: Id }),
  async run(work, { personId, ...typed }) {
    await getPersonInReach(work, personId)
    const wrong: Finding[] = []
    const community = wrongWhen(wrong, 'community', () => readCommunity(work, typed.community))
    const address = wrongWhen(wrong, 'address', () => readAddress(typed.address))
    const since = wrongWhen(wrong, 'since', () => readSince(typed.since, dayOf(work.now)))
    refuseWrong(wrong)
    if (!community || !address || !since) throw new Error('a field passed without a value')
    const dwellingId = await dwellingAt(work.tx, community, address, work.now)
    await recordOccupancy(
      work.tx,
      { personId, area: community, dwellingId, since },
      { source: 'officer', method: 'declared', caseId: null },
      work.now,
    )
    return { personId }
  },
})
