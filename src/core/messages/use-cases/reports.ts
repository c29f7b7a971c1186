/** Delivery reports 回执 of the SMS gateway. The route has checked who sends them; here they are noted, once each. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { noteReport } from '../dispatch-store.ts'

/** The SMS gateway says what arrived; its signature was checked at the door. The first report of a text stays. */
export const noteReports = command({
  operation: 'messages.note-reports',
  permission: null,
  actors: ['system'],
  input: Type.Object({
    reports: Type.Array(Type.Object({ reference: Id, state: Type.Enum(['delivered', 'undelivered']) }), {
      minItems: 1,
      maxItems: 100,
    }),
  }),
  output: Type.Object({ noted: Type.Integer(), known: Type.Integer(), unknown: Type.Integer() }),
  async run({ tx, now }, { reports }) {
    const count = { noted: 0, known: 0, unknown: 0 }
    // In one order, so that two reports of the same messages do not wait for each other.
    for (const { reference, state } of reports.toSorted((a, b) => (a.reference < b.reference ? -1 : 1)))
      count[await noteReport(tx, reference, state === 'delivered', now)]++
    return count
  },
})
