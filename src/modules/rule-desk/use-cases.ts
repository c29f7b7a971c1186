/** Rules as an author reads them, tries them out and proposes them. Nothing here changes a rule, and nobody is read by name. */
import Type from 'typebox'
import { covers, postOf } from '../../core/access/index.ts'
import { comparePacks, type Difference, type LoadedPack, type Matter } from '../../core/matters/index.ts'
import { type Compared, countChanges, type InTens, LEVELS, type Version, versionOf } from '../../core/outreach/index.ts'
import { byParameterId, type ExampleResult, type Rule, runExamples } from '../../core/rules/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { sql } from '../../platform/database/tx.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { type Call, query, search } from '../../platform/use-case/use-case.ts'
import { type Fault, type Proposal, propose, type Typed, textsOf } from './proposal.ts'
import { type NumberChange, readsAs, withNumbers, withRule, writtenIn } from './rule-text.ts'

export interface Group {
  matter: Matter
  rules: { rule: Rule; examples: readonly ExampleResult[] }[]
}

export interface ShownRule {
  rule: Rule
  /** Of her office lines, in which the rule stands. */
  matters: readonly Matter[]
  examples: readonly ExampleResult[]
  /** As the file has it, or as far as the pack in force can tell. */
  typed: Typed
  /** Its file in the pack; null when the pack was loaded before files were kept. */
  file: string | null
}

export interface Checked {
  proposal: Proposal
  /** Whole files, by path, that differ; none while something is to be mended. */
  files: Readonly<Record<string, string>>
  differences: readonly Difference[]
  isWithoutFile: boolean
}

const Wording = Type.Object({ zh: Type.String(), en: Type.String() })
const typedRule = {
  ruleId: Type.String({ maxLength: 100 }),
  expression: Type.String(),
  texts: Type.Object({
    text: Type.Optional(Wording),
    met: Type.Optional(Wording),
    not_met: Type.Optional(Wording),
    unknown: Type.Optional(Wording),
  }),
  examples: Type.String(),
  numbers: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 40 })),
  from: Type.String({ maxLength: 20 }),
}
const TypedRule = Type.Object(typedRule)

/** A matter with its rules, those of its conditions first; a rule that another names is with it. */
const rulesOf = (matter: Matter, { pack }: LoadedPack): Rule[] => {
  const named = [...matter.conditions, ...(matter.amount ? [matter.amount] : [])]
  const behind = pack.rules.filter(({ id, ahead_of }) => named.includes(id) && ahead_of).map(({ ahead_of }) => ahead_of!)
  return [...new Set([...named, ...behind])].flatMap((id) => pack.rules.find((rule) => rule.id === id) ?? [])
}

const own = (actor: Actor, pack: LoadedPack): Matter[] => {
  const { domains } = postOf(actor)
  return pack.matters.filter(({ domain }) => domains.includes(domain))
}

const packOf = (call: Call): LoadedPack => call.platform.services.packs.inForce()

/** @throws Refusal rules.not_found, alike for a rule of another office line */
function ruleFor(call: Call, id: string): { rule: Rule; matters: Matter[] } {
  const pack = packOf(call)
  const matters = own(call.actor, pack).filter((matter) => rulesOf(matter, pack).some((rule) => rule.id === id))
  if (matters.length === 0) throw new Refusal('rules.not_found', 'missing')
  return { rule: pack.rule(id), matters }
}

async function fileWith(call: Call, id: string): Promise<{ file: string; text: string } | null> {
  const texts = await call.platform.services.packs.texts()
  const found = Object.entries(texts).find(([file, text]) => file.startsWith('rules/') && writtenIn(text, id))
  return found ? { file: found[0], text: found[1] } : null
}

export const listRules = query({
  operation: 'rules.list-rules',
  permission: 'rule.propose',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Group[]>({}),
  async run({ actor, call }) {
    const pack = packOf(call)
    return own(actor, pack).map((matter) => ({
      matter,
      rules: rulesOf(matter, pack).map((rule) => ({ rule, examples: runExamples(rule, pack.parameters, pack.pack.area) })),
    }))
  },
})

export const readRule = query({
  operation: 'rules.read-rule',
  permission: 'rule.propose',
  actors: ['staff'],
  input: Type.Object({ ruleId: Type.String({ maxLength: 100 }) }),
  output: Type.Unsafe<ShownRule>({}),
  async run({ call }, { ruleId }) {
    const pack = packOf(call)
    const { rule, matters } = ruleFor(call, ruleId)
    const found = await fileWith(call, ruleId)
    const texts = Object.fromEntries(textsOf(rule).map((name) => [name, rule[name]!]))
    const written = (found && writtenIn(found.text, ruleId)) ?? {
      expression: rule.expression,
      texts,
      examples: rule.examples.map((example) => `- ${JSON.stringify(example)}`).join('\n'),
    }
    return {
      rule,
      matters,
      examples: runExamples(rule, pack.parameters, pack.pack.area),
      typed: { ...written, numbers: {}, from: '' },
      file: found?.file ?? null,
    }
  },
})

/** Judges what was typed, and makes the files as they would stand in the pack. */
export const checkProposal = query({
  operation: 'rules.check-proposal',
  permission: 'rule.propose',
  actors: ['staff'],
  input: TypedRule,
  output: Type.Unsafe<Checked>({}),
  async run({ call, now }, { ruleId, ...typed }) {
    const today = dayOf(now)
    const { rule } = ruleFor(call, ruleId)
    const proposal = propose(rule, typed, packOf(call), today)
    const found = await fileWith(call, ruleId)
    if (proposal.faults.length > 0 || !found) return { proposal, files: {}, differences: [], isWithoutFile: !found }
    const texts = await call.platform.services.packs.texts()
    const files = filesOf(proposal, typed, found, texts['parameters.csv'] ?? '', today)
    const changed = files[found.file]
    if (changed !== undefined && !readsAs(found.text, changed, proposal.rule)) {
      const fault: Fault = { field: 'examples', code: 'rules.file_breaks', params: {}, line: 1, column: 1 }
      return { proposal: { ...proposal, faults: [fault] }, files: {}, differences: [], isWithoutFile: false }
    }
    const was = new Map(Object.keys(files).map((file) => [file, texts[file]!]))
    return {
      proposal,
      files,
      differences: comparePacks({ files: was }, { files: new Map(Object.entries(files)) }),
      isWithoutFile: false,
    }
  },
})

function filesOf(
  { rule, numbers }: Proposal,
  typed: Typed,
  { file, text }: { file: string; text: string },
  parameters: string,
  today: Day,
): Record<string, string> {
  const files: Record<string, string> = {}
  const texts = Object.fromEntries(textsOf(rule).map((name) => [name, rule[name]!]))
  const changed = withRule(text, rule.id, { ...typed, texts })
  if (changed !== text) files[file] = changed
  const changes = numbers.map(
    ({ row, value }): NumberChange => ({
      ...{ id: row.id, jurisdiction: row.jurisdiction, value, from: typed.from },
      validFrom: row.valid_from,
      recordedAt: row.recorded_at,
    }),
  )
  if (changes.length > 0) files['parameters.csv'] = withNumbers(parameters, changes, today)
  return files
}

export interface CountedInTens extends InTens, Pick<Compared, 'parts' | 'unasked' | 'day'> {}

/** Digits of a street: a place below it has too few people to be counted again and again. */
export const SMALLEST = 9

/** A street of a city of millions is counted in a second; a whole city may take longer than anybody waits for a page. */
const MOST_MS = 20_000

/**
 * Both versions over everybody of an area, in tens alone. `of`: the matter, or '' for the rule by itself. One at a time from one
 * officer. Refusals: rules.not_found, rules.area_not_yours, rules.area_too_small, rules.to_mend, rules.one_at_a_time, and those of the count
 */
export const compareRule = search({
  operation: 'rules.compare-rule',
  perMinute: 12,
  counts: true,
  permission: 'rule.propose',
  actors: ['staff'],
  input: Type.Object({
    ...typedRule,
    of: Type.String({ maxLength: 100 }),
    area: Type.String({ pattern: '^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' }),
  }),
  output: Type.Unsafe<CountedInTens>({}),
  async run({ tx, actor, call, now }, { ruleId, of, area, ...typed }) {
    const { rule, matters } = ruleFor(call, ruleId)
    const pack = packOf(call)
    if (!covers(postOf(actor), area) || pack.areaName(area) === '') throw new Refusal('rules.area_not_yours', 'forbidden')
    if (area.length > SMALLEST) throw new Refusal('rules.area_too_small', 'invalid')
    const proposal = propose(rule, typed, pack, dayOf(now))
    // Examples that no longer come out are often the very change.
    if (proposal.faults.some(({ code }) => code !== 'rule.example')) throw new Refusal('rules.to_mend', 'conflict')
    if (of !== '' && !matters.some(({ code }) => code === of)) throw new Refusal('rules.not_found', 'missing')
    const { free } = await tx.one(
      sql<{
        free: boolean
      }>`select pg_try_advisory_xact_lock(hashtext('rules.compare-rule'), hashtext(${postOf(actor).officerId})) as free`,
    )
    if (!free) throw new Refusal('rules.one_at_a_time', 'conflict')
    const { tens, parts, unasked, day } = await countChanges(tx, versionsOf(pack, rule, proposal, of), {
      area,
      partLength: Math.min(SMALLEST, LEVELS.find((n) => n > area.length)!),
      mostMs: MOST_MS,
    })
    return { ...tens, parts, unasked, day }
  },
})

function versionsOf({ pack }: LoadedPack, rule: Rule, proposal: Proposal, of: string): { was: Version; now: Version } {
  const { parameters } = proposal
  if (of !== '') {
    const rules = pack.rules.map((each) => (each.id === rule.id ? proposal.rule : each))
    return { was: versionOf(pack, of)!, now: versionOf({ ...pack, rules, parameters }, of)! }
  }
  const alone = (one: Rule, numbers: Proposal['parameters']): Version => ({
    conditions: one.returns === 'bool' ? [one] : [],
    amount: one.returns === 'int' ? one : null,
    parameters: byParameterId(numbers),
  })
  return { was: alone(rule, pack.parameters), now: alone(proposal.rule, parameters) }
}
