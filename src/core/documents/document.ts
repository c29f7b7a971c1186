/**
 * Official documents (文书): what the pack writes about each kind, what is filled in, and the model that is printed.
 * They issue in Chinese only; the English title is for pages. Names, limits and laws are the pack's.
 */
import Type from 'typebox'
import type { Day } from '../../platform/time.ts'
import { Procedure, Text } from '../matters/matter.ts'

const closed = { additionalProperties: false }
const Line = Type.String({ minLength: 1 })
const Code = Type.String({ pattern: '^[a-z0-9]+([-._][a-z0-9]+)*$' })

/** Left out unless the value is given (`if`), or unless the matter's procedure is one of these (`only`). */
const When = { if: Type.Optional(Type.String()), only: Type.Optional(Type.Array(Procedure, { minItems: 1 })) }

/** A text holds `{placeholders}`; one whose name ends in `_on` is a day and is written out. */
export const Paragraph = Type.Union([
  Line,
  Type.Object({ text: Line, ...When }, closed),
  Type.Object({ facts: Type.Array(Type.Tuple([Line, Type.String()]), { minItems: 1 }), ...When }, closed),
  /** Name of a list value; numbered when printed. */
  Type.Object({ list: Line, ...When }, closed),
])
export type Paragraph = Type.Static<typeof Paragraph>

export const DocumentKind = Type.Object(
  {
    code: Code,
    title: Text,
    /** Permission that an officer needs beside reading the case; the applicant reads every paper of hers. Absent: whoever reads the case. */
    read_by: Type.Optional(Type.String()),
    /** Pattern of the number: `{organ}`, `{year}` and `{n}`, each once. */
    number: Line,
    /** Who it is addressed to, with placeholders; absent for a form such as the record of service. */
    addressee: Type.Optional(Line),
    body: Type.Array(Paragraph, { minItems: 1 }),
    /** Laws of this kind of document; those of the matter are passed in. `document` is a code of the pack's bases. */
    basis: Type.Array(Type.Object({ document: Code, clause: Line, text: Line, only: When.only }, closed)),
    remedies: Type.Array(Type.Union([Line, Type.Object({ text: Line, ...When }, closed)])),
    /** Code of a retention class of the same file. */
    retention: Code,
  },
  closed,
)
export type DocumentKind = Type.Static<typeof DocumentKind>

/** The phrases that every document of the place carries. */
export const DocumentLabels = Type.Object(
  {
    /** Printed where a seal would be. No picture of a seal exists. */
    seal: Line,
    scan: Line,
    number: Line,
    /** `{page}` and `{pages}` */
    page: Line,
    /** `{year}`, `{month}`, `{day}` */
    day: Line,
    /** `{laws}` */
    basis: Line,
    basis_join: Line,
    /** How a clause is cited: `{clause}` is its number. `unnamed`: of a text of which nobody has read what its numbers count. */
    clause: Line,
    section: Type.Optional(Line),
    item: Type.Optional(Line),
    unnamed: Type.Optional(Line),
    footer: Line,
    addressee_end: Type.String(),
  },
  closed,
)
export type DocumentLabels = Type.Static<typeof DocumentLabels>

/** `packs/<place>/documents.yaml` */
export const DocumentForms = Type.Object(
  {
    labels: DocumentLabels,
    /** `years` absent: kept for ever. */
    retention: Type.Array(Type.Object({ code: Code, name: Text, years: Type.Optional(Type.Integer({ minimum: 1 })) }, closed), {
      minItems: 1,
    }),
    kinds: Type.Array(DocumentKind, { minItems: 1 }),
  },
  closed,
)
export type DocumentForms = Type.Static<typeof DocumentForms>

/** A paper of a kind that the pack does not know any more is read as its case is. */
export function mayReadKind({ kinds }: DocumentForms, code: string, permissions: readonly string[]): boolean {
  const needed = kinds.find((kind) => kind.code === code)?.read_by
  return needed === undefined || permissions.includes(needed)
}

/** What a case, an office and the store supply. Texts are cleaned when they are filled in. */
export interface DocumentValues {
  issuer: string
  issuedOn: Day
  /** Short name of the issuing organ and its next number of this kind and year. */
  organ: string
  sequence: number
  procedure: Procedure
  verifyUrl: string
  /** By placeholder name; `undefined` counts as not given. A line break in a text starts a new paragraph. */
  fill: Readonly<Record<string, string | number | undefined>>
  lists?: Readonly<Record<string, readonly string[] | undefined>>
  /** The matter's own laws, written out. */
  basis?: readonly string[]
}

export type Block = string | { facts: [label: string, value: string][] } | { list: string[] }

/** Everything that is on the paper, in order; `render.ts` adds nothing of its own. */
export interface DocumentModel {
  kind: string
  title: string
  number: string
  issuer: string
  addressee: string | null
  paragraphs: Block[]
  basis: string[]
  remedies: string[]
  issuedOn: Day
  /** `issuedOn` as it is printed. */
  dated: string
  seal: string
  verifyUrl: string
  footer: string
  labels: { scan: string; number: string; page: string; basis: string; basisJoin: string }
}
