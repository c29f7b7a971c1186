/** The paper of an act: what every document of a case says, with what the act adds. */
import { sql } from '../../platform/database/tx.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { ancestorAt, levelOf } from '../areas/index.ts'
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

/** Names of the areas above and of a case, by level. */
async function placeNames(work: Work, area: string): Promise<Record<'district' | 'street' | 'community', string>> {
  const codes = (['district', 'street', 'community'] as const).map((level) => ancestorAt(area, level))
  const rows = await work.tx.rows(
    sql<{ level: string; name: string }>`select level, name from areas.area where code = any(${codes}::text[])`,
  )
  const names = Object.fromEntries(rows.map((r) => [r.level, r.name]))
  return { district: names.district ?? '', street: names.street ?? '', community: names.community ?? '' }
}

/** Who issues at a place, as the pack names offices: a street office, a town government, a district's bureau, a committee. */
function officeAt(
  pack: LoadedPack,
  domain: string,
  area: string,
  names: Record<'district' | 'street' | 'community', string>,
): string {
  const level = levelOf(area) as 'district' | 'street' | 'community'
  const name = names[level]
  const pattern = pack.pack.offices.find((o) => o.level === level && (!o.ends || name.endsWith(o.ends)))
  if (!pattern) throw new Error(`the pack names no office of a ${level}`)
  const organ = pack.pack.domains.find((d) => d.code === domain)?.organ.zh ?? ''
  return pattern.name.replace('{area}', name).replace('{organ}', organ)
}

/** 五山街道 → 五山, by the endings that the pack lists. */
function shortOf(pack: LoadedPack, name: string): string {
  const end = pack.pack.street_endings.find((e) => name.endsWith(e) && name.length > e.length)
  return end ? name.slice(0, -end.length) : name
}

export const issuePaper = async (work: Work, found: Found, pack: LoadedPack, paper: Paper): Promise<string> =>
  issueDocument(work, await paperOf(work, found, pack, paper))

/** Everything that the paper says but its number. */
export async function paperOf(work: Work, found: Found, pack: LoadedPack, paper: Paper): Promise<IssueRequest> {
  const { services } = work.call.platform
  const t = services.words.in('zh')
  const matter = pack.matter(found.matterCode)
  const names = await placeNames(work, found.originArea)
  const person = await getPerson(work.tx, found.applicantId)
  const today = dayOf(work.now)
  const issuer = officeAt(pack, found.domain, found.state.handlingArea, names)
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
    streetName: shortOf(pack, names.street),
    matterCode: found.matterCode,
    procedure: matter.procedure,
    seq: found.state.seq,
    issuer,
    forms: pack.pack.documents,
    fill: {
      matter: matter.name.zh,
      applicant: person.name,
      addressee: person.name,
      case_number: found.number,
      received_on: dayOf(found.receivedAt),
      contact: matter.catalogue.link_way,
      place: matter.places[0]?.name.zh,
      organ: issuer,
      officer: work.actor.kind === 'staff' ? work.actor.post.officerName : undefined,
      reconsideration_days: pack.number('remedy.reconsideration', found.originArea, today),
      lawsuit_months: pack.number('remedy.lawsuit', found.originArea, today),
      reconsideration_organ: pack.pack.reconsideration.zh.replace('{district}', names.district),
      court: pack.pack.court.zh,
      ...said,
    },
    ...(paper.lists ? { lists: paper.lists } : {}),
    basis: paper.basis ?? pack.basisLines(matter),
  }
}
