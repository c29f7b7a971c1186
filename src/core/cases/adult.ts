import { ageYears } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import type { LoadedPack } from '../matters/index.ts'

/** 成年人: the age is a row of the pack. */
export const isAdult = (pack: LoadedPack, area: string, bornOn: Day, on: Day): boolean =>
  ageYears(bornOn, on) >= pack.number('person.adult_age', area, on)
