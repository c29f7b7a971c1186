/** An officer who has the card before her binds the phone of a person in her reach, or undoes it with a reason. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { bind, unbind } from '../../access/index.ts'
import { getPersonInReach, openIdentity } from '../store.ts'
import { Typed } from './shapes.ts'

const Bound = Type.Object({ personId: Id })

export const bindAccount = command({
  operation: 'people.bind-account',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id, phone: Typed, documentSeen: Typed }),
  output: Bound,
  async run(work, { personId, phone, documentSeen }) {
    await getPersonInReach(work, personId)
    const known = await openIdentity(work.tx, work.call.platform.services.crypto, personId)
    await bind(work, personId, phone, documentSeen, known.phone)
    return { personId }
  },
})

export const unbindAccount = command({
  operation: 'people.unbind-account',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id, reason: Typed }),
  output: Bound,
  async run(work, { personId, reason }) {
    await getPersonInReach(work, personId)
    await unbind(work, personId, reason)
    return { personId }
  },
})
