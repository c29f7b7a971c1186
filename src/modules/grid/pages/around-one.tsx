import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import {
  Button,
  Card,
  Facts,
  formatDateTime,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Tag,
  Text,
  type View,
} from '../../../ui/index.ts'
import type { PublicIncidentPage } from '../use-cases/around.ts'
import { Course } from './course.tsx'
import { Photos } from './photo-field.tsx'
import { areaLabel } from './report-where.tsx'
import { className, dueLine, standOf } from './saying.ts'

export function AroundOnePage({
  view,
  pack,
  found,
  course,
  photos,
  now,
}: PublicIncidentPage & { view: View; pack: LoadedPack; now: Date }) {
  const { t, lang, today } = view
  const title = found.title ?? className(pack, found.classCode, view)
  const { words, tone } = standOf(view, found, now)
  const due = dueLine(view, pack, { ...found, goesOnAs: null }, now)
  return (
    <ResidentPage view={view} title={title} back={{ href: paths.around, label: t('around.title') }}>
      <PageHead title={title} caption={found.number} tag={<Tag tone={tone}>{words}</Tag>} {...(due ? { lead: due } : {})} />
      {found.goesOnAs && (
        <Text>
          {t('around.one.same')} <Link href={`${paths.around}/${found.goesOnAs.publicId}`}>{found.goesOnAs.number}</Link>
        </Text>
      )}
      {found.outcome === 'unconfirmed' && <Text>{t('around.unconfirmed_means')}</Text>}
      <Card>
        <Facts
          facts={[
            { name: t('around.one.class'), value: className(pack, found.classCode, view) },
            { name: t('around.one.where'), value: [areaLabel(view, pack, found.area), found.place].filter(Boolean).join(' · ') },
            { name: t('around.one.when'), value: formatDateTime(found.reportedAt, lang, today) },
            {
              name: t('around.one.who'),
              value: found.unitName ? organisationIn(pack, view, found.unitName) : t('around.one.nobody_yet'),
            },
            { name: t('around.one.reports'), value: t('around.reports', { n: found.reports }) },
            ...(found.round > 1 ? [{ name: t('around.one.round'), value: t('follow.round', { n: found.round }) }] : []),
          ]}
        />
      </Card>
      {photos.length > 0 && (
        <Section id="photos" title={t('photo.title')}>
          <Card>
            <Photos view={view} photos={photos} at={`${paths.around}/${found.publicId}/photos`} />
          </Card>
        </Section>
      )}
      {found.closedAt === null && (
        <div class="k-actions">
          <Button href={`${paths.report}?${new URLSearchParams({ what: found.classCode, joins: found.publicId })}`} icon="plus">
            {t('around.join')}
          </Button>
        </div>
      )}
      <Section id="course" title={t('follow.course')}>
        <Card>
          <Course view={view} pack={pack} waits={found.closedAt === null ? words : null} steps={course} />
        </Card>
      </Section>
      <Text quiet>{t('around.privacy')}</Text>
    </ResidentPage>
  )
}
