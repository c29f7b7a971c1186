/** What other programs can read here, said to people: where it is, and what it is. */
import { PageHead, paths, ResidentPage, Row, Rows, Section, Text, type View } from '../../../ui/index.ts'
import { collections } from '../ogc/use-cases.ts'

const ICONS = { grids: 'grid', incidents: 'pin', facilities: 'star', cameras: 'camera' } as const

export function OpenDataPage({ view }: { view: View }) {
  const { t } = view
  return (
    <ResidentPage view={view} title={t('open_data.title')} back={{ href: paths.around, label: t('around.title') }}>
      <PageHead title={t('open_data.title')} lead={t('open_data.lead')} />
      <Section id="features" title={t('open_data.features')}>
        <Rows>
          {collections.map((each) => (
            <Row
              key={each}
              href={`/ogc/collections/${each}/items`}
              icon={ICONS[each]}
              title={t(`ogc.${each}`)}
              note={t(`ogc.${each}_about`)}
            />
          ))}
        </Rows>
        <Text quiet>{t('open_data.features_how')}</Text>
      </Section>
      <Section id="requests" title={t('open_data.requests')}>
        <Rows>
          <Row href="/open311/v2/discovery.json" icon="send" title="Open311 GeoReport v2" note={t('open_data.requests_about')} />
          <Row href="/around/feed.atom" icon="list" title="Atom" note={t('open_data.feed_about')} />
        </Rows>
      </Section>
      <Text quiet>{t('open_data.nobody')}</Text>
    </ResidentPage>
  )
}
