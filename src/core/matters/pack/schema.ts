/**
 * The files of a pack, as types. Shapes only; what must hold between the files is in `check-*.ts`.
 */
import Type from 'typebox'
import type { ParameterRow } from '../../rules/parameter.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Table } from '../../tables/table.ts'
import { Basis, Level, type Matter, Text } from '../matter.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+([-.][a-z0-9]+)*$' })
const AREA = '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'
const Day = Type.String({ format: 'date' })

/** Clause of a number that is our own and not the law's. */
export const PROMISE = 'promise'

/** `short`: how the bureau of this line is called in the numbers of its documents. */
export const Domain = Type.Object({ code: Code, name: Text, organ: Text, short: Type.String({ minLength: 1 }) }, closed)
export type Domain = Type.Static<typeof Domain>

export const Group = Type.Object({ code: Code, name: Text }, closed)
export type Group = Type.Static<typeof Group>

/** How people of the place write and speak; read by the finder only. */
export const Speech = Type.Object(
  {
    /** Pairs of characters, traditional then simplified, separated by spaces: `長长 壽寿`. */
    simplified: Type.String(),
    /** Groups of one meaning; the first of a group is what the others are read as. */
    same: Type.Array(Type.Array(Type.String({ minLength: 1 }), { minItems: 2 })),
    /** Characters that are mistaken for each other by their sound, a group a line. */
    sounds: Type.Array(Type.String({ minLength: 2 })),
    /** Words that many wishes share: alone they point nowhere. */
    weak: Type.Array(Type.String({ minLength: 1 })),
    /** What says nothing about the wish: greetings, question words, the place’s own name. */
    skip: Type.Array(Type.String({ minLength: 1 })),
  },
  closed,
)
export type Speech = Type.Static<typeof Speech>

/** Something that people ask for and that this pack does not have: how they say it, where they should go, and our page about it. */
export const Elsewhere = Type.Object(
  {
    words: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    about: Text,
    go: Text,
    page: Type.Optional(Type.Literal('certificates')),
  },
  closed,
)
export type Elsewhere = Type.Static<typeof Elsewhere>

/** An organ whose documents are numbered under another name than `offices` makes of its area and line. */
export const ShortName = Type.Object(
  {
    area: Type.String({ pattern: AREA }),
    /** Office line of a bureau; absent for a street's own office. */
    domain: Type.Optional(Code),
    short: Type.String({ minLength: 1 }),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
  },
  closed,
)
export type ShortName = Type.Static<typeof ShortName>

/** What an area is called in English, in plain letters. */
export const EnglishName = Type.Object(
  {
    area: Type.String({ pattern: AREA }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
  },
  closed,
)

/** What an office or a unit is called in English, by the name under which it is on record. */
export const EnglishOrganisation = Type.Object(
  {
    organisation: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
    demo: Type.Optional(Type.Literal(true)),
  },
  closed,
)

/** Where a decision can be contested, in an area and the areas in it; the nearest wins, then the latest. */
export const Remedy = Type.Object(
  {
    /** `reconsideration` 行政复议, `lawsuit` 行政诉讼 */
    kind: Type.Enum(['reconsideration', 'lawsuit']),
    area: Type.String({ pattern: AREA }),
    /** `{district}` is the name of the case's district. */
    organ: Text,
    basis: Basis,
    valid_from: Day,
    /** Read in the official text by two readers. */
    verified: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type Remedy = Type.Static<typeof Remedy>

/** pack.yaml */
export const PackFile = Type.Object(
  {
    code: Code,
    name: Text,
    area: Type.String({ pattern: AREA }),
    time_zone: Type.String({ minLength: 1 }),
    domains: Type.Array(Domain, { minItems: 1 }),
    groups: Type.Array(Group, { minItems: 1 }),
    /** 常办的事: matters that the first page names at once, in this order. */
    often: Type.Optional(Type.Array(Code, { maxItems: 8 })),
    /** Material codes that other organs already hold; no matter may ask a resident to upload one of them. */
    shared_materials: Type.Array(Code),
    /**
     * Who issues documents: how an office is named from its area, `{area}` and, for a bureau, `{organ}`. The first that
     * fits, by the area's ending. At a level without an office the one above issues: a committee is no organ.
     * `short` is its name in document numbers, made of the names without their endings.
     */
    offices: Type.Array(
      Type.Object(
        {
          level: Level,
          ends: Type.Optional(Type.String({ minLength: 1 })),
          name: Type.String({ minLength: 1 }),
          /** The same in English, of the English names of area and organ. */
          name_en: Type.Optional(Type.String({ minLength: 1 })),
          short: Type.String({ minLength: 1 }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    /** Endings that an area's name does without in a document number. */
    area_endings: Type.Array(Type.String({ minLength: 1 })),
    short_names: Type.Optional(Type.Array(ShortName)),
    /** A password is not made of them. */
    english_names: Type.Optional(Type.Array(EnglishName)),
    /** Of those whose name `offices` does not make. */
    english_organisations: Type.Optional(Type.Array(EnglishOrganisation)),
    remedies: Type.Array(Remedy, { minItems: 1 }),
    /** Shapes of telephone numbers that may sign in, as a pattern of the whole national number; the demo has its own, which no operator uses. */
    phone_pattern: Type.String({ minLength: 1 }),
    speech: Type.Optional(Speech),
    elsewhere: Type.Optional(Type.Array(Elsewhere)),
  },
  closed,
)
export type PackFile = Type.Static<typeof PackFile>

/** A row of bases.yaml: an official text that rows, rules and matters rest on. */
export const OfficialDocument = Type.Object(
  {
    code: Code,
    number: Type.String({ minLength: 1 }),
    title: Text,
    issuer: Text,
    valid_from: Day,
    /** Last day in force; absent while the text has no end. */
    valid_to: Type.Optional(Day),
    /** Code of the text that took its place. */
    successor: Type.Optional(Code),
    /** What the numbers of its clauses count: 条, 部分 (一、二、…) or 项. Absent while nobody has read it: no paper then says 第一条. */
    clauses: Type.Optional(Type.Enum(['article', 'section', 'item'])),
    verified: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type OfficialDocument = Type.Static<typeof OfficialDocument>

/** An entry of roles.yaml. Posts are given a role; permissions are the house's closed list. */
export const Role = Type.Object(
  {
    code: Code,
    name: Text,
    /** Level of the area that a post of this role has. */
    level: Level,
    /** One sentence: what somebody in this role does. */
    does: Text,
    permissions: Type.Array(Type.String({ pattern: '^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$' })),
  },
  closed,
)
export type Role = Type.Static<typeof Role>

/** A pack that passed every check. `areas`, `calendar`, `documents`, `retention`, `certificates`, `emergencies`, `hazards`, `incidents`, `indicators` and `whistles` are what their own readers made of those files. */
export interface Pack extends PackFile {
  bases: readonly OfficialDocument[]
  parameters: readonly ParameterRow[]
  rules: readonly Rule[]
  matters: readonly Matter[]
  tables: readonly Table[]
  roles: readonly Role[]
  areas: unknown
  calendar: unknown
  documents: unknown
  retention: unknown
  certificates: unknown
  emergencies: unknown
  hazards: unknown
  indicators: unknown
  incidents: unknown
  whistles: unknown
  /** SHA-256 of everything above, in hex: what the database keeps the pack under. */
  hash: string
}
