/** Keys of programs that report in their own name. A key is shown once: only its hash is kept. */
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import { endApiKey, listApiKeys, makeApiKey, newApiKey } from '../grid/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { LinkOncePage } from './pages/parts.tsx'
import { EndProgramPage, PROGRAMS, ProgramsPage } from './pages/programs.tsx'

export function programRoutes(rooms: Rooms): void {
  const { pages } = rooms

  const home = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { keys } = await listApiKeys.run(r.call, {})
    return <ProgramsPage {...shell} keys={keys} typed={r.body} done={r.query.done} problem={problem} />
  }
  pages.get(PROGRAMS, (r) => home(r))
  // Answered by a page and not by an address: the key belongs to this answer alone.
  pages.post(
    PROGRAMS,
    async (r) => {
      const { name = '', keeper = '', perMinute } = r.body
      const key = newApiKey()
      await makeApiKey.run(r.call, { key, name, keeper, perMinute: Number(perMinute) })
      const { t } = r.view
      return (
        <LinkOncePage
          {...(await deskShell(r, rooms))}
          title={t('administration.programs.made_title', { name })}
          home={{ href: PROGRAMS, label: t('administration.programs.title') }}
          box={t('administration.programs.key')}
          once={t('administration.programs.once')}
          link={key}
          give={t('administration.programs.give', { keeper })}
          next={t('administration.programs.next')}
        />
      )
    },
    home,
  )

  const ending = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const found = (await listApiKeys.run(r.call, {})).keys.find((one) => one.id === r.params.id)
    if (!found) throw new Refusal('open311.key_not_found', 'missing')
    return <EndProgramPage {...shell} ending={found} newKey={r.newKey} problem={problem} />
  }
  pages.get(`${PROGRAMS}/:id/end`, (r) => ending(r))
  pages.post(
    `${PROGRAMS}/:id/end`,
    async (r) => {
      await endApiKey.run(r.call, { id: r.params.id })
      return `${PROGRAMS}?done=ended`
    },
    ending,
  )
}
