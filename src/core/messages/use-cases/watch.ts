/** For whoever watches over the box: whether messages get out. Counts of nobody. */
import Type from 'typebox'
import { query } from '../../../platform/use-case/use-case.ts'
import { sendingState } from '../sending-state.ts'

export const readSending = query({
  operation: 'messages.read-sending',
  permission: 'papers.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Object({ alarms: Type.Array(Type.Enum(['sms-stuck', 'email-stuck'])) }),
  run: async ({ call, now }) => ({ alarms: (await sendingState(call.platform, now)).alarms }),
})
