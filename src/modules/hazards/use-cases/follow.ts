/** 告知、整改、复查、销号、回头看. */
import Type from 'typebox'
import { Refusal } from '../../../platform/refusal.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { act, type Open } from '../act.ts'
import { lastDay } from '../due.ts'
import { type FiveItems, fiveItems, grades, waitsForHandOver } from '../hazard.ts'
import { findKeeper } from '../store.ts'
import { writeKeeper } from './register.ts'
import { DayText, Done, day, KeeperShape, OnHazard, ShortWords, Words, words } from './shapes.ts'

const paperOf = ({ found }: Open): string => `${found.number}-${found.state.papers + 1}`

/** To the keeper: a message where she is a person known, else the numbered paper. Nobody is told who reported it. */
export const tellKeeper = command({
  operation: 'hazards.tell',
  permission: 'hazard.manage',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, text: Words, keeper: Type.Optional(KeeperShape) }),
  output: Done,
  run: (work, { id, text, keeper: named }) =>
    act(work, id, 'tell', async (open) => {
      const { crypto } = work.call.platform.services
      const before = await findKeeper(work.tx, crypto, id)
      if (!before && named) await writeKeeper(work, id, named)
      const keeper = before ?? (named ? await findKeeper(work.tx, crypto, id) : null)
      if (!keeper)
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/keeperName', code: 'hazard.keeper_missing' }] })
      const said = words('text', text)
      const paper = paperOf(open)
      return {
        facts: [{ fact: 'told', how: keeper.personId ? 'message' : 'paper', paper, text: said }],
        message: { kind: 'hazard_told', params: { place: open.found.state.place, text: said } },
      }
    }),
})

/** The longest day that may be given, from today on. */
const longest = ({ pack, found, today }: Open) =>
  lastDay(pack, found.state.grade === 'serious' ? 'rectify_serious' : 'rectify_general', today)

/** 五落实: who, how, with what money, until when, and what if it goes wrong meanwhile. */
export const beginRepair = command({
  operation: 'hazards.begin',
  permission: 'hazard.manage',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, person: ShortWords, measures: Words, funds: ShortWords, until: DayText, plan: Words }),
  output: Done,
  run: (work, { id, ...typed }) =>
    act(work, id, 'begin', (open) => {
      const items = Object.fromEntries(
        fiveItems.map((name) => [
          name,
          name === 'until' ? day(name, typed.until, { from: open.today, to: longest(open) }) : words(name, typed[name]),
        ]),
      ) as FiveItems
      return { facts: [{ fact: 'begun', items }] }
    }),
})

/** The keeper or an officer says that it is put right. It is so when another has rechecked it. */
export const sayDone = command({
  operation: 'hazards.say-done',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, said: Type.Enum(['keeper', 'officer']), note: Words }),
  output: Done,
  run: (work, { id, said, note }) =>
    act(work, id, 'say_done', ({ post }) => ({
      facts: [{ fact: 'said_done', said, note: words('note', note), by: post.officerId }],
    })),
})

/** 复查, by somebody who neither registered it nor says that it is done. Not passed, it goes back with a new day. */
export const recheckHazard = command({
  operation: 'hazards.recheck',
  permission: 'hazard.recheck',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, result: Type.Enum(['passed', 'failed']), note: Words, until: Type.Optional(DayText) }),
  output: Done,
  run: (work, { id, result, note, until }) =>
    act(work, id, 'recheck', (open) => {
      const said = words('note', note)
      if (result === 'passed') return { facts: [{ fact: 'rechecked', passed: true, note: said, by: open.post.officerId }] }
      const again = day('until', until ?? '', { from: open.today, to: longest(open) })
      return { facts: [{ fact: 'rechecked', passed: false, note: said, until: again }] }
    }),
})

export const strikeOff = command({
  operation: 'hazards.strike-off',
  permission: 'hazard.manage',
  actors: ['staff'],
  input: Type.Object(OnHazard),
  output: Done,
  run: (work, { id }) =>
    act(work, id, 'strike_off', ({ pack, today }) => ({
      facts: [{ fact: 'struck_off', lookFrom: lastDay(pack, 'look_after', today), at: work.now.toISOString() }],
    })),
})

/** 回头看: it stayed away, or it came back and the loop begins anew. */
export const lookAgain = command({
  operation: 'hazards.look-again',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, result: Type.Enum(['gone', 'came_back']), note: Words }),
  output: Done,
  run: (work, { id, result, note }) =>
    act(work, id, 'look_again', ({ post }) => {
      const said = words('note', note)
      return {
        facts: [
          result === 'gone'
            ? { fact: 'looked_again', gone: true, note: said, at: work.now.toISOString() }
            : { fact: 'looked_again', gone: false, note: said, by: post.officerId },
        ],
      }
    }),
})

/** It came back: after the last look, or before its time has come. */
export const reopenHazard = command({
  operation: 'hazards.reopen',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, note: Words }),
  output: Done,
  run: (work, { id, note }) =>
    act(work, id, 'reopen', ({ post }) => ({ facts: [{ fact: 'reopened', note: words('note', note), by: post.officerId }] })),
})

/** A street may call one serious; that it is not is the organ's word. */
export const regradeHazard = command({
  operation: 'hazards.regrade',
  permission: 'hazard.manage',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, grade: Type.Enum([...grades]), reason: Words }),
  output: Done,
  run: (work, { id, grade, reason }) =>
    act(work, id, 'regrade', ({ found: { state } }) => {
      const was = state.grade ?? 'general'
      if (was === grade)
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/grade', code: 'hazard.same_grade' }] })
      if (waitsForHandOver(state)) throw new Refusal('hazard.organ_lowers', 'conflict')
      return { facts: [{ fact: 'regraded', grade, was, reason: words('reason', reason) }] }
    }),
})
