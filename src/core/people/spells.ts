/**
 * Facts with a time. Each is appended with its provenance; a new spell closes the running one at its first day, so that
 * every table tells one value a person and day. A spell that begins on the day of the running one corrects it: the older
 * row stays, with an empty range.
 */
import type { RawBuilder } from 'kysely'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { readAccountNumber } from './account-number.ts'
import { type DisabilityKind, type FieldCrypto, type Provenance, type Relation, sealedAs } from './person.ts'
import { reach } from './reach.ts'

/** `until` is the first day on which it no longer holds; without it the spell runs on. */
interface Spell {
  personId: string
  since: Day
  until?: Day | null
}

type Table =
  | 'hukou_spell'
  | 'dwelling_occupancy'
  | 'residence_spell'
  | 'income_declaration'
  | 'benefit_receipt'
  | 'bank_account'
  | 'disability_certificate'
  | 'residence_permit'

/**
 * Refusals: person.not_found · person.out_of_reach · person.later_record {since}
 * @param key what else tells spells apart that may run side by side
 * @returns the id of the new spell
 */
async function append(
  tx: Tx,
  table: Table,
  { personId, since, until = null }: Spell,
  values: Record<string, unknown>,
  { source, method, caseId }: Provenance,
  now: Date,
  key: RawBuilder<unknown> = sql`true`,
): Promise<string> {
  const name = sql.id('people', table)
  // The person is the lock: of two spells recorded at once the second sees the first, instead of a constraint error. By her id,
  // not by her row: a resident records her own bank account and may change nothing of that row.
  if (
    !(await tx.maybe(
      sql`select id, pg_advisory_xact_lock(hashtextextended(id::text, 0)) from people.person where id = ${personId}`,
    ))
  )
    throw new Refusal('person.not_found', 'missing')
  const later = await tx.maybe(sql<{ since: Day }>`select lower(during)::text as since from ${name}
    where person_id = ${personId} and ${key} and lower(during) > ${since}::date
      and during && daterange(${since}::date, ${until}::date) order by lower(during) limit 1`)
  if (later) throw new Refusal('person.later_record', 'conflict', { since: later.since })
  await tx.run(sql`update ${name} set during = daterange(lower(during), ${since}::date)
    where person_id = ${personId} and ${key} and during && daterange(${since}::date, ${until}::date)`)
  const id = newId(now)
  const columns = Object.keys(values).map((column) => sql.id(column))
  const row = Object.values(values).map((value) => sql`${value}`)
  await reach(
    tx.run(sql`insert into ${name} (id, person_id, during, source, method, case_id, recorded_at, ${sql.join(columns)})
      values (${id}, ${personId}, daterange(${since}::date, ${until}::date), ${source}, ${method}, ${caseId}, ${now}, ${sql.join(row)})`),
  )
  return id
}

/** Places count for row security today, so they cannot begin tomorrow: nothing would move the person on that day. */
function notInFuture(since: Day, now: Date): void {
  if (since > dayOf(now)) throw new Refusal('person.day_in_future', 'invalid', { since })
}

const columnOf = { hukou_spell: 'hukou_area', dwelling_occupancy: 'living_area' } as const

/** Makes the person's row say what the spells say of today, in the same transaction. */
async function keepInStep(tx: Tx, table: keyof typeof columnOf, personId: string, now: Date): Promise<void> {
  await reach(
    tx.run(sql`update people.person p set ${sql.id(columnOf[table])} = (select s.area from ${sql.id('people', table)} s
      where s.person_id = p.id and s.during @> ${dayOf(now)}::date) where p.id = ${personId}`),
  )
}

export interface HukouSpell extends Spell {
  /** May lie outside this city. */
  area: string
  relation: Relation
  householdId: string | null
}

/** Refusals: person.not_found · person.out_of_reach · person.day_in_future · person.later_record */
export async function recordHukou(tx: Tx, spell: HukouSpell, provenance: Provenance, now: Date): Promise<string> {
  notInFuture(spell.since, now)
  const values = { area: spell.area, relation: spell.relation, household_id: spell.householdId }
  const id = await append(tx, 'hukou_spell', spell, values, provenance, now)
  await keepInStep(tx, 'hukou_spell', spell.personId, now)
  return id
}

export interface Occupancy extends Spell {
  area: string
  dwellingId: string
}

/** Who lives where. Refusals as `recordHukou`. */
export async function recordOccupancy(tx: Tx, spell: Occupancy, provenance: Provenance, now: Date): Promise<string> {
  notInFuture(spell.since, now)
  const values = { area: spell.area, dwelling_id: spell.dwellingId }
  const id = await append(tx, 'dwelling_occupancy', spell, values, provenance, now)
  await keepInStep(tx, 'dwelling_occupancy', spell.personId, now)
  return id
}

/** 居住登记. Refusals: person.not_found · person.out_of_reach · person.later_record */
export const recordResidence = (tx: Tx, spell: Spell & { area: string }, provenance: Provenance, now: Date): Promise<string> =>
  append(tx, 'residence_spell', spell, { area: spell.area }, provenance, now)

/** Refusals: person.not_found · person.later_record */
export const recordIncome = (tx: Tx, spell: Spell & { monthlyFen: number }, provenance: Provenance, now: Date): Promise<string> =>
  append(tx, 'income_declaration', spell, { monthly_fen: spell.monthlyFen }, provenance, now)

/** 残疾人证. `kind` is null where it is a sealed category. Refusals: person.not_found · person.later_record */
export const recordDisability = (
  tx: Tx,
  spell: Spell & { kind: DisabilityKind | null; grade: number },
  provenance: Provenance,
  now: Date,
): Promise<string> => append(tx, 'disability_certificate', spell, { kind: spell.kind, grade: spell.grade }, provenance, now)

/** 居住证: `since` is the day from which its years count, `until` the day after the last that it is endorsed for. Refusals as `recordIncome` */
export const recordPermit = (
  tx: Tx,
  spell: Spell & { area: string; until: Day },
  provenance: Provenance,
  now: Date,
): Promise<string> => append(tx, 'residence_permit', spell, { area: spell.area }, provenance, now)

export interface Receipt extends Spell {
  matterCode: string
  amountFen: number | null
}

/** A benefit that is paid from `since` on; several matters may be paid at once. Refusals: person.not_found · person.later_record */
export const recordReceipt = (tx: Tx, spell: Receipt, provenance: Provenance, now: Date): Promise<string> =>
  append(
    tx,
    'benefit_receipt',
    spell,
    { matter_code: spell.matterCode, amount_fen: spell.amountFen },
    provenance,
    now,
    sql`matter_code = ${spell.matterCode}`,
  )

export interface BankAccount extends Spell {
  /** As typed. */
  number: string
  bank: string | null
}

/** Where benefits are paid to. Refusals: account_number.wrong · person.not_found · person.later_record */
export async function recordBankAccount(
  tx: Tx,
  crypto: FieldCrypto,
  spell: BankAccount,
  provenance: Provenance,
  now: Date,
): Promise<string> {
  const { number, lastFour } = readAccountNumber(spell.number)
  const values = { account_sealed: crypto.seal(number, sealedAs.account), last_four: lastFour, bank: spell.bank }
  return append(tx, 'bank_account', spell, values, provenance, now)
}
