/** 责令、移送: what the pack's table lets somebody order, and the way to who may. */
import Type from 'typebox'
import { type HazardOrder, hazardOrders, isClauseKnown, type LoadedPack, powersOver } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { act } from '../act.ts'
import { lastDay } from '../due.ts'
import type { HazardState } from '../hazard.ts'
import { linesFor, mayOrder } from '../possible.ts'
import { DayText, Done, day, Note, OnHazard, Words, words } from './shapes.ts'

/** The organ that may give an order over a hazard, with the row that says so, at that level if one is named; without a row the first line of its kind, and no order known. */
export function organWithPower(
  pack: LoadedPack,
  area: string,
  state: Pick<HazardState, 'kind' | 'domain'>,
  order: HazardOrder,
  level?: 'street' | 'district',
): { name: string; line: string; basis: string } {
  const lines = linesFor(pack, state)
  const [row] = powersOver(pack, lines, order).filter((one) => !level || one.level === level)
  const line = row?.line ?? lines[0]!
  const text = row && pack.pack.bases.find(({ code }) => code === row.basis.document)
  return {
    name: pack.issuingOrgan(line, area.slice(0, row?.level === 'street' ? 9 : 6)).name,
    line,
    basis: text && row ? `《${text.title.zh}》${isClauseKnown(row.basis.clause) ? row.basis.clause : ''}` : '',
  }
}

/** @throws Refusal `hazard.no_power` (forbidden) with the organ that may, so that it can be handed over */
export const orderHazard = command({
  operation: 'hazards.order',
  permission: 'hazard.order',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, order: Type.Enum([...hazardOrders]), until: Type.Optional(DayText), text: Words }),
  output: Done,
  run: (work, { id, order, until, text }) =>
    act(work, id, 'order', (open) => {
      const { pack, post, found, today } = open
      if (!mayOrder(pack, post, found).includes(order)) {
        const { name, basis } = organWithPower(pack, found.area, found.state, order)
        throw new Refusal('hazard.no_power', 'forbidden', { organ: name, basis: basis || 'none', possible: ['transfer'] })
      }
      const level = found.state.handlingArea.length === 9 ? 'street' : 'district'
      const { basis } = organWithPower(pack, found.area, { kind: '', domain: found.state.domain }, order, level)
      const longest = lastDay(pack, found.state.grade === 'serious' ? 'rectify_serious' : 'rectify_general', today)
      // Only “put right by” has a day; stopping and leaving hold until a recheck has passed.
      const by = order === 'rectify' ? `${day('until', until ?? '', { from: today, to: longest })} ` : ''
      const said = `${by}${words('text', text)}`
      const paper = `${found.number}-${found.state.papers + 1}`
      return {
        facts: [{ fact: 'ordered', order, paper, on: today, text: said, basis }],
        message: { kind: 'hazard_ordered', params: { place: found.state.place, text: said } },
      }
    }),
})

/** 移送: to the organ of one of the kind's lines. The sender keeps seeing it. */
export const transferHazard = command({
  operation: 'hazards.transfer',
  permission: 'hazard.manage',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, line: Type.String({ maxLength: 60 }), reason: Words }),
  output: Done,
  run: (work, { id, line, reason }) =>
    act(work, id, 'transfer', ({ pack, post, found, today }) => {
      if (!linesFor(pack, found.state).includes(line))
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/line', code: 'answer.choose' }] })
      if (!post.domains.includes(line)) throw new Refusal('hazard.not_your_line', 'forbidden')
      const to = found.area.slice(0, 6)
      const organ = pack.issuingOrgan(line, to).name
      const transfer = { line, organ, reason: words('reason', reason), sentOn: today, receipt: null }
      return { facts: [{ fact: 'transferred', to, transfer }] }
    }),
})

/** The organ says that it has it: the receipt that the street is shown. */
export const acknowledgeHazard = command({
  operation: 'hazards.acknowledge',
  permission: 'hazard.receive',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, note: Note }),
  output: Done,
  run: (work, { id, note }) =>
    act(work, id, 'acknowledge', ({ found }) => ({
      facts: [{ fact: 'acknowledged', receipt: `${found.number}-R${found.state.seq + 1}`, note: note.trim() }],
    })),
})

/** Back to the street, with the reason. */
export const returnHazard = command({
  operation: 'hazards.return',
  permission: 'hazard.receive',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, reason: Words }),
  output: Done,
  run: (work, { id, reason }) =>
    act(work, id, 'return', ({ found }) => ({
      facts: [{ fact: 'returned', to: found.street, organ: found.state.transfer!.organ, reason: words('reason', reason) }],
    })),
})
