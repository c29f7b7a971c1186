/** Sample emergencies: a fire that is over, and a warning that holds, duty, a plan, neighbours, cameras. Invented like everything here. */
import { addDays } from '../platform/day.ts'
import { instantAt } from '../platform/time.ts'
import { actOf, isOpen } from './act.ts'
import type { Ground, Teller } from './case-story.ts'
import { insideOf } from './grids.ts'
import { chanceOf } from './random.ts'

const MINUTE = 60_000

const act = (operation: string) => actOf(`safety.${operation}`)
const openEvent = act('open-event')
const reportEvent = act('report-event')
const tellEvent = act('tell-event')
const acknowledgeEvent = act('acknowledge-event')
const setResponse = act('set-response')
const closeEvent = act('close-event')
const draftBroadcast = act('draft-broadcast')
const issueBroadcast = act('issue-broadcast')
const registerCamera = act('register-camera')
const setDuty = act('set-duty')
const writePlan = act('write-plan')
const recordDrill = act('record-drill')
const startGroup = act('start-watch-group')
const setPatrol = act('set-patrol')
const recordTraining = act('record-training')
const receiveFootageRequest = act('receive-footage-request')

export async function makeSampleSafety({ platform, street, cast, lattice }: Ground, { instant, officer }: Teller): Promise<void> {
  if (!isOpen('safety.open-event')) return
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
    visits: true,
    corrects: null,
  })
  await issueBroadcast.run(officer('leader', instant(0)), { id: warning.id })

  // On duty until tomorrow; the night after has nobody yet. A plan that was tried out, and what follows from it.
  const today = street.asOf
  for (const [role, name, days] of [
    ['lead', 'leader', 3],
    ['duty', 'safety', 1],
  ] as const)
    await setDuty.run(officer('safety', now), {
      area: street.street,
      role,
      name: cast.staff.find((one) => one.username === name)!.name,
      contact: say('duty.contact'),
      from: instantAt(today, '08:30').toISOString(),
      to: instantAt(addDays(today, days), '08:30').toISOString(),
    })
  const plan = await writePlan.run(officer('safety', instant(5)), {
    area: street.street,
    kind: 'natural',
    title: say('plan.title'),
    body: say('plan.body'),
    validFrom: addDays(today, -60),
    replaces: null,
  })
  await recordDrill.run(officer('safety', instant(4)), {
    id: plan.id,
    heldOn: addDays(today, -20),
    tookPart: 46,
    findings: say('plan.findings'),
    followUp: say('plan.follow_up'),
    followUpBy: addDays(today, 10),
  })

  // A group of neighbours: tomorrow evening's patrol is short of two.
  const group = await startGroup.run(officer('chashan', instant(5)), {
    area: areaOf('chashan'),
    name: say('watch.name'),
    about: say('watch.about'),
  })
  await setPatrol.run(officer('chashan', instant(0)), {
    id: group.id,
    from: instantAt(addDays(today, 1), '19:30').toISOString(),
    to: instantAt(addDays(today, 1), '21:00').toISOString(),
    place: say('watch.place'),
    needed: 2,
  })
  await recordTraining.run(officer('chashan', instant(0)), {
    id: group.id,
    heldOn: addDays(today, -12),
    content: say('watch.training'),
    tookPart: 9,
  })

  const chance = chanceOf(Number(street.street) + 9)
  const grid = lattice?.grids.find(({ area }) => area === areaOf('chashan'))
  const pointIn = () => {
    if (!grid) return null
    const [lon, lat] = insideOf(grid, chance)
    return { lon, lat, crs: 'CGCS2000' }
  }
  // Two cameras, one without its sign, and a request that waits.
  for (const [name, purpose, sign] of [
    ['gate', 'order', true],
    ['lane', 'fire', false],
  ] as const) {
    const camera = await registerCamera.run(officer('safety', instant(3)), {
      area: areaOf('chashan'),
      place: say(`camera.${name}`),
      purpose,
      keeper: say('camera.keeper'),
      contact: say('camera.contact'),
      retentionDays: 30,
      sign,
      basis: say('camera.basis'),
      point: pointIn(),
      replaces: null,
    })
    if (!sign) continue
    const at = instant(2)
    await receiveFootageRequest.run(officer('safety', at), {
      cameraId: camera.id,
      from: ago(at, 180),
      to: ago(at, 120),
      reason: say('camera.reason'),
      organ: say('camera.organ'),
      organNumber: say('camera.number'),
    })
  }
}
