/**
 * Whether a value has the shape of its schema, said in words that a writer of packs understands.
 */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Findings } from './finding.ts'
import type { Located } from './source.ts'

type Shape = ReturnType<typeof Compile>
const compiled = new WeakMap<TSchema, Shape>()
const shapeOf = (schema: TSchema): Shape => {
  const known = compiled.get(schema)
  if (known) return known
  const made = Compile(schema) as unknown as Shape
  compiled.set(schema, made)
  return made
}

const pathOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))

const isLanguage = (name: unknown): boolean => name === 'zh' || name === 'en'

/** Reports everything in `held` that `schema` does not allow; true when there was nothing. */
export function checkShape(schema: TSchema, held: Located<unknown>, findings: Findings): boolean {
  const shape = shapeOf(schema)
  if (shape.Check(held.value)) return true
  const told = new Set<string>()
  for (const error of shape.Errors(held.value)) {
    const path = pathOf(error.instancePath)
    const params = error.params as Record<string, unknown>
    const field = path.join('.') || findings.word('whole-entry')
    const once = (code: string, place: (number | string)[], tell: () => void) => {
      const key = `${code} ${place.join('/')}`
      // A union reports each of its branches; the writer needs to hear it once.
      if (told.has(key)) return
      told.add(key)
      tell()
    }
    switch (error.keyword) {
      case 'required':
        for (const name of params.requiredProperties as string[]) {
          const code = isLanguage(name) ? 'text-missing' : 'field-missing'
          const missing = [...path, name]
          once(code, missing, () => findings.error(code, held.at(...path), { field: missing.join('.'), language: name }))
        }
        break
      case 'additionalProperties':
        for (const name of params.additionalProperties as string[]) {
          once('field-unknown', [...path, name], () =>
            findings.error('field-unknown', held.keyAt(...path, name), { field: [...path, name].join('.') }),
          )
        }
        break
      // Reported once more as additionalProperties.
      case 'boolean':
        break
      case 'enum': {
        const allowed = (params.allowedValues as unknown[]).join(', ')
        once('field-choice', path, () => findings.error('field-choice', held.at(...path), { field, allowed }))
        break
      }
      default: {
        const empty = isLanguage(path.at(-1)) && (error.keyword === 'minLength' || error.keyword === 'type')
        const kind = error.keyword === 'type' ? findings.has(`kind-of.${params.type}`) : undefined
        const code = empty ? 'text-missing' : error.keyword === 'format' ? 'field-date' : kind ? 'field-kind' : 'field-wrong'
        // A text given as a plain word instead of both languages says the same as a missing language.
        once(code, path, () =>
          findings.error(code, held.at(...path), { field, language: path.at(-1), detail: error.message, kind }),
        )
      }
    }
  }
  return false
}
