import Type from 'typebox'
import { query } from '../use-case/use-case.ts'
import type { SealStatus } from './sealer.ts'

/** When the last seal was set, how long the oldest row waits for one, how many rows are sealed, and what needs somebody. */
export const readSealStatus = query({
  operation: 'audit.seal-status',
  permission: 'seals.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<SealStatus>({}),
  run: ({ call, now }) => call.platform.services.seals.status(now),
})
