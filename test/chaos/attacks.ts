/** Attacks that `npm run chaos -- --attack NAME` runs, each with a file of its own. */
import { flood } from './flood.ts'

export const attacks: Readonly<Record<string, (folder: string, port: number) => Promise<{ wrong: string[] }>>> = { flood }
