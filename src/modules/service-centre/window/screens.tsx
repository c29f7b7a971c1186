/** The screens of the window with what they show. Each can be drawn again with what was typed and what to mend. */

import { postOf } from '../../../core/access/index.ts'
import * as cases from '../../../core/cases/index.ts'
import * as people from '../../../core/people/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { pick } from '../../../platform/words.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { namesOf } from '../desk/pages/case-papers.tsx'
import { deskShell, shortArea } from '../desk/shell.ts'
import { CorrectionPage } from './pages/correction.tsx'
import { DwellingPage } from './pages/dwelling.tsx'
import { FiguresPage } from './pages/figures.tsx'
import { MaskedPersonPage, PersonPage } from './pages/person.tsx'
import { PhonePage } from './pages/phone.tsx'
import { ReceiptPage } from './pages/receipt.tsx'
import { ReceivePage } from './pages/receive.tsx'
import { RegisterPage } from './pages/register.tsx'
import { StartPage } from './pages/start.tsx'

const DONE = ['bound', 'unbound', 'registered', 'dwelling'] as const

/** What a page shows of a refusal: its fields, or one sentence where it names none. */
const again = (r: PageRequest, problem?: Problem) =>
  problem
    ? { typed: r.body, ...(Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : { message: problem.message }) }
    : {}

export function screens(rooms: Rooms) {
  const pack = () => rooms.platform.services.packs.inForce()
  const frame = async (r: PageRequest) => ({ shell: await deskShell(r, rooms), post: postOf(r.call.actor) })
  const can = (post: Post, permission: string) => post.permissions.includes(permission)
  const nameOf = (r: PageRequest) => (code: string) => {
    const matter = pack().matters.find((m) => m.code === code)
    return matter ? pick(matter.name, r.view.lang) : code
  }
  const read = async (r: PageRequest, personId: string, purpose: people.Purpose): Promise<people.PersonPage> => {
    const person = await people.readPerson.run(r.call, { personId, purpose })
    return { ...person, hukouName: shortArea(r.view, person.hukouName), livingName: shortArea(r.view, person.livingName) }
  }
  const mattersOf = (post: Post) => pack().begun.filter((m) => post.domains.includes(m.domain))
  const communitiesOf = (r: PageRequest, post: Post) =>
    pack()
      .pack.areas.filter((a) => a.level === 'community' && a.validTo === null && post.areas.some((own) => a.code.startsWith(own)))
      .map((a) => ({ value: a.code, label: shortArea(r.view, a.name) }))

  return {
    async start(r: PageRequest, problem?: Problem) {
      const { shell, post } = await frame(r)
      const props = {
        ...shell,
        mayRegister: can(post, 'person.bind'),
        at: r.request.url.startsWith('/desk/people') ? 'people' : 'window',
      } as const
      const part = r.query.part ?? ''
      if (problem || part === '') return <StartPage {...props} {...again(r, problem)} />
      if ([...part.trim()].length < 2)
        return <StartPage {...props} typed={{ part }} errors={{ part: r.view.t('person.search_too_short') }} />
      const { hits, more } = await people.findPersons.run(r.call, { part })
      return (
        <StartPage
          {...props}
          found={{ part, more, hits: hits.map((hit) => ({ ...hit, areaName: shortArea(r.view, hit.areaName) })) }}
        />
      )
    },

    /** A right number that nobody here has leads on to registering; a wrong one back to the field. */
    async notFound(r: PageRequest, problem: Problem) {
      const { shell, post } = await frame(r)
      const mayRegister = can(post, 'person.bind')
      if (problem.refusal.code !== 'window.not_on_record' || !mayRegister)
        return <StartPage {...shell} at="window" mayRegister={mayRegister} typed={r.body} errors={problem.errors} />
      return <RegisterPage {...shell} communities={communitiesOf(r, post)} newKey={r.newKey} typed={r.body} notOnRecord />
    },

    async person(r: PageRequest) {
      const { shell, post } = await frame(r)
      const { personId = '' } = r.params
      const purpose = people.purposes.find((one) => one === r.query.for)
      if (!purpose) {
        const hit = await people.showHit.run(r.call, { personId })
        return (
          <MaskedPersonPage
            {...shell}
            hit={{ ...hit, areaName: shortArea(r.view, hit.areaName) }}
            mayRead={can(post, 'person.read')}
          />
        )
      }
      const person = await read(r, personId, purpose)
      const done = DONE.find((one) => one === r.query.done)
      const may = {
        matters: can(post, 'case.receive') ? mattersOf(post) : null,
        mayBind: can(post, 'person.bind'),
        mayOpenCases: can(post, 'case.read'),
      }
      return <PersonPage {...shell} person={person} purpose={purpose} nameOf={nameOf(r)} {...may} {...(done ? { done } : {})} />
    },

    async register(r: PageRequest, problem?: Problem) {
      const { shell, post } = await frame(r)
      const knownId = problem?.refusal.code === 'person.already_recorded' ? String(problem.refusal.params.personId) : null
      return (
        <RegisterPage
          {...shell}
          communities={communitiesOf(r, post)}
          newKey={r.newKey}
          {...again(r, problem)}
          {...(knownId ? { knownId } : {})}
        />
      )
    },

    async phone(r: PageRequest, problem?: Problem) {
      const { shell } = await frame(r)
      const hit = await people.showHit.run(r.call, { personId: r.params.personId })
      return <PhonePage {...shell} hit={hit} newKey={r.newKey} {...again(r, problem)} />
    },

    async dwelling(r: PageRequest, problem?: Problem) {
      const { shell, post } = await frame(r)
      const hit = await people.showHit.run(r.call, { personId: r.params.personId })
      return <DwellingPage {...shell} hit={hit} communities={communitiesOf(r, post)} newKey={r.newKey} {...again(r, problem)} />
    },

    async receive(r: PageRequest, problem?: Problem) {
      const { shell } = await frame(r)
      const matter = pack().matter(r.params.matterCode ?? '')
      const person = await read(r, r.params.personId ?? '', 'window-service')
      return <ReceivePage {...shell} person={person} matter={matter} newKey={r.newKey} {...again(r, problem)} />
    },

    async receipt(r: PageRequest, problem?: Problem) {
      const { shell, post } = await frame(r)
      const page = await cases.readCase.run(r.call, { caseId: r.params.caseId })
      const waits = ['received', 'correcting'].includes(page.found.state.status)
      const mayAddFiles = waits && can(post, 'case.receive') && page.matter.materials.some((m) => m.source === 'upload')
      const { again: change, sure: _, ...typed } = r.body
      // A page that comes back after all is done asks nothing any more.
      const handing = !problem && typed.taker !== undefined && page.may.deliver === true
      return (
        <ReceiptPage
          {...shell}
          page={page}
          pack={pack()}
          newKey={r.newKey}
          mayAddFiles={mayAddFiles}
          added={problem ? [] : namesOf(page, r.query.added ?? '')}
          {...(handing ? { typed, handsOver: !change } : again(r, problem))}
        />
      )
    },

    async correction(r: PageRequest, problem?: Problem) {
      const { shell } = await frame(r)
      const page = await cases.readCase.run(r.call, { caseId: r.params.caseId })
      const { facts, idNumber, signsIn } = page
      const areaOf = (code: string | null) => shortArea(r.view, pack().areaName(code ?? ''))
      const person = {
        facts,
        idNumber,
        phone: null,
        binding: signsIn || null,
        hukouName: areaOf(facts.hukou_area),
        livingName: areaOf(facts.living_area),
      }
      return <CorrectionPage {...shell} page={page} person={person} newKey={r.newKey} {...again(r, problem)} />
    },

    async figures(r: PageRequest) {
      const { shell, post } = await frame(r)
      const area = /^[0-9]{4,12}$/.test(r.query.area ?? '') ? r.query.area : undefined
      const figures = await cases.readFigures.run(r.call, area ? { area } : {})
      const work = await rooms.figures(r, area)
      const { top } = figures
      const inWords = (code: string) => pack().areaIn(r.view.t, r.view.lang, code)
      const above = [4, 6, 9]
        .map((n) => top.slice(0, n))
        .filter((code) => code.length < top.length && code.startsWith(post.scope))
      const href = (code: string) => `/desk/figures?area=${code}`
      const listed = can(post, 'work-list.read')
      return (
        <FiguresPage
          {...shell}
          figures={figures}
          work={work}
          hasCases={pack().matters.some((m) => post.domains.includes(m.domain))}
          areaOf={(code) => shortArea(r.view, inWords(code))}
          title={shortArea(r.view, inWords(top))}
          above={above.map((code) => ({ href: href(code), label: inWords(code) }))}
          lines={pack()
            .pack.domains.filter((d) => post.domains.includes(d.code))
            .map((d) => pick(d.name, r.view.lang))}
          at={r.call.now}
          nameOf={(row) => shortArea(r.view, inWords(row.code) || row.name)}
          matterName={nameOf(r)}
          listed={listed && figures.areas.some((row) => row.code.length === 12)}
          hrefOf={(code) => (code.length < 12 ? href(code) : listed ? `/desk?${new URLSearchParams({ area: code })}` : null)}
        />
      )
    },
  }
}
