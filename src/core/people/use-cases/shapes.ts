import Type from 'typebox'

/** What somebody typed; what it must be, the use case says in words. */
export const Typed = Type.String({ maxLength: 500 })
