/** For whoever watches over the box. */
import Type from 'typebox'
import { query } from '../../../platform/use-case/use-case.ts'
import { sendingAlarms } from '../sending-state.ts'

/** Whether messages get out: names the channels on which nothing did for an hour. */
export const readSending = query({
  operation: 'messages.read-sending',
  permission: 'papers.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Object({ alarms: Type.Array(Type.Enum(['sms-stuck', 'email-stuck'])) }),
  run: async ({ call, now }) => ({ alarms: await sendingAlarms(call.platform, now) }),
})
