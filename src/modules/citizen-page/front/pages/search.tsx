import type { FoundMatters, IncidentClass, LoadedPack, Matter } from '../../../../core/matters/index.ts'
import type { Table } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Empty,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Search,
  Section,
  type View,
} from '../../../../ui/index.ts'

export interface SearchProps {
  view: View
  pack: LoadedPack
  typed: string
  /** Null when nothing was typed. */
  found: FoundMatters | null
  /** What was said may be something to reckon. */
  tables: readonly Table[]
  /** What was said may be something to report. */
  incidents: readonly IncidentClass[]
}

export function SearchPage({ view, pack, typed, found, tables, incidents }: SearchProps) {
  const { t, lang } = view
  const matches = found && !found.none ? found.matches.map(({ matter }) => matter) : []
  const [best, ...others] = matches
  return (
    <ResidentPage
      view={view}
      title={typed ? t('front.search.title_of', { typed }) : t('front.search.title')}
      back={{ href: paths.home, label: t('front.to_home') }}
    >
      <PageHead title={t('front.search.title')} />
      <Search
        view={view}
        action="/search"
        label={t('front.home.question')}
        placeholder={t('front.home.placeholder')}
        value={typed}
      />
      {best && (
        <Card found>
          <h2>{pick(best.name, lang)}</h2>
          <p>{pick(best.summary, lang)}</p>
          <Actions>
            <Button href={`/matters/${best.code}`}>{t('front.search.open')}</Button>
          </Actions>
        </Card>
      )}
      {best && found?.elsewhere && (
        <Rows>
          <Elsewhere view={view} elsewhere={found.elsewhere} />
        </Rows>
      )}
      {/* Where there is a matter of that name, somebody wants the matter. */}
      {!best && incidents.length > 0 && (
        <Section id="report" title={t('front.search.report')}>
          <Rows>
            {incidents.slice(0, 3).map(({ code, name }) => (
              <Row
                key={code}
                icon="pen"
                href={`${paths.report}?what=${code}`}
                title={pick(name, lang)}
                note={t('front.search.report_note')}
              />
            ))}
          </Rows>
        </Section>
      )}
      {found && found.maybe.length > 0 && (
        <Section id="maybe" title={t('front.search.maybe')}>
          <MatterRows view={view} matters={found.maybe} />
        </Section>
      )}
      {tables.length > 0 && (
        <Section id="tables" title={t('front.search.tables')}>
          <Rows>
            {tables.map((table) => (
              <Row
                key={table.code}
                icon="list"
                href={`${paths.tables}/${table.code}`}
                title={pick(table.name, lang)}
                note={t('front.search.table_note', { summary: pick(table.summary, lang) })}
              />
            ))}
          </Rows>
        </Section>
      )}
      {found?.none && (
        <NotHere
          view={view}
          pack={pack}
          elsewhere={found.elsewhere}
          unsure={found.maybe.length > 0 || tables.length > 0 || incidents.length > 0}
        />
      )}
      {others.length > 0 && (
        <Section id="others" title={t('front.search.others')}>
          <MatterRows view={view} matters={others} />
        </Section>
      )}
      {!best &&
        pack.grouped.map(({ group, matters }) => (
          <Section key={group.code} id={group.code} title={pick(group.name, lang)}>
            <MatterRows view={view} matters={matters} />
          </Section>
        ))}
    </ResidentPage>
  )
}

const MatterRows = ({ view, matters }: { view: View; matters: readonly Matter[] }) => (
  <Rows>
    {matters.map((matter) => (
      <Row
        key={matter.code}
        href={`/matters/${matter.code}`}
        title={pick(matter.name, view.lang)}
        note={pick(matter.summary, view.lang)}
      />
    ))}
  </Rows>
)

const Elsewhere = ({ view, elsewhere }: { view: View; elsewhere: NonNullable<FoundMatters['elsewhere']> }) =>
  elsewhere.page ? (
    <Row href={paths[elsewhere.page]} title={pick(elsewhere.about, view.lang)} note={view.t('front.search.see')} />
  ) : (
    <Row
      icon="right"
      title={pick(elsewhere.about, view.lang)}
      note={view.t('front.search.go', { go: pick(elsewhere.go, view.lang) })}
    />
  )

/** Never a dead end: who answers, and where to go. */
function NotHere({
  view,
  pack,
  elsewhere,
  unsure,
}: {
  view: View
  pack: LoadedPack
  elsewhere: FoundMatters['elsewhere']
  unsure: boolean
}) {
  const { t, lang, hotline } = view
  const hours = pack.matters[0]?.places[0]?.hours
  return (
    <>
      {/* What has a page of ours is online, though no application. */}
      {!unsure && !elsewhere?.page && (
        <Empty icon="search" title={t('front.search.none')}>
          {t('front.search.none_text')}
        </Empty>
      )}
      <Section id="instead" title={t(unsure ? 'front.search.neither' : 'front.search.instead')}>
        <Rows>
          {elsewhere && <Elsewhere view={view} elsewhere={elsewhere} />}
          {hotline && (
            <Row
              href={`tel:${hotline}`}
              icon="phone"
              title={t('front.search.call', { number: hotline })}
              note={t('front.search.call_note')}
            />
          )}
          <Row
            icon="desk"
            title={t('front.search.window')}
            note={hours ? t('front.search.window_hours', { hours: pick(hours, lang) }) : t('front.search.window_note')}
          />
          {pack.pack.incidents && (
            <Row icon="pin" href={paths.report} title={t('front.search.report_other')} note={t('front.search.report_note')} />
          )}
          <Row icon="pen" title={t('front.search.again')} note={t('front.search.again_note')} />
        </Rows>
      </Section>
    </>
  )
}
