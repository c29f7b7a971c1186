export { codesByMail, codesByText } from './codes.ts'
export { createDemoOutbox, type DemoOutbox, type OutboxLine } from './demo-outbox.ts'
export { listMessages, type Message, markMessagesRead } from './messages.ts'
export { quietHours } from './quiet.ts'
export { sendMessages, sweepScope } from './send.ts'
export { countDispatches, type SendingAlarm, sendingAlarms } from './sending-state.ts'
export { tell } from './tell.ts'
export {
  type ChannelState,
  chooseChannels,
  listChannels,
  proveEmail,
  removeEmail,
  requestEmailCode,
} from './use-cases/channels.ts'
export { noteReports } from './use-cases/reports.ts'
export { readSending } from './use-cases/watch.ts'
