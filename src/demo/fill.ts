/**
 * Writes the invented street into an empty database, as its owner: one transaction, one statement a table.
 */
import type pg from 'pg'
import { type FieldCrypto, readAccountNumber, sealedAs } from '../core/people/index.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Day } from '../platform/time.ts'
import type { DemoCharacter, DemoOfficer, DemoStreet } from './demo-street.ts'
import { chanceOf, idOf } from './random.ts'

export interface DemoAccounts {
  createStaffAccount(staff: { username: string; password: string; name: string; now?: Date }): Promise<{ accountId: string }>
  createResidentAccount(phone: string, now?: Date): Promise<{ accountId: string }>
}

export interface FillDemo {
  /** Connected as the owner of the database, and used by nobody else meanwhile. */
  owner: pg.Client
  crypto: FieldCrypto
  accounts: DemoAccounts
  now: Date
}

/** Who can sign in, and the ids that sample cases need. */
export interface Cast {
  asOf: Day
  residents: (DemoCharacter & { phone: string; accountId: string })[]
  staff: (DemoOfficer & { accountId: string })[]
  /** Person ids of the whole story, accounts or not, by code. */
  persons: Record<string, string>
  /** Post ids by code. */
  posts: Record<string, string>
  counts: { persons: number; dwellings: number; households: number }
}

/**
 * The areas of the street must be loaded. Refusals: demo.not_empty (there are people) · demo.not_a_demo (the database was
 * made for real use). Accounts are made last, since they do not go back with the transaction.
 */
export async function fillDemo({ owner, crypto, accounts, now }: FillDemo, street: DemoStreet): Promise<Cast> {
  await owner.query('begin')
  try {
    await claim(owner, now)
    await writePeople(owner, crypto, street, now)
    await writeOrganisations(owner, street, now)
    const cast = await writeAccounts(owner, accounts, street, now)
    await owner.query('commit')
    return cast
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}

/** A database is a demo from its first person on, or never. */
async function claim(owner: pg.Client, now: Date): Promise<void> {
  await owner.query('lock table people.person in share row exclusive mode')
  await owner.query(`insert into platform.setting (name, value, at) values ('demo', '1', $1) on conflict do nothing`, [now])
  const { rows } = await owner.query<{ demo: string; people: boolean }>(
    `select (select value from platform.setting where name = 'demo') as demo, exists (select from people.person) as people`,
  )
  if (rows[0]!.people) throw new Refusal('demo.not_empty', 'conflict')
  if (rows[0]!.demo !== '1') throw new Refusal('demo.not_a_demo', 'conflict')
}

/** One insert of many rows. `columns` is a column definition list: the names of the keys and their types. */
async function insert(owner: pg.Client, table: string, columns: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const names = columns.split(', ').map((column) => column.split(' ')[0])
  await owner.query(`insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as given (${columns})`, [
    JSON.stringify(rows),
  ])
}

const WHERE_FROM = 'source text, method text, recorded_at timestamptz'
const bytes = (buffer: Buffer) => `\\x${buffer.toString('hex')}`
const from = (day: Day) => `[${day},)`

async function writePeople(owner: pg.Client, crypto: FieldCrypto, street: DemoStreet, now: Date): Promise<void> {
  const recorded_at = now.toISOString()
  const areaRow = 'id uuid, area text, recorded_at timestamptz'
  await insert(
    owner,
    'people.hukou_household',
    `${areaRow}, number text`,
    street.households.map((one) => ({ ...one, recorded_at })),
  )
  await insert(
    owner,
    'people.dwelling',
    `${areaRow}, address text`,
    street.dwellings.map((one) => ({ ...one, recorded_at })),
  )
  await insert(
    owner,
    'people.person',
    'id uuid, name text, sex text, born_on date, id_number_sealed bytea, id_number_blind bytea, phone_sealed bytea, phone_blind bytea, living_area text, hukou_area text, recorded_at timestamptz, source text',
    street.persons.map((person) => ({
      id: person.id,
      name: person.name,
      sex: person.sex,
      born_on: person.bornOn,
      id_number_sealed: bytes(crypto.seal(person.idNumber, sealedAs.idNumber)),
      id_number_blind: bytes(crypto.blind(person.idNumber, sealedAs.idNumber)),
      phone_sealed: person.phone && bytes(crypto.seal(person.phone, sealedAs.phone)),
      phone_blind: person.phone && bytes(crypto.blind(person.phone, sealedAs.phone)),
      living_area: person.home.area,
      hukou_area: person.hukou.area,
      recorded_at,
      source: 'public-security',
    })),
  )

  // The sources are those that a real street has; the method says that everything is invented.
  const ids = chanceOf(street.persons.length)
  const fact = (personId: string, source: string, since: Day) => ({
    id: idOf(ids, now),
    person_id: personId,
    during: from(since),
    source,
    method: 'demo',
    recorded_at,
  })
  const spell = `id uuid, person_id uuid, during daterange, ${WHERE_FROM}`
  await insert(
    owner,
    'people.hukou_spell',
    `${spell}, household_id uuid, area text, relation text`,
    street.persons.map(({ id, hukou }) => ({
      ...fact(id, 'public-security', hukou.since),
      household_id: hukou.householdId,
      area: hukou.area,
      relation: hukou.relation,
    })),
  )
  await insert(
    owner,
    'people.dwelling_occupancy',
    `${spell}, dwelling_id uuid, area text`,
    street.persons.map(({ id, home }) => ({ ...fact(id, 'officer', home.since), dwelling_id: home.dwellingId, area: home.area })),
  )
  await insert(
    owner,
    'people.residence_spell',
    `${spell}, area text`,
    street.persons.flatMap(({ id, home, residenceSince }) =>
      residenceSince ? [{ ...fact(id, 'migrants', residenceSince), area: home.area }] : [],
    ),
  )
  await insert(
    owner,
    'people.income_declaration',
    `${spell}, monthly_fen bigint`,
    street.persons.flatMap(({ id, income }) =>
      income ? [{ ...fact(id, 'self', income.since), monthly_fen: income.monthlyFen }] : [],
    ),
  )
  await insert(
    owner,
    'people.disability_certificate',
    `${spell}, kind text, grade int`,
    street.persons.flatMap(({ id, disability }) =>
      disability ? [{ ...fact(id, 'officer', disability.since), kind: disability.kind, grade: disability.grade }] : [],
    ),
  )
  await insert(
    owner,
    'people.residence_permit',
    `${spell}, area text`,
    street.persons.flatMap(({ id, home, permit }) =>
      permit
        ? [{ ...fact(id, 'public-security', permit.since), during: `[${permit.since},${permit.until})`, area: home.area }]
        : [],
    ),
  )
  await insert(
    owner,
    'people.benefit_receipt',
    `${spell}, matter_code text, amount_fen bigint`,
    street.persons.flatMap(({ id, receipt, card }) => [
      ...(receipt
        ? [{ ...fact(id, 'civil-affairs', receipt.since), matter_code: receipt.matterCode, amount_fen: receipt.amountFen }]
        : []),
      ...(card ? [{ ...fact(id, 'civil-affairs', card.since), matter_code: card.matterCode, amount_fen: null }] : []),
    ]),
  )
  await insert(
    owner,
    'people.bank_account',
    `${spell}, account_sealed bytea, last_four text, bank text`,
    street.persons.flatMap(({ id, account }) => {
      if (!account) return []
      const { number, lastFour } = readAccountNumber(account.number)
      const sealed = bytes(crypto.seal(number, sealedAs.account))
      return [{ ...fact(id, 'human-resources', account.since), account_sealed: sealed, last_four: lastFour, bank: account.bank }]
    }),
  )
}

async function writeOrganisations(owner: pg.Client, street: DemoStreet, now: Date): Promise<void> {
  const rows = street.organisations.map((one) => ({ ...one, recorded_at: now.toISOString() }))
  await insert(owner, 'access.organisation', 'id uuid, name text, kind text, area text, recorded_at timestamptz', rows)
}

const AT_ONCE = 4

async function writeAccounts(owner: pg.Client, accounts: DemoAccounts, street: DemoStreet, now: Date): Promise<Cast> {
  const recorded_at = now.toISOString()
  const staff: Cast['staff'] = []
  // A few at once: forty passwords hashed together leave a slow machine no time to open a connection.
  for (let at = 0; at < street.officers.length; at += AT_ONCE)
    staff.push(
      ...(await Promise.all(
        street.officers.slice(at, at + AT_ONCE).map(async (officer) => {
          const { username, password, name } = officer
          return { ...officer, ...(await accounts.createStaffAccount({ username, password, name, now })) }
        }),
      )),
    )
  await insert(
    owner,
    'access.officer',
    'id uuid, account_id text, name text, number text, organisation_id uuid, recorded_at timestamptz',
    staff.map(({ id, accountId, name, number, posts }) => ({
      id,
      account_id: accountId,
      name,
      number,
      organisation_id: posts[0]?.organisationId ?? null,
      recorded_at,
    })),
  )
  await insert(
    owner,
    'access.post',
    'id uuid, officer_id uuid, organisation_id uuid, role text, areas text[], scope text, domains text[], valid_from date, valid_to date, recorded_at timestamptz',
    staff.flatMap((officer) =>
      officer.posts.map((post) => ({
        id: post.id,
        officer_id: officer.id,
        organisation_id: post.organisationId,
        role: post.role,
        areas: post.areas,
        scope: post.scope,
        domains: post.domains,
        valid_from: post.validFrom,
        valid_to: post.validTo,
        recorded_at,
      })),
    ),
  )
  const residents: Cast['residents'] = []
  for (const character of street.characters) {
    const { phone } = character
    if (phone) residents.push({ ...character, phone, ...(await accounts.createResidentAccount(phone, now)) })
  }
  const ids = chanceOf(street.characters.length)
  await insert(
    owner,
    'access.person_account',
    'id uuid, account_id text, person_id uuid, bound_at timestamptz, method text',
    residents.flatMap(({ level, accountId, personId }) =>
      level === 'A1'
        ? [{ id: idOf(ids, now), account_id: accountId, person_id: personId, bound_at: recorded_at, method: 'demo' }]
        : [],
    ),
  )
  return {
    asOf: street.asOf,
    residents,
    staff,
    persons: Object.fromEntries(street.characters.map(({ code, personId }) => [code, personId])),
    posts: Object.fromEntries(street.officers.flatMap(({ posts }) => posts.map(({ code, id }) => [code, id]))),
    counts: { persons: street.persons.length, dwellings: street.dwellings.length, households: street.households.length },
  }
}
