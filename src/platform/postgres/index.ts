export { type Closing, watchEnd } from './closing.ts'
export { attachEmbedded, DataHeld, type Embedded, type EmbeddedOptions, type Log, startEmbedded } from './supervisor.ts'
