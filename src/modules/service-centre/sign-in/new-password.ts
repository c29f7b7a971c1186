import { Refusal } from '../../../platform/refusal.ts'

/** What was typed twice. Every field that is empty is named at once. */
export function readNewPassword(
  { password = '', again = '', ...rest }: Record<string, string | undefined>,
  also: readonly string[] = [],
): string {
  const empty = [...also.filter((name) => !rest[name]?.trim()), ...(password === '' ? ['password'] : [])]
  if (empty.length > 0)
    throw new Refusal('answer.missing', 'invalid', {
      fields: empty.map((name) => ({ path: `/${name}`, code: 'answer.missing' })),
    })
  if (password !== again) throw new Refusal('desk.passwords_differ', 'invalid', { fields: [{ path: '/again' }] })
  return password
}
