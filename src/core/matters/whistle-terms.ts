/** whistles.yaml: on which occasions a street calls units together (吹哨报到), and by when they answer and report. */
import Type from 'typebox'
import { limitUnits } from '../clocks/limit.ts'
import { Text } from './matter.ts'

const closed = { additionalProperties: false }
const Limit = Type.Object({ value: Type.Integer({ minimum: 1 }), unit: Type.Enum([...limitUnits]) }, closed)

export const WhistleTerms = Type.Object(
  {
    kinds: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
          name: Text,
          when: Text,
          /** Until when a unit says whether it is coming, from when it was called. */
          answer: Limit,
          /** Until when it has done its part, from when it said so. */
          report: Limit,
          /** Until when the common superior says whose it is, from when that was asked; without it a ruling has no date. */
          ruling: Type.Optional(Limit),
          source: Type.String({ minLength: 1 }),
          verified: Type.Boolean(),
          /** The limits are a sample of ours. */
          demo: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type WhistleTerms = Type.Static<typeof WhistleTerms>
export type WhistleKind = WhistleTerms['kinds'][number]
