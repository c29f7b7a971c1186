import type { OwnRead } from '../../../../core/access/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Details,
  Empty,
  type Fact,
  formatDay,
  formatTime,
  Look,
  PageHead,
  Pager,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'

interface ReadsProps {
  view: View
  pack: LoadedPack
  reads: readonly OwnRead[]
  total: number
  more: boolean
  page: number
  has: (key: string) => boolean
}

/** Who looked at one's data: one card for each officer, day and reason; the single looks open on demand. */
export function ReadsPage({ view, pack, reads, total, more, page, has }: ReadsProps) {
  const { t, lang, today } = view
  const newer = page > 1 ? `/me/reads?page=${page - 1}` : undefined
  const older = more ? `/me/reads?page=${page + 1}` : undefined
  return (
    <ResidentPage view={view} title={t('front.reads.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead title={t('front.reads.title')} lead={t('front.reads.lead', { n: total })} />
      {reads.length === 0 ? (
        <Empty icon="eye" title={t('front.reads.none')} next={{ href: paths.home, label: t('front.to_home') }}>
          {t('front.reads.none_text')}
        </Empty>
      ) : (
        <Section id="looks" title={t('front.reads.looks')}>
          {reads.map((read) => (
            <Look
              key={read.id}
              who={whoOf(view, pack, read)}
              when={formatDay(read.on, lang, today)}
              facts={factsOf(view, pack, read, has)}
            >
              <Times view={view} read={read} has={has} />
            </Look>
          ))}
        </Section>
      )}
      <Pager view={view} {...(newer ? { newer } : {})} {...(older ? { older } : {})} />
      <Text quiet>{t('front.reads.doubt', { number: view.hotline ?? '' })}</Text>
    </ResidentPage>
  )
}

const whoOf = (view: View, pack: LoadedPack, { purpose, proxyName, role, officerName, officerNumber }: OwnRead): string =>
  purpose === 'proxy'
    ? view.t('front.look.proxy', { name: proxyName ?? '' })
    : view.t('front.look.who', {
        role: role ? pick(pack.roleName(role), view.lang) : view.t('front.look.no_role'),
        name: officerName ?? '',
        number: officerNumber ?? '',
      })

function factsOf(view: View, pack: LoadedPack, read: OwnRead, has: (key: string) => boolean): Fact[] {
  const { t } = view
  const safety = read.purpose.startsWith('safety:')
  const why = safety
    ? 'front.look.for_safety'
    : read.purpose === 'case'
      ? 'front.look.other_case'
      : `people.purpose.${read.purpose}`
  const matter = pack.matters.find((one) => one.code === read.matterCode)
  const sought = pack.matters.find((one) => read.purpose === `outreach:${one.code}`)
  const kinds = [...new Set(read.looks.map((look) => whatOf(view, look.operation, has)))]
  return [
    ...(read.purpose === 'proxy'
      ? []
      : [{ name: t('front.look.office'), value: read.organisationName ?? t('front.look.no_office') }]),
    {
      name: t('front.look.why_head'),
      value: sought
        ? t('front.look.for_outreach', {
            matter: pick(sought.name, view.lang),
            basis: pack.basisLines(sought).join(t('front.join')),
          })
        : matter && read.caseNumber
          ? t('front.look.for_case', { matter: pick(matter.name, view.lang) })
          : t(has(why) ? why : 'front.look.why_other'),
      ...(read.caseId && read.caseNumber
        ? { source: <a href={`/me/cases/${read.caseId}`}>{t('front.look.case_number', { number: read.caseNumber })}</a> }
        : {}),
    },
    { name: t('front.look.what_head'), value: kinds.join(t('front.join')) },
  ]
}

function whatOf({ t }: View, operation: string, has: (key: string) => boolean): string {
  const key = `front.look.what.${operation}`
  return t(has(key) ? key : 'front.look.what_other')
}

/** How often, and on demand at what time each was. */
function Times({ view, read: { count, looks }, has }: { view: View; read: OwnRead; has: (key: string) => boolean }) {
  const { t } = view
  const alike = new Set(looks.map((look) => whatOf(view, look.operation, has))).size === 1
  return (
    <Details title={t('front.look.count', { n: count })}>
      {alike ? (
        <p class="num">{looks.map((look) => formatTime(look.at)).join(t('front.join'))}</p>
      ) : (
        <ol class="k-times">
          {looks.map((look, at) => (
            <li key={at}>{t('front.look.at', { time: formatTime(look.at), what: whatOf(view, look.operation, has) })}</li>
          ))}
        </ol>
      )}
      {count > looks.length && <p>{t('front.look.earlier', { n: count - looks.length })}</p>}
    </Details>
  )
}
