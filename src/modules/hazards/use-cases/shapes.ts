/** Shapes and small checks that the acts of this room share. */
import Type from 'typebox'
import { plainText } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { hazardKind } from '../../../core/matters/index.ts'
import { isDay } from '../../../platform/day.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import { grades, placeKinds } from '../hazard.ts'

export const Words = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' })
export const ShortWords = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const Note = Type.String({ maxLength: 1000 })
export const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const KindCode = Type.String({ minLength: 1, maxLength: 60 })
export const OnHazard = { id: Id }
export const Done = Type.Object({ id: Id, number: Type.String(), status: Type.String() })

/** Who answers for the place, and the ID number where she showed it: it finds her person and is not kept. */
export const KeeperShape = Type.Object({ name: ShortWords, idNumber: Type.Optional(Type.String({ maxLength: 40 })) })

/** What an inspection writes down. */
export const Inspected = {
  kind: KindCode,
  grade: Type.Enum([...grades]),
  placeKind: Type.Enum([...placeKinds]),
  place: ShortWords,
  found: Words,
  seenOn: DayText,
  keeper: Type.Optional(KeeperShape),
}

const field = (name: string, code: string, params: Record<string, unknown> = {}): Refusal =>
  new Refusal('input.invalid', 'invalid', { fields: [{ path: `/${name}`, code, params }] })

/** Without what nobody sees. @throws Refusal naming the field where nothing is left */
export function words(name: string, typed: string): string {
  const text = plainText(typed)
  if (text === '') throw field(name, 'answer.missing')
  return text
}

/** @throws Refusal naming the field: no such day, before `from`, after `to` */
export function day(name: string, typed: string, { from, to }: { from?: Day; to?: Day } = {}): Day {
  if (!isDay(typed)) throw field(name, 'answer.no_such_day')
  if (from && typed < from) throw field(name, 'hazard.day_before', { day: from })
  if (to && typed > to) throw field(name, 'hazard.day_after', { day: to })
  return typed
}

/** The first line of a kind. @throws Refusal naming the field */
export function lineOf(pack: LoadedPack, kind: string): string {
  const [line] = hazardKind(pack, kind)?.lines ?? []
  if (!line) throw field('kind', 'hazard.no_such_kind')
  return line
}
