import { type Call, declared } from '../platform/use-case/use-case.ts'

/** A demo knows the rooms of the program by their operations alone. */
export const actOf = (operation: string) => ({
  // biome-ignore lint/suspicious/noExplicitAny: each sample knows what its acts answer
  run: (call: Call, input: unknown): Promise<any> => declared.get(operation)!.run(call, input),
})

/** A test of the cases alone has not opened the other rooms. */
export const isOpen = (operation: string): boolean => declared.has(operation)
