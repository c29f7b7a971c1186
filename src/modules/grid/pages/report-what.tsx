/** What is it: classes in groups, or found by how people say it. */
import type { IncidentClass, LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Empty, Link, PageHead, paths, ResidentPage, Row, Rows, Search, Section, Text, type View } from '../../../ui/index.ts'
import { Danger, REPORT } from './report-parts.tsx'

interface WhatProps {
  view: View
  pack: LoadedPack
  /** What was searched for; null where nothing was. */
  asked: string | null
  found: readonly IncidentClass[]
  other: string
}

export function WhatPage({ view, pack, asked, found, other }: WhatProps) {
  const { t, lang } = view
  const { groups, classes } = pack.incidents
  return (
    <ResidentPage
      view={view}
      title={t('report.what.title')}
      description={t('report.what.lead')}
      back={{ href: paths.around, label: t('around.title') }}
    >
      <PageHead title={t('report.what.title')} lead={t('report.what.lead')} />
      <Danger view={view} />
      <Search
        view={view}
        action={REPORT}
        label={t('report.what.search')}
        placeholder={t('report.what.placeholder')}
        {...(asked ? { value: asked } : {})}
      />
      {asked !== null &&
        (found.length > 0 ? (
          <Section id="found" title={t('report.what.found')}>
            <Classes view={view} classes={found} />
          </Section>
        ) : (
          <Empty
            icon="search"
            title={t('report.what.none')}
            next={{ href: `${REPORT}?what=${other}`, label: t('report.what.other') }}
          >
            {t('report.what.none_text')}
          </Empty>
        ))}
      {groups.map((group) => {
        const own = classes.filter((one) => one.group === group.code && one.code !== other)
        return (
          own.length > 0 && (
            <Section key={group.code} id={`group-${group.code}`} title={pick(group.name, lang)}>
              <Classes view={view} classes={own} />
            </Section>
          )
        )
      })}
      <Section id="not-here" title={t('report.what.not_here')}>
        <Rows>
          <Row href={`${REPORT}?what=${other}`} icon="plus" title={t('report.what.other')} note={t('report.what.other_note')} />
        </Rows>
        <Text quiet>{t('report.what.hazards')}</Text>
        <Link href={paths.around}>{t('report.what.around')}</Link>
      </Section>
    </ResidentPage>
  )
}

/** Tiles as high as a thumb, two beside each other. */
const Classes = ({ view, classes }: { view: View; classes: readonly IncidentClass[] }) => (
  <ul class="k-classes">
    {classes.map((one) => (
      <li key={one.code}>
        <a href={`${REPORT}?what=${one.code}`}>{pick(one.name, view.lang)}</a>
      </li>
    ))}
  </ul>
)
