/**
 * Packs in use. A command loads them into the database, content-addressed and immutable; the newest is in force, and a
 * case keeps the one that it is pinned to.
 */
import type pg from 'pg'
import { asOwner } from '../../platform/database/owner.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { Lang, T } from '../../platform/words.ts'
import { type Area, ancestorAt, levelOf } from '../areas/index.ts'
import type { Limit } from '../clocks/index.ts'
import { type Calendar, type CalendarDay, type CalendarTerms, makeCalendar } from '../clocks/index.ts'
import type { DocumentForms } from '../documents/document.ts'
import type { RetentionClass } from '../retention/retention.ts'
import { areaChain, byParameterId, type Parameters, parameterOn, type Rule } from '../rules/index.ts'
import { type Table, wholeTable } from '../tables/index.ts'
import type { Certificates } from './certificates.ts'
import { isClauseKnown, isClauseNamed, isNumberKnown } from './clause.ts'
import type { Emergencies } from './emergencies.ts'
import type { Hazards } from './hazards.ts'
import type { AdmittedTask, IncidentClass, IncidentTerms } from './incident-classes.ts'
import type { Indicators } from './indicators.ts'
import { isFromLine, type Matter } from './matter.ts'
import { type Organ, organAt } from './organ.ts'
import { type MatterStatus, matterStatus, type Pack, PROMISE, type Remedy } from './pack/index.ts'
import type { WhistleKind, WhistleTerms } from './whistle-terms.ts'

/** What the parsers of this house make of the pack's tables. */
export interface ReadPack
  extends Omit<
    Pack,
    | 'areas'
    | 'calendar'
    | 'documents'
    | 'retention'
    | 'tables'
    | 'certificates'
    | 'emergencies'
    | 'hazards'
    | 'incidents'
    | 'indicators'
    | 'whistles'
  > {
  areas: readonly Area[]
  calendar: { days: readonly CalendarDay[]; terms: CalendarTerms }
  documents: DocumentForms
  /** Absent in a pack that was loaded before there were classes: nothing is let go under it. */
  retention?: readonly RetentionClass[]
  /** Absent likewise. */
  tables?: readonly Table[]
  /** Files of rules and numbers as written, by path. What is read from the database has them apart: see `Packs.texts`. */
  texts?: Readonly<Record<string, string>>
  /** Absent where nobody has written what a committee certifies. */
  certificates?: Certificates | null
  /** Absent where nobody has written how emergencies are reported. */
  emergencies?: Emergencies | null
  /** Absent where nobody has written which hazards there are. */
  hazards?: Hazards | null
  /** Absent where nobody has written what the work is appraised by. */
  indicators?: Indicators | null
  /** Absent where nothing is reported by grids. */
  incidents?: IncidentTerms | null
  /** Absent where no street calls units together. */
  whistles?: WhistleTerms | null
}

export class LoadedPack {
  readonly pack: ReadPack
  readonly hash: string
  readonly calendar: Calendar
  readonly parameters: Parameters
  readonly #matters: ReadonlyMap<string, Matter>
  readonly #rules: ReadonlyMap<string, Rule>
  readonly #roles: ReadonlyMap<string, readonly string[]>
  readonly #areas: ReadonlyMap<string, string>
  readonly #english: ReadonlyMap<string, string>
  /** A list of a thousand lines has a thousand of these: each was put together out of four names. */
  readonly #rows: Readonly<Record<Lang, Map<string, string>>> = { zh: new Map(), en: new Map() }
  constructor(pack: ReadPack) {
    this.pack = pack
    this.hash = pack.hash
    this.calendar = makeCalendar(pack.calendar.days, pack.calendar.terms)
    this.parameters = byParameterId(pack.parameters)
    this.#matters = new Map(pack.matters.map((m) => [m.code, m]))
    this.#rules = new Map(pack.rules.map((r) => [r.id, r]))
    this.#roles = new Map(pack.roles.map((r) => [r.code, r.permissions]))
    this.#areas = new Map(pack.areas.map((a) => [a.code, a.name]))
    this.#english = new Map(pack.english_names?.map((a) => [a.area, a.name]))
  }
  get matters(): readonly Matter[] {
    return this.pack.matters
  }
  /** What somebody can begin by herself. */
  get begun(): readonly Matter[] {
    return this.pack.matters.filter((matter) => !isFromLine(matter))
  }
  /** 常办的事, or where the pack names none, the first ones. */
  get often(): readonly Matter[] {
    const { often } = this.pack
    return often ? often.map((code) => this.matter(code)) : this.begun.slice(0, 6)
  }
  /** What somebody can begin by herself, as the pack groups it. */
  get grouped(): readonly { group: ReadPack['groups'][number]; matters: readonly Matter[] }[] {
    return this.pack.groups
      .map((group) => ({ group, matters: this.begun.filter((matter) => matter.group === group.code) }))
      .filter(({ matters }) => matters.length > 0)
  }
  /** @throws Refusal `matter.not_found` */
  matter(code: string): Matter {
    const matter = this.#matters.get(code)
    if (!matter) throw new Refusal('matter.not_found', 'missing')
    return matter
  }
  get tables(): readonly Table[] {
    return this.pack.tables ?? []
  }
  /** With what it takes from another one. @throws Refusal `table.not_found` */
  table(code: string): Table {
    const table = this.tables.find((one) => one.code === code)
    if (!table) throw new Refusal('table.not_found', 'missing')
    return wholeTable(table, this.tables)
  }
  /** @throws Refusal `incident.none_here` where the pack has no incidents.yaml */
  get incidents(): IncidentTerms {
    const { incidents } = this.pack
    if (!incidents) throw new Refusal('incident.none_here', 'missing')
    return incidents
  }
  /** Occasions to call units together; none where the pack has no whistles.yaml. */
  get whistleKinds(): readonly WhistleKind[] {
    return this.pack.whistles?.kinds ?? []
  }
  /** @throws Refusal `whistle.kind_unknown` */
  whistleKind(code: string): WhistleKind {
    const found = this.whistleKinds.find((one) => one.code === code)
    if (!found)
      throw new Refusal('whistle.kind_unknown', 'invalid', { fields: [{ path: '/kind', code: 'whistle.kind_unknown' }] })
    return found
  }
  /** @throws Refusal `incident.class_unknown` */
  incidentClass(code: string): IncidentClass {
    const found = this.incidents.classes.find((one) => one.code === code)
    if (!found) throw new Refusal('incident.class_unknown', 'missing')
    return found
  }
  /** What may be asked of grid workers on a day. */
  admittedOn(day: Day): AdmittedTask[] {
    return this.incidents.admitted.filter(({ off_from }) => !off_from || day < off_from)
  }
  rule(id: string): Rule {
    const rule = this.#rules.get(id)
    if (!rule) throw new Error(`no rule ${id} in the pack`)
    return rule
  }
  /** '' for an area that the pack does not know. */
  areaName = (code: string): string => this.#areas.get(code) ?? ''
  /** As a page calls it: in English where the pack has an English name, in Chinese otherwise. */
  areaIn(t: T, lang: Lang, code: string): string {
    const name = lang === 'en' ? this.#english.get(code) : undefined
    return name ? t(`matter.area.${levelOf(code)}`, { name }) : this.areaName(code)
  }
  /** District, street and community in a row, so far as the code goes, in English the smallest first; a city or a province by itself. */
  areaRowIn(t: T, lang: Lang, code: string): string {
    const known = this.#rows[lang].get(code)
    if (known !== undefined) return known
    const lengths = [6, 9, 12].filter((length) => code.length >= length)
    const parts = lengths.map((length) => this.areaIn(t, lang, code.slice(0, length))).filter((part) => part !== '')
    const row = (lang === 'en' ? parts.reverse().join(', ') : parts.join('')) || this.areaIn(t, lang, code)
    if (this.#areas.has(code)) this.#rows[lang].set(code, row)
    return row
  }
  roleName(code: string): { zh: string; en: string } {
    return this.pack.roles.find((r) => r.code === code)?.name ?? { zh: code, en: code }
  }
  permissionsOf = (role: string): readonly string[] => this.#roles.get(role) ?? []
  /** A parameter that must be known: clocks and house numbers. @throws Error naming it, since `pack check` proved it there */
  number(id: string, area: string, on: Day): number {
    const { value } = this.#row(id, area, on)
    if (typeof value !== 'number') throw new Error(`parameter ${id} is not a number`)
    return value
  }
  /** A number that a pack may leave out; null where it does. */
  optionalNumber(id: string, area: string, on: Day): number | null {
    const found = parameterOn(this.parameters, id, areaChain(area), on)
    return found.known && typeof found.value === 'number' ? found.value : null
  }
  limit(id: string, area: string, on: Day): Limit {
    const { row, value } = this.#row(id, area, on)
    return { value: value as number, unit: row.unit as Limit['unit'] }
  }
  /** Whether a limit may be called a legal one: an article, and verified. */
  isVerified(id: string, area: string, on: Day): boolean {
    const found = parameterOn(this.parameters, id, areaChain(area), on)
    return found.known && found.row.verified
  }
  #row(id: string, area: string, on: Day) {
    const found = parameterOn(this.parameters, id, areaChain(area), on)
    if (!found.known) throw new Error(`parameter ${id} does not hold in ${area} on ${on}: ${found.reason}`)
    return found
  }
  /** Where a decision about somebody of this area can be contested. @throws Error naming it, since `pack check` proved it there */
  remedyOrgan(kind: Remedy['kind'], area: string, on: Day): { zh: string; en: string } {
    const rows = this.pack.remedies.filter((r) => r.kind === kind && area.startsWith(r.area) && r.valid_from <= on)
    const [found] = rows.sort((a, b) => b.area.length - a.area.length || (a.valid_from < b.valid_from ? 1 : -1))
    if (!found) throw new Error(`the pack names nobody for ${kind} in ${area} on ${on}`)
    const district = this.areaName(ancestorAt(area, 'district'))
    const named = (text: string) => text.replace('{district}', () => district)
    return { zh: named(found.organ.zh), en: named(found.organ.en) }
  }
  /** The organ that issues documents of a line at an area: that area's office, or the nearest above. */
  issuingOrgan(domain: string, area: string): Organ {
    return organAt(this.pack, this.areaName, domain, area)
  }
  /** Who has a case of this line at an area, by name: the office there, or the area itself where the pack knows none. */
  officeName(domain: string, area: string): string {
    const name = this.areaName(area)
    if (!name) return area
    const office = organAt(this.pack, this.areaName, domain, area)
    return office.code.split(' ')[0] === area ? office.name : name
  }
  lapseOf(matterCode: string, on: Day): { lapsed: boolean; since: Day | null; documents: readonly string[] } {
    return lapseIn(matterStatus(this.matter(matterCode), this.pack, on))
  }
  /** Of a table's own text and those of its lines. */
  lapseOfTable({ basis, lines, gates }: Table, on: Day): ReturnType<LoadedPack['lapseOf']> {
    const conditions = [...lines, ...gates].flatMap((one) => one.rule ?? [])
    return lapseIn(matterStatus({ valid_from: on, bases: [basis], conditions }, this.pack, on))
  }
  /** A matter's official texts as they are cited: 《…》（文号）第一条. */
  basisLines(matter: Matter): string[] {
    // A paper to somebody names what is known. What is still to be looked up is said on pages, not on it.
    const { labels } = this.pack.documents
    const label = { article: labels.clause, section: labels.section, item: labels.item, unnamed: labels.unnamed }
    const cited = (clause: string, counted: keyof typeof label): string => {
      if (!isClauseKnown(clause)) return ''
      return isClauseNamed(clause) ? clause : (label[counted] ?? labels.clause).replace('{clause}', () => clause)
    }
    return matter.bases.map(({ document, clause }) => {
      const text = this.pack.bases.find((b) => b.code === document)
      if (!text) throw new Error(`no official text ${document} in the pack`)
      return `《${text.title.zh}》${isNumberKnown(text.number) ? `（${text.number}）` : ''}${clause === PROMISE ? '' : cited(clause, text.clauses ?? 'unnamed')}`
    })
  }
}

const lapseIn = (status: MatterStatus): ReturnType<LoadedPack['lapseOf']> =>
  status.status === 'lapsed'
    ? { lapsed: true, since: status.since, documents: status.documents }
    : { lapsed: false, since: null, documents: [] }

export class Packs {
  readonly #pool: pg.Pool
  readonly #byHash = new Map<string, LoadedPack>()
  #inForce: LoadedPack | undefined
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }
  /** Reads the newest pack; called at start and by a sweep, so that every process follows. */
  async refresh(): Promise<LoadedPack> {
    const { rows } = await this.#pool.query<{ hash: string }>('select hash from matters.pack order by loaded_at desc limit 1')
    if (!rows[0]) throw new Error('no pack is loaded in this database: run `npm run pack -- load`')
    this.#inForce = await this.at(rows[0].hash)
    return this.#inForce
  }
  inForce(): LoadedPack {
    if (!this.#inForce) throw new Error('packs are not refreshed yet')
    return this.#inForce
  }
  /** Files of rules and numbers of the pack in force, as written; empty for a pack that was loaded before they were kept. */
  async texts(): Promise<Readonly<Record<string, string>>> {
    const { rows } = await this.#pool.query<{ texts: Record<string, string> }>('select texts from matters.pack where hash = $1', [
      this.inForce().hash,
    ])
    return rows[0]?.texts ?? {}
  }
  /** The pack that was in force at an instant: what was decided then was judged by it. Of an instant before the first, the one of now. */
  async inForceAt(instant: Date): Promise<LoadedPack> {
    const { rows } = await this.#pool.query<{ hash: string }>(
      'select hash from matters.pack where loaded_at <= $1 order by loaded_at desc limit 1',
      [instant],
    )
    return rows[0] ? this.at(rows[0].hash) : this.inForce()
  }
  async at(hash: string): Promise<LoadedPack> {
    const held = this.#byHash.get(hash)
    if (held) return held
    const { rows } = await this.#pool.query<{ content: ReadPack }>('select content from matters.pack where hash = $1', [hash])
    if (!rows[0]) throw new Error(`pack ${hash} is not in this database`)
    const loaded = new LoadedPack(rows[0].content)
    this.#byHash.set(hash, loaded)
    return loaded
  }
}

/**
 * Writes a checked pack into the database, as its owner: areas, calendar, content. The same pack twice changes nothing.
 * @param by account on the machine
 * @returns whether it is new
 */
export const loadPack = (ownerUrl: string, pack: ReadPack, now: Date, by: string | null = null): Promise<boolean> =>
  asOwner(ownerUrl, 'pack load', async (client) => {
    // Left open by an error, the transaction ends with the connection and nothing was changed.
    await client.query('begin')
    await client.query('lock table matters.pack in exclusive mode')
    const newest = await client.query<{ hash: string }>('select hash from matters.pack order by loaded_at desc limit 1')
    const { texts = {}, ...content } = pack
    if (newest.rows[0]?.hash === pack.hash) {
      // Comments are in no hash: what somebody proposes is to begin with them as they are now.
      await client.query('update matters.pack set texts = $2 where hash = $1 and texts <> $2', [pack.hash, JSON.stringify(texts)])
      await client.query('commit')
      return false
    }
    const order = ['city', 'district', 'street', 'community']
    const areas = [...pack.areas].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
    await client.query(
      `insert into areas.area (code, name, level, parent_code, valid_from, valid_to, successor_code, source)
       select code, name, level, parent_code, valid_from, valid_to, successor_code, source from jsonb_to_recordset($1) as
         a(code text, name text, level text, parent_code text, valid_from date, valid_to date, successor_code text, source text)
       on conflict (code) do update set name = excluded.name, valid_to = excluded.valid_to, successor_code = excluded.successor_code, source = excluded.source`,
      [
        JSON.stringify(
          areas.map((a) => ({
            code: a.code,
            name: a.name,
            level: a.level,
            parent_code: a.parentCode,
            valid_from: a.validFrom,
            valid_to: a.validTo,
            successor_code: a.successorCode,
            source: a.source,
          })),
        ),
      ],
    )
    await client.query('delete from matters.calendar_day')
    await client.query(
      `insert into matters.calendar_day (day, kind, name, source_notice) select date, kind, name, source_notice from jsonb_to_recordset($1) as d(date date, kind text, name text, source_notice text)`,
      [
        JSON.stringify(
          pack.calendar.days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source_notice: d.sourceNotice })),
        ),
      ],
    )
    await client.query(
      `insert into matters.pack (hash, code, content, loaded_at, loaded_by, texts) values ($1, $2, $3, $4, $5, $6)
       on conflict (hash) do update set texts = excluded.texts, loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by`,
      [pack.hash, pack.code, JSON.stringify(content), now, by, JSON.stringify(texts)],
    )
    await client.query('commit')
    return true
  })

/** Whether some pack is in force. */
export const hasPack = (ownerUrl: string): Promise<boolean> =>
  asOwner(ownerUrl, 'start', async (client) => (await client.query('select from matters.pack limit 1')).rows.length > 0)
