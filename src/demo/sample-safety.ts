/** Sample emergencies: a fire that is over, and a warning that holds. Invented like everything here. */
import { type Call, declared } from '../platform/use-case/use-case.ts'
import type { Ground, Teller } from './case-story.ts'

const MINUTE = 60_000

/** A demo knows the rooms of the program by their operations alone. */
const act = (operation: string) => ({
  run: (call: Call, input: object) => declared.get(`safety.${operation}`)!.run(call, input) as Promise<{ id: string }>,
})
const openEvent = act('open-event')
const reportEvent = act('report-event')
const tellEvent = act('tell-event')
const acknowledgeEvent = act('acknowledge-event')
const setResponse = act('set-response')
const closeEvent = act('close-event')
const draftBroadcast = act('draft-broadcast')
const issueBroadcast = act('issue-broadcast')

export async function makeSampleSafety({ platform, street, cast }: Ground, { instant, officer }: Teller): Promise<void> {
  // A test of the cases alone has not opened that room.
  if (!declared.has('safety.open-event')) return
  const say = (key: string) => platform.services.words.in('zh')(`demo.safety.${key}`)
  const areaOf = (post: string) => cast.staff.flatMap((one) => one.posts).find((one) => one.code === post)!.areas[0]!
  const unknown = { dead: null, injured: null, missing: null, lossFen: null, trend: null, measures: null, leaders: null }
  const ago = (at: Date, minutes: number) => new Date(at.getTime() - minutes * MINUTE).toISOString()

  // A shop burnt more than a week ago: the days in which changed figures are reported are over.
  const day = instant(9)
  const call = (post: string, minutes: number) => officer(post, new Date(day.getTime() + minutes * MINUTE))
  const { id } = await openEvent.run(call('chashan', 0), {
    area: areaOf('chashan'),
    kind: 'fire',
    happenedAt: ago(day, 15),
    learntAt: ago(day, 10),
    found: { place: say('fire.place'), source: say('fire.source'), nature: say('fire.nature'), ...unknown },
    level: null,
  })
  const tell = (recipient: string, means: string, minutes: number) =>
    tellEvent.run(call('safety', minutes + 2), {
      id,
      recipient,
      name: '',
      means,
      at: new Date(day.getTime() + minutes * MINUTE).toISOString(),
      note: '',
    })
  await tell('fire-brigade', 'phone', 1)
  await tell('district-emergency', 'phone', 8)
  await acknowledgeEvent.run(call('safety', 12), {
    id,
    told: 3,
    at: new Date(day.getTime() + 9 * MINUTE).toISOString(),
    by: say('fire.received'),
  })
  await setResponse.run(call('leader', 15), { id, response: '4', reason: say('fire.response') })
  const known = {
    place: say('fire.place'),
    source: say('fire.source'),
    nature: say('fire.nature'),
    dead: 0,
    injured: 1,
    missing: 0,
    lossFen: null,
    trend: say('fire.trend'),
    measures: say('fire.measures'),
    leaders: say('fire.leaders'),
  }
  await reportEvent.run(call('safety', 60), { id, report: 'continued', after: 1, found: known, level: 'ordinary', why: '' })
  // Reported up later than two hours after the district knew: it stands there as late.
  await tell('city-duty', 'written', 150)
  await reportEvent.run(call('safety', 300), {
    id,
    report: 'final',
    after: 2,
    found: { ...known, lossFen: 8_600_000 },
    level: 'ordinary',
    why: '',
  })
  await closeEvent.run(officer('leader', instant(0)), { id, note: say('fire.closed') })

  // A typhoon is on its way: passed on by the street until tomorrow night.
  const now = instant(0)
  const warning = await draftBroadcast.run(officer('safety', now), {
    area: street.street,
    kind: 'passed-on',
    colour: 'yellow',
    headline: say('typhoon.headline'),
    body: say('typhoon.body'),
    headlineEn: platform.services.words.in('en')('demo.safety.typhoon.headline'),
    bodyEn: platform.services.words.in('en')('demo.safety.typhoon.body'),
    issuer: say('typhoon.issuer'),
    issuerNumber: say('typhoon.number'),
    endsAt: new Date(now.getTime() + 36 * 60 * MINUTE).toISOString(),
    corrects: null,
  })
  await issueBroadcast.run(officer('leader', instant(0)), { id: warning.id })
}
