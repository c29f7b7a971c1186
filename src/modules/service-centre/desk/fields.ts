/** From a sent form to the input of a command. Every field that is wrong is named at once. */
import { plainText } from '../../../core/cases/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readDay, readFen, readMany } from '../../../ui/index.ts'
import type { ActField } from './acts.ts'

type Body = Readonly<Record<string, string>>
type Wrong = { code: string; params?: Record<string, unknown> }
type Read = { value: unknown } | { wrong: Wrong }

const LONGEST = { words: 2000, note: 2000, short: 200 } as const

const wrong = (code: string, params?: Record<string, unknown>): Read => ({ wrong: params ? { code, params } : { code } })

function text(field: ActField, typed: string, kind: keyof typeof LONGEST): Read {
  const value = plainText(typed)
  if (value === '' && kind !== 'note') return wrong('answer.missing')
  const max = field.max ?? LONGEST[kind]
  return value.length > max ? wrong('answer.too_long', { length: value.length, max }) : { value }
}

function read(field: ActField, body: Body): Read {
  const typed = body[field.name] ?? ''
  switch (field.kind) {
    case 'words':
    case 'note':
    case 'short':
      return text(field, typed, field.kind)
    case 'day': {
      const day = readDay(body, field.name)
      return day ? { value: day } : wrong(day === undefined ? 'answer.missing' : 'answer.no_such_day')
    }
    case 'number': {
      const { min = 0, max = 999 } = field
      const digits = typed.normalize('NFKC').trim()
      if (digits === '') return wrong('answer.missing')
      const value = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN
      return value >= min && value <= max ? { value } : wrong('desk.number_between', { min, max })
    }
    case 'money': {
      // Left empty is “not known”, which the command takes as null.
      const fen = readFen(typed)
      return fen === null ? wrong('answer.money_shape') : { value: fen ?? null }
    }
    case 'choice':
      return field.options?.includes(typed) ? { value: typed } : wrong('answer.choose')
    case 'tri':
      return typed === 'yes'
        ? { value: true }
        : typed === 'no'
          ? { value: false }
          : typed === 'unknown'
            ? { value: null }
            : wrong('answer.choose')
    case 'materials':
    case 'questions':
      return { value: readMany(typed) }
    case 'colleague':
      return typed === '' ? wrong('answer.choose') : { value: typed }
    case 'without':
      return { value: readWithout(body) }
  }
}

/** Reasons for materials that are not there: fields `without-<material>-reason` and `-basis`. */
export function readWithout(body: Body): { material: string; reason: string; basis: string }[] {
  const materials = Object.keys(body).flatMap((name) => /^without-(.+)-reason$/.exec(name)?.[1] ?? [])
  const said = (material: string, part: string) => plainText(body[`without-${material}-${part}`]).slice(0, 200)
  return materials.map((material) => ({ material, reason: said(material, 'reason'), basis: said(material, 'basis') }))
}

/** @throws Refusal `input.invalid` that names every field that is wrong */
export function readFields(fields: readonly ActField[], body: Body): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const mend: (Wrong & { path: string })[] = []
  for (const field of fields) {
    const got = read(field, body)
    if ('wrong' in got) mend.push({ path: `/${field.name}`, ...got.wrong })
    else if (field.as) input[field.as] = [...((input[field.as] as unknown[] | undefined) ?? []), ...(got.value as unknown[])]
    else input[field.name] = got.value
  }
  if (mend.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: mend })
  return input
}
