/**
 * A street while it is being made: what it draws from, and the parts that both chance and the story use.
 */
import type { Sex } from '../core/people/index.ts'
import { ageYears } from '../platform/day.ts'
import type { Day } from '../platform/time.ts'
import type { DemoFile } from './demo-file.ts'
import type { DemoStreet } from './demo-street.ts'
import type { Numbers } from './numbers.ts'
import type { Chance } from './random.ts'

export interface Making {
  file: DemoFile
  asOf: Day
  chance: Chance
  numbers: Numbers
  newId: () => string
  street: DemoStreet
  addresses: Set<string>
  /** The collective hukou household of each community. */
  collective: Map<string, string>
}

const HAS_PHONE = 14

/** Until `registersOf` has drawn. */
export const NO_REGISTER = { disability: null, permit: null, card: null } as const

/** A home at an address that nobody else has. */
export function newDwelling(making: Making, area: string): string {
  const { file, chance, addresses } = making
  const community = file.communities.find((one) => one.area === area)
  if (!community) throw new Error(`demo.yaml: ${area} is not among the communities`)
  for (;;) {
    const room = chance.int(1, 9) * 100 + chance.int(1, 6)
    const address = file.address
      .replace('{community}', community.short)
      .replace('{lane}', chance.pick(file.lanes))
      .replace('{number}', String(chance.int(1, 60)))
      .replace('{room}', String(room))
    if (addresses.has(address)) continue
    addresses.add(address)
    const id = making.newId()
    making.street.dwellings.push({ id, area, address })
    return id
  }
}

export function newHousehold(making: Making, area: string): string {
  const id = making.newId()
  const number = `${making.file.id_region}${String(making.street.households.length + 1).padStart(6, '0')}`
  making.street.households.push({ id, area, number })
  return id
}

export function identityOf(making: Making, { name, sex, bornOn }: { name: string; sex: Sex; bornOn: Day }) {
  return {
    id: making.newId(),
    name,
    sex,
    bornOn,
    idNumber: making.numbers.idNumber(bornOn, sex),
    phone: ageYears(bornOn, making.asOf) >= HAS_PHONE ? making.numbers.phone() : null,
  }
}
