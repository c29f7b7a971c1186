/**
 * 居委会证明: what a residents' committee issues, what it must not, and where to go instead. The lists are the pack's and may be
 * incomplete: what is on neither is never refused by guess. Pure.
 */
import Type from 'typebox'
import { Text } from './matter.ts'
import type { LoadedPack } from './packs.ts'
import { Alphabet } from './speech.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })

export const Certificate = Type.Object(
  {
    code: Code,
    name: Text,
    list: Type.Enum(['may', 'must_not']),
    /** How people say it. */
    words: Type.Array(Type.String({ minLength: 1 })),
    /** Of one that must not be issued: who does it, or what shows it already. */
    go: Type.Optional(Text),
    source: Type.String({ minLength: 1 }),
    /** Read in the official text by two readers. */
    verified: Type.Boolean(),
  },
  closed,
)
export type Certificate = Type.Static<typeof Certificate>

/** certificates.yaml */
export const Certificates = Type.Object(
  {
    /** The official text with both lists, a code of bases.yaml. */
    document: Type.String({ minLength: 1 }),
    /** How many each list has there, so that a page can say how many are missing here. */
    counts: Type.Object({ may: Type.Integer({ minimum: 0 }), must_not: Type.Integer({ minimum: 0 }) }, closed),
    /** The matter by which a certificate is asked for. */
    matter: Code,
    certificates: Type.Array(Certificate),
  },
  closed,
)
export type Certificates = Type.Static<typeof Certificates>

/** How many of a list the pack does not have. */
export const missingOf = ({ counts, certificates }: Certificates, list: Certificate['list']): number =>
  counts[list] - certificates.filter((one) => one.list === list).length

/** The certificates that a wish may mean, the longest word first; none where it names nothing that is on a list. */
export function findCertificates({ pack }: LoadedPack, typed: string): readonly Certificate[] {
  const alphabet = new Alphabet(pack.speech)
  const said = alphabet.read(typed.slice(0, 200))
  if (said === '') return []
  const all = pack.certificates?.certificates ?? []
  const found = all
    .map((certificate) => {
      const words = wordsOf(certificate).map((word) => alphabet.read(word))
      return { certificate, longest: Math.max(0, ...words.filter((word) => names(said, word)).map((word) => word.length)) }
    })
    .filter(({ longest }) => longest > 0)
  // What most of them share (“证明”) means none of them.
  if (found.length > all.length / 2) return []
  return found.sort((a, b) => b.longest - a.longest).map(({ certificate }) => certificate)
}

/**
 * The certificate that a wish names outright, where a committee must not issue it. A mere likeness (居住情况证明 beside 情况证明) is
 * none: nobody is kept waiting for that.
 */
export function mustNotIssue(loaded: LoadedPack, typed: string): Certificate | null {
  const [first] = findCertificates(loaded, typed)
  if (first?.list !== 'must_not') return null
  const alphabet = new Alphabet(loaded.pack.speech)
  const said = alphabet.read(typed.slice(0, 200))
  const called = isSaid(said, alphabet.read(first.name.zh)) || isSaid(said, alphabet.read(first.name.en))
  return called || first.words.some((word) => alphabet.read(word) === said) ? first : null
}

const wordsOf = ({ name, words }: Certificate): string[] => [name.zh, name.en, ...words]

/** The word is said, or what is said is the beginning or another part of it (“亲属关系”). */
const names = (said: string, word: string): boolean =>
  isSaid(said, word) || (word !== '' && [...said].length > 1 && word.includes(said))

const isSaid = (said: string, word: string): boolean =>
  word !== '' && ` ${said} `.includes(/[a-z]/.test(word) ? ` ${word} ` : word)
