import type { OwnRead } from '../../../../core/access/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Empty,
  type Fact,
  formatDateTime,
  Look,
  PageHead,
  Pager,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'

const PAGE = 25

interface ReadsProps {
  view: View
  pack: LoadedPack
  reads: readonly OwnRead[]
  total: number
  page: number
  has: (key: string) => boolean
}

export function ReadsPage({ view, pack, reads, total, page, has }: ReadsProps) {
  const { t, lang, today } = view
  const newer = page > 1 ? `/me/reads?page=${page - 1}` : undefined
  const older = page * PAGE < total ? `/me/reads?page=${page + 1}` : undefined
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
              when={formatDateTime(read.at, lang, today)}
              facts={factsOf(view, pack, read, has)}
            />
          ))}
        </Section>
      )}
      <Pager view={view} {...(newer ? { newer } : {})} {...(older ? { older } : {})} />
      <Text quiet>{t('front.reads.doubt', { number: view.hotline ?? '' })}</Text>
    </ResidentPage>
  )
}

const whoOf = (view: View, pack: LoadedPack, { role, officerName, officerNumber }: OwnRead): string =>
  view.t('front.look.who', {
    role: role ? pick(pack.roleName(role), view.lang) : view.t('front.look.no_role'),
    name: officerName ?? '',
    number: officerNumber ?? '',
  })

function factsOf(view: View, pack: LoadedPack, read: OwnRead, has: (key: string) => boolean): Fact[] {
  const { t } = view
  const what = `front.look.what.${read.operation}`
  const why = `front.look.why.${read.purpose}`
  const matter = pack.matters.find((one) => one.code === read.matterCode)
  return [
    { name: t('front.look.office'), value: read.organisationName ?? t('front.look.no_office') },
    { name: t('front.look.what_head'), value: t(has(what) ? what : 'front.look.what_other') },
    {
      name: t('front.look.why_head'),
      value:
        matter && read.caseNumber
          ? t('front.look.for_case', { matter: pick(matter.name, view.lang) })
          : t(has(why) ? why : 'front.look.why_other'),
      ...(read.caseId && read.caseNumber
        ? { source: <a href={`/me/cases/${read.caseId}`}>{t('front.look.case_number', { number: read.caseNumber })}</a> }
        : {}),
    },
  ]
}
