/** Rules at the desk: the list, one rule, and a draft of it. A draft is nowhere but in the form. */
import { covers } from '../../core/access/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { LEVELS } from '../../core/outreach/index.ts'
import type { Facts, Rule } from '../../core/rules/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import { KEEP, type PageRequest, type Problem, plain } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { DraftPage, type StreetVerdict } from './pages/draft.tsx'
import { ListPage } from './pages/list.tsx'
import { faultText } from './pages/parts.tsx'
import { RULES, RulePage } from './pages/rule.tsx'
import { summaryOf } from './pages/summary.ts'
import type { Fault, Proposal } from './proposal.ts'
import { askedFacts, factsTyped, verdictOf } from './try.ts'
import { fieldsOf, readFacts, readTyped } from './typed.ts'
import { type CountedInTens, checkProposal, compareRule, listRules, readRule, SMALLEST } from './use-cases.ts'

/** What a button of the form asks for. */
type Wish = 'check' | 'compare' | 'file' | 'summary'

export function ruleRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const pack = () => rooms.platform.services.packs.inForce()
  pages.get(RULES, async (r) =>
    ListPage({ ...(await deskShell(r, rooms)), groups: await listRules.run(r.call, {}), pack: pack() }),
  )
  pages.get(`${RULES}/:ruleId`, async (r) =>
    RulePage({ ...(await deskShell(r, rooms)), shown: await readRule.run(r.call, { ruleId: idOf(r) }), pack: pack() }),
  )
  const at = (r: PageRequest) => `${RULES}/${r.params.ruleId}/draft`
  pages.get(`${RULES}/:ruleId/draft`, (r) => showDraft(r, rooms))
  pages.post(
    `${RULES}/:ruleId/draft`,
    async (r) => {
      const wish = wishOf(r)
      const { checked } = await check(r, rooms)
      refuseFaults(r, checked.proposal.faults, wish)
      if (wish === 'summary') return { ...text(summaryOf(r.view, checked, pack())), name: `${idOf(r)}.txt` }
      if (wish !== 'file') return KEEP
      const file = (r.body.do ?? '').slice(FILE.length)
      const proposed = Object.hasOwn(checked.files, file) ? checked.files[file] : undefined
      if (proposed === undefined) throw new Refusal('rules.nothing_changed', 'conflict')
      return { ...text(proposed), name: file.split('/').at(-1)! }
    },
    (r, problem) => showDraft(r, rooms, problem),
    { at, more: (r) => showDraft(r, rooms) },
  )
}

const text = (content: string) => ({ bytes: new TextEncoder().encode(content), mediaType: 'text/plain; charset=utf-8' })

const idOf = (r: PageRequest): string => (r.params.ruleId ?? '').slice(0, 100)

const FILE = 'file:'

const wishOf = ({ body: { do: wish = '' } }: PageRequest): Wish =>
  wish.startsWith(FILE) ? 'file' : wish === 'compare' || wish === 'summary' ? wish : 'check'

async function check(r: PageRequest, rooms: Rooms) {
  const ruleId = idOf(r)
  const shown = await readRule.run(r.call, { ruleId })
  const typed = 'expression' in r.body ? readTyped(r.body, shown.rule) : shown.typed
  return {
    shown,
    typed,
    checked: await checkProposal.run(r.call, { ruleId, ...typed }),
    pack: rooms.platform.services.packs.inForce(),
  }
}

/** Examples that no longer come out are shown and stop the proposal of a file, but not a count: they are often the very change. */
function refuseFaults(r: PageRequest, faults: readonly Fault[], wish: Wish): void {
  const grave = faults.filter(({ code }) => wish !== 'compare' || code !== 'rule.example')
  if (grave.length === 0) return
  throw new Refusal('rules.faults', 'invalid', { n: grave.length, fields: fieldsOf(grave, (fault) => faultText(r.view, fault)) })
}

async function showDraft(r: PageRequest, rooms: Rooms, problem?: Problem) {
  const shell = await deskShell(r, rooms)
  const { shown, typed, checked, pack } = await check(r, rooms)
  const { proposal } = checked
  const isSound = proposal.faults.every(({ code }) => code === 'rule.example')
  const asked = askedFacts(isSound ? [shown.rule, proposal.rule] : [shown.rule])
  const invented = readFacts(r.body)
  const { facts, wrong } = factsTyped(asked, invented, dayOf(r.call.now), pack.pack.area)
  const isTried = isSound && wrong.length === 0 && Object.values(invented).some((value) => value.trim() !== '')
  const places = placesOf(r, pack)
  const counted = 'do' in r.body && wishOf(r) === 'compare' && !problem ? await count(r, typed) : null
  return DraftPage({
    ...shell,
    ...{ shown, typed, checked, pack, places, asked, invented, counted },
    body: r.body,
    wrong: wrong.map(({ name }) => name),
    street: isSound && 'do' in r.body ? streetOf(r, rooms, shown.rule, proposal) : [],
    tried: isTried
      ? {
          was: verdictOf(shown.rule, facts, pack.pack.parameters),
          now: verdictOf(proposal.rule, facts, proposal.parameters),
        }
      : null,
    problem,
  })
}

/** In a demo: the people of its story, as its file makes them up. */
function streetOf(r: PageRequest, { cast, platform }: Rooms, rule: Rule, proposal: Proposal): StreetVerdict[] {
  const { pack } = platform.services.packs.inForce()
  const on = dayOf(r.call.now)
  return (cast?.invented(on) ?? []).map(({ name, story, area, facts }) => {
    const hers = { on, area, ...facts } as Facts
    return { name, story, was: verdictOf(rule, hers, pack.parameters), now: verdictOf(proposal.rule, hers, proposal.parameters) }
  })
}

/** The areas of the post and what lies right under them, down to a street. */
function placesOf(r: PageRequest, pack: LoadedPack): { code: string; name: string }[] {
  const { actor } = r.call
  if (actor.kind !== 'staff') return []
  const { post } = actor
  const next = (length: number) => Math.min(SMALLEST, LEVELS.find((n) => n > length) ?? length)
  return pack.pack.areas
    .filter(({ code }) => covers(post, code) && post.areas.some((own) => code.startsWith(own) && code.length <= next(own.length)))
    .map(({ code, name }) => ({ code, name }))
}

/** Why nothing was counted is said where the numbers would stand. */
async function count(r: PageRequest, typed: object): Promise<{ told: CountedInTens } | { refused: string }> {
  const { of = '', area = '' } = r.body
  try {
    return { told: await compareRule.run(r.call, { ruleId: idOf(r), ...typed, of, area }) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: r.view.t(error.code, plain(error.params)) }
  }
}
