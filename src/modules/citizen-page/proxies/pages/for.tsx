import type { Proxied } from '../../../../core/access/index.ts'
import type { OwnCaseLine } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { FoundList } from '../../../../core/outreach/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Card, formatDate, Inset, PageHead, paths, ResidentPage, Section, Text, type View } from '../../../../ui/index.ts'
import { FoundCard } from '../../found/pages/cards.tsx'
import { mattersText } from './proxies.tsx'

interface ForProps extends Pick<FoundList, 'searchedOn' | 'found'> {
  view: View
  pack: LoadedPack
  actor: Proxied
  cases: readonly OwnCaseLine[]
  done: string | undefined
}

/** Where one acts for another: who it is, in what, and how her cases stand. */
export function ForPage({ view, pack, actor, cases, searchedOn, found, done }: ForProps) {
  const { t, lang, today } = view
  const { name } = actor
  return (
    <ResidentPage
      view={view}
      title={t('proxies.for', { name: actor.name })}
      back={{ href: paths.proxies, label: t('proxies.title') }}
    >
      <PageHead
        title={t('proxies.for', { name: actor.name })}
        lead={t('proxies.for_lead', { matters: mattersText(view, pack, actor.matters) })}
      />
      <Inset>{t('proxies.she_sees', { name: actor.name })}</Inset>
      {done === 'applied' && <Inset>{t('found.proxy.done', { name })}</Inset>}
      {searchedOn && (
        <Section id="found" title={t('found.proxy.section', { name })}>
          <Text quiet>{t('found.proxy.lead', { name, day: formatDate(searchedOn, lang, today) })}</Text>
          {found.length === 0 && <Text>{t('found.proxy.none')}</Text>}
          {found.map((one) => (
            <FoundCard
              key={one.matterCode}
              view={view}
              pack={pack}
              found={one}
              href={`/for/${actor.proxyId}/found/${one.matterCode}`}
              name={name}
            />
          ))}
        </Section>
      )}
      <Section id="cases" title={t('proxies.cases')}>
        {cases.length === 0 && <Text>{t('proxies.no_cases')}</Text>}
        {cases.map((one) => (
          <CaseLine key={one.id} view={view} pack={pack} one={one} />
        ))}
      </Section>
    </ResidentPage>
  )
}

function CaseLine({ view, pack, one }: { view: View; pack: LoadedPack; one: OwnCaseLine }) {
  const { t, lang, today } = view
  const matter = pack.matters.find(({ code }) => code === one.matterCode)
  return (
    <Card>
      <h3 class="govuk-heading-s">{matter ? pick(matter.name, lang) : one.number}</h3>
      <Text>{t(`case.status.${one.status}`)}</Text>
      <Text quiet>{t('proxies.received', { number: one.number, on: formatDate(dayOf(one.receivedAt), lang, today) })}</Text>
    </Card>
  )
}
