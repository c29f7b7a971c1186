import { Refusal } from '../../platform/refusal.ts'

/** Row security answers a write outside the scope with an error; the transaction is lost, the reason need not be. */
export async function reach<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw Object.assign(new Refusal('person.out_of_reach', 'forbidden'), { cause: error })
  }
}
