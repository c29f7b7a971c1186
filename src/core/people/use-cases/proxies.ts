/** 代办 at the window, for who has no phone: an officer sees her and the paper that she signed. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { endProxiesOf, insertProxy, MadeProxy, postOf, showingCode } from '../../access/index.ts'
import { getPersonInReach } from '../store.ts'

const recordProxyKept = command({
  operation: 'people.record-proxy',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({
    personId: Id,
    signedPaper: Type.Literal('seen'),
    matters: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }),
    validTo: Type.String({ maxLength: 10 }),
  }),
  output: MadeProxy,
  async run(work, { personId, signedPaper: _, ...given }) {
    await getPersonInReach(work, personId)
    return insertProxy(work, personId, given, postOf(work.actor).id)
  },
})
export const recordProxy = showingCode(recordProxyKept)

/** For who comes and says so. */
export const revokeProxies = command({
  operation: 'people.revoke-proxies',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id }),
  output: Type.Object({ personId: Id, ended: Type.Integer() }),
  async run(work, { personId }) {
    await getPersonInReach(work, personId)
    return { personId, ended: await endProxiesOf(work, personId, postOf(work.actor).id) }
  },
})
