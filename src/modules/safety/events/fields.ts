/** From what the forms of an event hold to what its acts take. Blank is “not known”. */
import { Refusal } from '../../../platform/refusal.ts'
import { readCount, readFen, readMoment } from '../../../ui/index.ts'
import { type Findings, figureNames, textNames } from './event.ts'

type Body = Readonly<Record<string, string>>
export interface Fault {
  path: string
  code: string
}

export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refusal('event.mend', 'invalid', { fields: faults })
}

/** `null` where it may be left open and was; what is not readable is a fault. */
export function moment(body: Body, name: string, faults: Fault[], optional = false): string | null {
  const read = readMoment(body[name])
  if (read === null || (read === undefined && !optional)) faults.push({ path: `/${name}`, code: 'event.when' })
  return read?.toISOString() ?? null
}

export function readFindings(body: Body, faults: Fault[]): Findings {
  const figures = Object.fromEntries(
    figureNames.map((name) => {
      const read = name === 'lossFen' ? readFen(body[name]) : readCount(body[name])
      if (read === null) faults.push({ path: `/${name}`, code: name === 'lossFen' ? 'event.a_sum' : 'event.a_number' })
      return [name, read ?? null]
    }),
  ) as Pick<Findings, (typeof figureNames)[number]>
  const texts = Object.fromEntries(textNames.map((name) => [name, body[name]?.trim() || null])) as Pick<
    Findings,
    (typeof textNames)[number]
  >
  if (!body.place?.trim()) faults.push({ path: '/place', code: 'event.say_where' })
  return { place: body.place ?? '', ...texts, ...figures }
}
