export { createDemoOutbox, type DemoOutbox, type OutboxLine } from './demo-outbox.ts'
export { listMessages, type Message, markMessagesRead, tell } from './messages.ts'
