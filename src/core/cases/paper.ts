/** The paper of an act: what every document of a case says, with what the act adds. */
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { type IssueRequest, issueDocument } from '../documents/index.ts'
import type { LoadedPack } from '../matters/index.ts'
import { getPerson } from '../people/index.ts'
import type { Found } from './store.ts'

export interface Paper {
  kind: string
  fill: Record<string, string | number | undefined>
  /** Names in `fill` whose value is a key of the catalogue: documents issue in Chinese, but no text is in code. */
  words?: readonly string[]
  wordParams?: Record<string, string | number>
  lists?: Record<string, readonly string[]>
  /** The texts it rests on; the matter's own unless given. */
  basis?: readonly string[]
}

export const issuePaper = async (work: Work, found: Found, pack: LoadedPack, paper: Paper): Promise<string> =>
  issueDocument(work, await paperOf(work, found, pack, paper))

/** Everything that the paper says but its number. */
export async function paperOf(work: Work, found: Found, pack: LoadedPack, paper: Paper): Promise<IssueRequest> {
  const { services } = work.call.platform
  const t = services.words.in('zh')
  const matter = pack.matter(found.matterCode)
  const person = await getPerson(work.tx, found.applicantId)
  const today = dayOf(work.now)
  const organ = pack.issuingOrgan(found.domain, found.state.handlingArea)
  const said = Object.fromEntries(
    Object.entries(paper.fill).map(([name, value]) => [
      name,
      paper.words?.includes(name) ? t(String(value), paper.wordParams) : value,
    ]),
  )
  return {
    kind: paper.kind,
    caseId: found.id,
    street: found.street,
    organ,
    matterCode: found.matterCode,
    procedure: matter.procedure,
    seq: found.state.seq,
    forms: pack.pack.documents,
    fill: {
      matter: matter.name.zh,
      applicant: person.name,
      addressee: person.name,
      case_number: found.number,
      received_on: dayOf(found.receivedAt),
      contact: matter.catalogue.link_way,
      place: matter.places[0]?.name.zh,
      organ: organ.name,
      officer: work.actor.kind === 'staff' ? work.actor.post.officerName : undefined,
      reconsideration_days: pack.number('remedy.reconsideration', found.originArea, today),
      lawsuit_months: pack.number('remedy.lawsuit', found.originArea, today),
      reconsideration_organ: pack.remedyOrgan('reconsideration', found.originArea, today).zh,
      court: pack.remedyOrgan('lawsuit', found.originArea, today).zh,
      ...said,
    },
    ...(paper.lists ? { lists: paper.lists } : {}),
    basis: paper.basis ?? pack.basisLines(matter),
  }
}
