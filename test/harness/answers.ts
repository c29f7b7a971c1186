import assert from 'node:assert/strict'

type Sent = Promise<{ status: number; body: unknown }>

/** What came of an act that is done. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export const done = async (answer: Sent): Promise<any> => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
/** The code of an act that is not. */
export const refused = async (answer: Sent): Promise<string> => {
  const { status, body } = await answer
  assert.ok(status >= 400, `it was done: ${JSON.stringify(body)}`)
  return (body as { code: string }).code
}
