/** Who is not on record yet, and where somebody lives now, as an officer writes it down. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { pictographsIn } from '../../../platform/pictographs.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../../access/index.ts'
import { type Finding, refuseWrong, wrongWhen } from '../finding.ts'
import { dwellingAt } from '../homes.ts'
import { readIdNumber } from '../id-number.ts'
import { recordOccupancy } from '../spells.ts'
import { createPerson, getPersonInReach } from '../store.ts'
import { Typed } from './shapes.ts'

/** Letters of any script, with what stands between the parts of a name. */
const NAME = /^\p{L}[\p{L}\p{M}·•.'’\s-]{0,49}$/u

function readName(typed: string): string {
  const name = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()
  if (!NAME.test(name)) throw new Refusal('person.name_shape', 'invalid')
  return name
}

function readAddress(typed: string): string {
  const address = typed
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    .trim()
  if (address === '' || [...address].length > 100 || pictographsIn(address).length > 0)
    throw new Refusal('person.address_shape', 'invalid')
  return address
}

/** A community of the post's own. */
function readCommunity(work: Work, typed: string): string {
  const known = work.call.platform.services.packs.inForce().areaName(typed) !== ''
  if (typed.length !== 12 || !known || !covers(postOf(work.actor), typed)) throw new Refusal('person.community_choose', 'invalid')
  return typed
}

/** Her hukou is where she lives, or lies elsewhere: then the six digits of its county or district. */
function readHukou(kind: string, code: string): string | 'here' {
  if (kind === 'here') return 'here'
  const digits = code.normalize('NFKC').trim()
  if (!/^[1-9][0-9]{5}$/.test(digits)) throw new Refusal('person.hukou_code_shape', 'invalid')
  return digits
}

/** Somebody whom nobody here has on record, by an officer who has the card before her. */
export const registerPerson = command({
  operation: 'people.register-person',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ name: Typed, idNumber: Typed, hukou: Typed, hukouCode: Typed, community: Typed, address: Typed }),
  output: Type.Object({ personId: Id }),
  async run(work, typed) {
    const wrong: Finding[] = []
    const today = dayOf(work.now)
    const name = wrongWhen(wrong, 'name', () => readName(typed.name))
    const card = wrongWhen(wrong, 'idNumber', () => readIdNumber(typed.idNumber, today))
    const community = wrongWhen(wrong, 'community', () => readCommunity(work, typed.community))
    const address = wrongWhen(wrong, 'address', () => readAddress(typed.address))
    if (!['here', 'elsewhere'].includes(typed.hukou)) wrong.push({ path: '/hukou', code: 'answer.choose' })
    const hukou = wrong.some((one) => one.path === '/hukou')
      ? undefined
      : wrongWhen(wrong, 'hukouCode', () => readHukou(typed.hukou, typed.hukouCode))
    refuseWrong(wrong)
    if (!name || !card || !community || !address || !hukou) throw new Error('a field passed without a value')
    const { crypto } = work.call.platform.services
    const dwellingId = await dwellingAt(work.tx, community, address, work.now)
    const personId = await createPerson(
      work.tx,
      crypto,
      {
        name,
        idNumber: card.number,
        // Both are known from today on; since when they were so before, no paper at the window says.
        hukou: { area: hukou === 'here' ? community : hukou, relation: 'other', householdId: null, since: today },
        home: { area: community, dwellingId, since: today },
      },
      { source: 'officer', method: 'card-seen', caseId: null },
      work.now,
    )
    return { personId }
  },
})

function readSince(typed: string, today: string): string {
  let day: string
  try {
    day = Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString()
  } catch {
    throw new Refusal('answer.no_such_day', 'invalid')
  }
  if (day > today) throw new Refusal('answer.day_ahead', 'invalid')
  if (day < '1900-01-01') throw new Refusal('answer.no_such_day', 'invalid')
  return day
}

/** Where she lives now, in one of the post's communities. The home before it ends on that day. */
export const recordDwelling = command({
  operation: 'people.record-dwelling',
  permission: 'person.bind',
  actors: ['staff'],
  input: Type.Object({ personId: Id, community: Typed, address: Typed, since: Typed }),
  output: Type.Object({ personId: Id }),
  async run(work, { personId, ...typed }) {
    await getPersonInReach(work, personId)
    const wrong: Finding[] = []
    const community = wrongWhen(wrong, 'community', () => readCommunity(work, typed.community))
    const address = wrongWhen(wrong, 'address', () => readAddress(typed.address))
    const since = wrongWhen(wrong, 'since', () => readSince(typed.since, dayOf(work.now)))
    refuseWrong(wrong)
    if (!community || !address || !since) throw new Error('a field passed without a value')
    const dwellingId = await dwellingAt(work.tx, community, address, work.now)
    await recordOccupancy(
      work.tx,
      { personId, area: community, dwellingId, since },
      { source: 'officer', method: 'declared', caseId: null },
      work.now,
    )
    return { personId }
  },
})
