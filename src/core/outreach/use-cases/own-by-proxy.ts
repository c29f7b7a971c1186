/** What was found for somebody, by whom she lets act for her: in the named matters, each look on record. */
import Type from 'typebox'
import { command, personRead } from '../../../platform/use-case/use-case.ts'
import { refuseOtherMatter } from '../../access/index.ts'
import { lookOf } from '../../cases/index.ts'
import { Applied, applyConfirmed, Confirmed } from './own-apply.ts'
import { type FoundList, type FoundPage, foundList, foundPage, MatterCode } from './own-found.ts'

/** What she does not want to be found for is hers to say, and not told. */
export const listFoundByProxy = personRead({
  operation: 'outreach.list-found-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<Omit<FoundList, 'stopped'>>({}),
  about: async (work) => lookOf(work),
  async run(work) {
    const { searchedOn, found } = await foundList(work)
    return { searchedOn, found: found.filter(({ stopped }) => !stopped) }
  },
})

/** With a second factor: it shows what is on record of another. */
export const readFoundByProxy = personRead({
  operation: 'outreach.read-found-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A2',
  input: MatterCode,
  output: Type.Unsafe<FoundPage>({}),
  about: async (work, { matterCode }) => {
    refuseOtherMatter(work.actor, matterCode)
    return lookOf(work)
  },
  run: (work, { matterCode }) => foundPage(work, matterCode),
})

/** The case says under which proxy it was sent. */
export const applyFoundByProxy = command({
  operation: 'outreach.apply-found-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A2',
  input: Confirmed,
  output: Applied,
  run(work, confirmed) {
    refuseOtherMatter(work.actor, confirmed.matterCode)
    return applyConfirmed(work, confirmed)
  },
})
