/**
 * Persons in SQL: made, found, searched. Row security decides what a statement can touch; what it refuses is explained
 * by `reach`.
 */
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { covers, postOf } from '../access/guard.ts'
import { readIdNumber } from './id-number.ts'
import { maskIdNumber } from './masking.ts'
import { type FieldCrypto, type Provenance, type Relation, type Sex, sealedAs } from './person.ts'
import { reach } from './reach.ts'
import { recordHukou, recordOccupancy } from './spells.ts'

export interface NewPerson {
  name: string
  /** As typed; sex and day of birth are read out of it. Null for somebody without one (a newborn). */
  idNumber: string | null
  sex?: Sex | null
  bornOn?: Day | null
  /** In its one form (`normalisePhone`). */
  phone?: string | null
  /** At least one of the two, since a person without a place would be seen by nobody. */
  hukou?: { area: string; relation: Relation; householdId: string | null; since: Day }
  home?: { area: string; dwellingId: string; since: Day }
}

/**
 * A new person with her first spells.
 * Refusals: person.id_number_wrong · person.id_number_differs · person.place_missing · person.already_recorded {personId} ·
 * person.recorded_elsewhere · person.out_of_reach · person.day_in_future
 */
export async function createPerson(
  tx: Tx,
  crypto: FieldCrypto,
  person: NewPerson,
  provenance: Provenance,
  now: Date,
): Promise<string> {
  const { hukou, home } = person
  if (!hukou && !home) throw new Refusal('person.place_missing', 'invalid')
  const card = person.idNumber === null ? null : readIdNumber(person.idNumber, dayOf(now))
  if (card && person.sex && person.sex !== card.sex) throw new Refusal('person.id_number_differs', 'invalid', { what: 'sex' })
  if (card && person.bornOn && person.bornOn !== card.bornOn)
    throw new Refusal('person.id_number_differs', 'invalid', { what: 'born_on' })

  const id = newId(now)
  const blinds = card ? crypto.blinds(card.number, sealedAs.idNumber) : []
  const write = () =>
    tx.run(sql`insert into people.person (id, name, sex, born_on, id_number_sealed, id_number_blind, phone_sealed, phone_blind,
        living_area, hukou_area, recorded_at, source)
      values (${id}, ${person.name.trim()}, ${card?.sex ?? person.sex ?? null}, ${card?.bornOn ?? person.bornOn ?? null},
        ${card && crypto.seal(card.number, sealedAs.idNumber)}, ${blinds[0] ?? null},
        ${person.phone ? crypto.seal(person.phone, sealedAs.phone) : null}, ${person.phone ? crypto.blind(person.phone, sealedAs.phone) : null},
        ${home?.area ?? null}, ${hukou?.area ?? null}, ${now}, ${provenance.source})
      on conflict (id_number_blind) do nothing`)
  const made = (await isTaken(tx, blinds)) ? 0 : await reach(write())
  if (made === 0) {
    const known = await findPersonByIdNumber(tx, blinds)
    throw known
      ? new Refusal('person.already_recorded', 'conflict', { personId: known.id })
      : new Refusal('person.recorded_elsewhere', 'conflict')
  }
  if (hukou) await recordHukou(tx, { personId: id, ...hukou }, provenance, now)
  if (home) await recordOccupancy(tx, { personId: id, ...home }, provenance, now)
  return id
}

/**
 * While the blind key changes a number has two hashes, and the constraint holds for each alone: whoever writes it waits for
 * whoever else does, and then looks under both. With one key the constraint does it.
 */
const isTaken = async (tx: Tx, blinds: readonly Buffer[]): Promise<boolean> =>
  blinds.length > 1 && (await tx.one(sql<{ taken: boolean }>`select people.number_taken(${blinds}::bytea[]) as taken`)).taken

/** A person as lists and routing need her. */
export interface Person {
  id: string
  name: string
  sex: Sex | null
  bornOn: Day | null
  livingArea: string | null
  hukouArea: string | null
}

/** A safety flag hides where somebody lives from staff, also in a list. */
const listed = sql`p.id, p.name, p.sex, p.born_on as "bornOn", p.hukou_area as "hukouArea",
  case when p.safety_flag and current_user = 'app_staff' then null else p.living_area end as "livingArea"`

/**
 * One person within what the actor may see. `livingArea` is given under a safety flag too, since a case has to reach its
 * community: for routing, never for a page. Refusal: person.not_found
 */
export async function getPerson(tx: Tx, personId: string): Promise<Person> {
  const person = await tx.maybe(sql<Person>`select p.id, p.name, p.sex, p.born_on as "bornOn", p.living_area as "livingArea",
    p.hukou_area as "hukouArea" from people.person p where p.id = ${personId}`)
  if (!person) throw new Refusal('person.not_found', 'missing')
  return person
}

/**
 * By the keyed hashes of her number (`blindIdNumber`), within what the actor may see. A list and no array: of an array PostgreSQL
 * makes a plan at every call, which took longer than the search.
 */
export const findPersonByIdNumber = (tx: Tx, blinds: readonly Buffer[]): Promise<Person | undefined> =>
  tx.maybe(sql<Person>`select ${listed} from people.person p where p.id_number_blind in (${sql.join(blinds)})`)

/** The keyed hashes of a number as typed. Refusal: person.id_number_wrong */
export const blindIdNumber = (crypto: FieldCrypto, typed: string, today: Day): Buffer[] =>
  crypto.blinds(readIdNumber(typed, today).number, sealedAs.idNumber)

const MOST_FOUND = 200

/**
 * Persons of an area whose name holds a part of at least two characters, by name; `more` says that the part is too
 * common to list everybody. Refusal: person.search_too_short
 */
export async function searchPersons(tx: Tx, area: string, part: string): Promise<{ persons: Person[]; more: boolean }> {
  const wanted = part.trim()
  if ([...wanted].length < 2) throw new Refusal('person.search_too_short', 'invalid')
  // '' would be the prefix of every area.
  if (!/^\d{4,12}$/.test(area)) throw new Error(`not an area code: "${area}"`)
  const persons = await tx.rows(sql<Person>`select ${listed} from people.person p
    where strpos(p.name, ${wanted}) > 0
      and ((p.living_area >= ${area} and p.living_area < ${area} || '~') or (p.hukou_area >= ${area} and p.hukou_area < ${area} || '~'))
    order by p.name, p.born_on, p.id limit ${MOST_FOUND + 1}`)
  return { persons: persons.slice(0, MOST_FOUND), more: persons.length > MOST_FOUND }
}

interface Sealed {
  id_number_sealed: Buffer | null
  phone_sealed: Buffer | null
}

/**
 * Number and phone in clear, null where unknown: for the person herself at A2 and for documents.
 * Refusal: person.not_found
 */
export async function openIdentity(tx: Tx, crypto: FieldCrypto, personId: string) {
  const sealed = await tx.maybe(sql<Sealed>`select id_number_sealed, phone_sealed from people.person where id = ${personId}`)
  if (!sealed) throw new Refusal('person.not_found', 'missing')
  return {
    idNumber: sealed.id_number_sealed && crypto.open(sealed.id_number_sealed, sealedAs.idNumber),
    phone: sealed.phone_sealed && crypto.open(sealed.phone_sealed, sealedAs.phone),
  }
}

/** 4401************1X, or null where unknown. Refusal: person.not_found */
export async function maskedIdNumberOf(tx: Tx, crypto: FieldCrypto, personId: string): Promise<string | null> {
  const { idNumber } = await openIdentity(tx, crypto, personId)
  return idNumber && maskIdNumber(idNumber)
}

/** The same for an officer: only in the exact areas of the post. Who is out of reach answers like nobody. */
export async function getPersonInReach({ tx, actor }: Pick<Work, 'tx' | 'actor'>, personId: string) {
  const person = await getPerson(tx, personId)
  const post = postOf(actor)
  if (![person.livingArea, person.hukouArea].some((area) => area !== null && covers(post, area)))
    throw new Refusal('person.not_found', 'missing')
  return person
}
