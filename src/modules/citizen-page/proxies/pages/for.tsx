import type { Proxied } from '../../../../core/access/index.ts'
import type { OwnCaseLine } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Card, formatDate, Inset, PageHead, paths, ResidentPage, Section, Text, type View } from '../../../../ui/index.ts'
import { mattersText } from './proxies.tsx'

interface ForProps {
  view: View
  pack: LoadedPack
  actor: Proxied
  cases: readonly OwnCaseLine[]
}

/** Where one acts for another: who it is, in what, and how her cases stand. */
export function ForPage({ view, pack, actor, cases }: ForProps) {
  const { t } = view
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
