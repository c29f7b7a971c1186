/** Shapes that several use cases of this room share. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'

/** Words of a person or an officer, limited so that a page can show them. */
export const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })
export const ShortWords = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const Done = Type.Object({
  caseId: Id,
  number: Type.String(),
  status: Type.String(),
  documentId: Type.Union([Id, Type.Null()]),
})
export const OnCase = { caseId: Id }
