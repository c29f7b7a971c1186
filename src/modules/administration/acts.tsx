/** The audit administrator's page: what officers did, filtered and paged, as a table of its own and with the state of the seals. */
import { listActs, type RecordedAct } from '../../core/access/index.ts'
import { isDay } from '../../platform/day.ts'
import { isId } from '../../platform/id.ts'
import { readSealStatus } from '../../platform/seals/index.ts'
import type { PageRequest } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { ActsPage } from './pages/acts.tsx'

const HOME = '/desk/administration/acts'
const MOST_EXPORTED = 5000

/** What does not look like a filter filters nothing. */
function asked(r: PageRequest) {
  const { on, post, act, at, after } = r.query
  return {
    on: isDay(on) ? on : r.view.today,
    ...(post && isId(post) ? { postId: post } : {}),
    ...(act && /^[a-z]+\.[a-z-]+$/.test(act) ? { act } : {}),
    ...(at && after && isId(after) ? { before: { at, id: after } } : {}),
  }
}

export function actsRoutes(rooms: Rooms): void {
  const { pages, platform } = rooms
  const said = new Set(platform.services.words.keys())
  /** An act that has no words is shown by its code alone. */
  const meaningIn = (r: PageRequest) => (operation: string) => {
    const key = `administration.did.${operation}`
    return said.has(key) ? r.view.t(key) : null
  }
  pages.get(HOME, async (r) => {
    const shell = await deskShell(r, rooms)
    const filter = asked(r)
    const found = await listActs.run(r.call, filter)
    return (
      <ActsPage
        {...shell}
        {...found}
        filter={filter}
        seals={await readSealStatus.run(r.call, {})}
        pack={rooms.platform.services.packs.inForce()}
        now={r.call.now}
        meaningOf={meaningIn(r)}
      />
    )
  })
  pages.file(`${HOME}.csv`, async (r) => {
    const { before: _, ...filter } = asked(r)
    const { acts } = await listActs.run(r.call, { ...filter, most: MOST_EXPORTED })
    return {
      bytes: Buffer.from(csvOf(acts)),
      mediaType: 'text/csv; charset=utf-8',
      name: `acts-${filter.on}.csv`,
      download: true,
    }
  })
}

/** RFC 4180. A cell that a spreadsheet would run as a formula begins with an apostrophe. */
function csvOf(acts: readonly RecordedAct[]): string {
  const cell = (value: string): string => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const head = [
    'at',
    'operation',
    'outcome',
    'officer_number',
    'officer_name',
    'role',
    'post_id',
    'object_id',
    'about_person',
    'id',
  ]
  const rows = acts.map((act) => [
    act.at.toISOString(), act.operation, act.outcome, act.officerNumber, act.officerName, act.role ?? '', act.postId ?? '', act.objectId ?? '', act.aboutPerson ? 'yes' : '', act.id,
  ]) // biome-ignore format: a line
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
