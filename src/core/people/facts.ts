/**
 * What is known of one person on one day.
 */
import { sql, type Tx } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { FactSource, PersonFacts, Relation, Sex, Source } from './person.ts'

interface Row {
  name: string
  sex: Sex | null
  born_on: Day | null
  person_source: Source
  person_at: Date
  hidden: boolean
  hukou_area: string | null
  relation: Relation | null
  hukou_since: Day | null
  hukou_source: Source | null
  hukou_at: Date | null
  living_area: string | null
  address: string | null
  home_since: Day | null
  home_source: Source | null
  home_at: Date | null
  residence_since: Day | null
  residence_source: Source | null
  residence_at: Date | null
  monthly_fen: number | null
  income_source: Source | null
  income_at: Date | null
  disability_kind: string | null
  disability_grade: number | null
  disability_source: Source | null
  disability_at: Date | null
  permit_since: Day | null
  permit_until: Day | null
  permit_source: Source | null
  permit_at: Date | null
  last_four: string | null
  bank: string | null
  bank_source: Source | null
  bank_at: Date | null
  receives: string[] | null
  receipt_source: Source | null
  receipt_at: Date | null
}

/**
 * The facts of `personId` that hold on `on`, each with its provenance, in one statement. The exclusion constraints see to
 * it that each join finds one row at most. Refusal: person.not_found
 */
export async function personFacts(tx: Tx, personId: string, on: Day): Promise<PersonFacts> {
  const row = await tx.maybe(sql<Row>`
    with given as (select ${personId}::uuid as person_id, ${on}::date as day)
    select p.name, p.sex, p.born_on, p.source as person_source, p.recorded_at as person_at,
      p.safety_flag and current_user = 'app_staff' as hidden,
      h.area as hukou_area, h.relation, lower(h.during)::text as hukou_since, h.source as hukou_source, h.recorded_at as hukou_at,
      o.area as living_area, d.address, lower(o.during)::text as home_since, o.source as home_source, o.recorded_at as home_at,
      r.since as residence_since, r.source as residence_source, r.recorded_at as residence_at,
      i.monthly_fen, i.source as income_source, i.recorded_at as income_at,
      c.kind as disability_kind, c.grade as disability_grade, c.source as disability_source, c.recorded_at as disability_at,
      t.since as permit_since, t.until as permit_until, t.source as permit_source, t.recorded_at as permit_at,
      b.last_four, b.bank, b.source as bank_source, b.recorded_at as bank_at,
      paid.receives, paid.source as receipt_source, paid.recorded_at as receipt_at
    from given g
    join people.person p on p.id = g.person_id
    left join people.hukou_spell h on h.person_id = p.id and h.during @> g.day
    left join people.dwelling_occupancy o on o.person_id = p.id and o.during @> g.day
    left join people.dwelling d on d.id = o.dwelling_id
    left join lateral (
      select lower(s.during)::text as since, s.source, s.recorded_at from people.residence_spell s
      where s.person_id = p.id and s.during @> g.day) r on true
    left join people.income_declaration i on i.person_id = p.id and i.during @> g.day
    left join people.disability_certificate c on c.person_id = p.id and c.during @> g.day
    left join lateral (
      select lower(s.during)::text as since, (upper(s.during) - 1)::text as until, s.source, s.recorded_at from people.residence_permit s
      where s.person_id = p.id and lower(s.during) <= g.day order by lower(s.during) desc limit 1) t on true
    left join people.bank_account b on b.person_id = p.id and b.during @> g.day
    cross join lateral (
      select array_agg(q.matter_code order by q.matter_code) as receives,
        (array_agg(q.source order by q.recorded_at desc))[1] as source, max(q.recorded_at) as recorded_at
      from people.benefit_receipt q where q.person_id = p.id and q.during @> g.day) paid`)
  if (!row) throw new Refusal('person.not_found', 'missing')

  const known = { source: row.person_source, recorded_at: row.person_at.toISOString() }
  const shown = !row.hidden
  return {
    name: row.name,
    sex: row.sex,
    born_on: row.born_on,
    hukou_area: row.hukou_area,
    hukou_relation: row.relation,
    hukou_since: row.hukou_since,
    living_area: shown ? row.living_area : null,
    dwelling:
      shown && row.living_area && row.home_since ? { address: row.address, area: row.living_area, since: row.home_since } : null,
    residence_since: shown ? row.residence_since : null,
    receives: row.receives ?? [],
    monthly_income_fen: row.monthly_fen,
    disability: row.disability_grade === null ? null : { kind: row.disability_kind, grade: row.disability_grade },
    permit: row.permit_since && row.permit_until ? { since: row.permit_since, until: row.permit_until } : null,
    bank: row.last_four ? { last_four: row.last_four, bank: row.bank } : null,
    whereabouts_hidden: row.hidden,
    provenance: {
      name: known,
      sex: row.sex ? known : null,
      born_on: row.born_on ? known : null,
      hukou: sourceOf(row.hukou_source, row.hukou_at),
      dwelling: shown ? sourceOf(row.home_source, row.home_at) : null,
      residence: shown ? sourceOf(row.residence_source, row.residence_at) : null,
      receives: sourceOf(row.receipt_source, row.receipt_at),
      monthly_income_fen: sourceOf(row.income_source, row.income_at),
      disability: sourceOf(row.disability_source, row.disability_at),
      permit: sourceOf(row.permit_source, row.permit_at),
      bank: sourceOf(row.bank_source, row.bank_at),
    },
  }
}

const sourceOf = (source: Source | null, at: Date | null): FactSource | null =>
  source && at ? { source, recorded_at: at.toISOString() } : null

/** What she shares with others, as a count: row security shows her nobody else, and a rule may use what it may not show. */
export interface Shares {
  /** People living at her address, herself among them; null when none is on record. */
  dwellingPersons: number | null
  /** People in her hukou book. */
  householdPersons: number | null
}

/** Of a person within reach; of anybody else both are null. */
export async function sharesOf(tx: Tx, personId: string, on: Day): Promise<Shares> {
  return tx.one(sql<Shares>`select dwelling_persons as "dwellingPersons", household_persons as "householdPersons"
    from (select 1) one left join people.shares(${personId}, ${on}::date) on true`)
}

/** The facts without what one case gave: it is no reason against that case. */
export async function withoutGrantOf(
  tx: Tx,
  facts: PersonFacts,
  { id, applicantId, matterCode }: { id: string; applicantId: string; matterCode: string },
  on: Day,
): Promise<PersonFacts> {
  const otherwise =
    await tx.maybe(sql`select 1 as one from people.benefit_receipt where person_id = ${applicantId} and matter_code = ${matterCode}
    and case_id is distinct from ${id} and during @> ${on}::date limit 1`)
  return otherwise ? facts : { ...facts, receives: facts.receives.filter((code) => code !== matterCode) }
}
