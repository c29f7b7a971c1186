export { type Closing, watchEnd } from './closing.ts'
export {
  attachEmbedded,
  DataHeld,
  type Embedded,
  type EmbeddedOptions,
  emptyDatabase,
  hasCluster,
  type Log,
  startEmbedded,
} from './supervisor.ts'
