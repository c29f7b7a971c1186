/** How long things are kept, for the audit administrator; what is held beyond its time, for leaders. */
import { confirmClasses, endHold, listHolds, placeHold, readPlan, switchOff } from '../../core/retention/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type PageRequest, type Problem, readDay } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { ConfirmRetentionPage } from './pages/confirm-retention.tsx'
import { EndHoldPage } from './pages/end-hold.tsx'
import { HoldsPage } from './pages/holds.tsx'
import { RETENTION, RetentionPage } from './pages/retention.tsx'

const HOLDS = '/desk/administration/holds'

export function retentionRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const show = async (r: PageRequest, problem?: Problem) => (
    <RetentionPage
      {...(await deskShell(r, rooms))}
      plan={await readPlan.run(r.call, {})}
      pack={rooms.platform.services.packs.inForce()}
      newKey={r.newKey}
      done={r.query.done}
      problem={problem}
    />
  )
  pages.get(RETENTION, (r) => show(r))
  const confirming = async (r: PageRequest, problem?: Problem) => (
    <ConfirmRetentionPage
      {...(await deskShell(r, rooms))}
      plan={await readPlan.run(r.call, {})}
      newKey={r.newKey}
      problem={problem}
    />
  )
  pages.get(`${RETENTION}/on`, (r) => confirming(r))
  pages.post(
    `${RETENTION}/on`,
    async (r) => {
      await confirmClasses.run(r.call, { digest: r.body.digest ?? '' })
      return `${RETENTION}?done=switched_on`
    },
    confirming,
  )
  pages.post(
    `${RETENTION}/off`,
    async (r) => {
      await switchOff.run(r.call, {})
      return `${RETENTION}?done=switched_off`
    },
    show,
  )
}

export function holdRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const pack = () => rooms.platform.services.packs.inForce()
  const show = async (r: PageRequest, problem?: Problem) => {
    const { actor } = r.call
    const own = actor.kind === 'staff' ? actor.post.areas : []
    return (
      <HoldsPage
        {...(await deskShell(r, rooms))}
        holds={await listHolds.run(r.call, {})}
        areas={pack()
          .pack.areas.filter(({ code }) => own.some((area) => code.startsWith(area)))
          .map(({ code }) => code)}
        pack={pack()}
        typed={r.body}
        newKey={r.newKey}
        done={r.query.done}
        problem={problem}
      />
    )
  }
  pages.get(HOLDS, (r) => show(r))
  pages.post(
    HOLDS,
    async (r) => {
      await placeHold.run(r.call, wanted(r.body)).catch((error: unknown) => asField(error, r.body))
      return `${HOLDS}?done=placed`
    },
    show,
  )
  const ending = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const hold = (await listHolds.run(r.call, {})).find(({ id }) => id === r.params.id)
    if (!hold) throw new Refusal('retention.hold_not_found', 'missing')
    return <EndHoldPage {...shell} hold={hold} pack={pack()} typed={r.body} newKey={r.newKey} problem={problem} />
  }
  pages.get(`${HOLDS}/:id/end`, (r) => ending(r))
  pages.post(
    `${HOLDS}/:id/end`,
    async (r) => {
      const holdId = r.params.id ?? ''
      // A mistyped address is a hold that is not there.
      if (!isId(holdId)) throw new Refusal('retention.hold_not_found', 'missing')
      await endHold.run(r.call, { holdId, reason: r.body.reason ?? '' })
      return `${HOLDS}?done=end_done`
    },
    ending,
  )
}

/** The field of a number is that of its choice. */
const numberField = (kind: string | undefined) => (kind === 'person' ? 'personNumber' : 'number')

/** A number or an area that is not there is a field to mend: the page comes back with what was typed. */
function asField(error: unknown, { kind }: Record<string, string>): never {
  if (!(error instanceof Refusal)) throw error
  const { fields = [], ...params } = error.params as { fields?: { path: string }[] }
  const here = fields.map((field) => (field.path === '/number' ? { ...field, path: `/${numberField(kind)}` } : field))
  throw new Refusal(error.code, error.kind === 'missing' ? 'invalid' : error.kind, { ...params, fields: here })
}

/** Every field that is wrong is named at once; what belongs to another choice is left out. */
function wanted(body: Record<string, string>) {
  const { kind = '', area = '', class: code = '', reason = '', basis = '' } = body
  const ofNumber = numberField(kind)
  const number = body[ofNumber] ?? ''
  const until = readDay(body, 'until')
  const missing = (path: string, value: string, code_: string) => (value.trim() === '' ? [{ path, code: code_ }] : [])
  const fields = [
    ...(['case', 'person', 'area'].includes(kind) ? [] : [{ path: '/kind', code: 'answer.choose' }]),
    ...(kind === 'case' || kind === 'person' ? missing(`/${ofNumber}`, number, 'answer.missing') : []),
    ...(kind === 'area' ? [...missing('/area', area, 'answer.choose'), ...missing('/class', code, 'answer.choose')] : []),
    ...missing('/reason', reason, 'answer.missing'),
    ...missing('/basis', basis, 'answer.missing'),
    ...(until === null ? [{ path: '/until', code: 'answer.no_such_day' }] : []),
  ]
  if (fields.length > 0) throw new Refusal('input.invalid', 'invalid', { fields })
  return { kind, ...(kind === 'area' ? { area, class: code } : { number }), reason, basis, until: until ?? null }
}
