/** 身边的事: what neighbours reported, who has it, how far it is. The list first; then the figures of the month, then the map. */
import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  Actions,
  Button,
  Details,
  Empty,
  formatDateTime,
  formatNumber,
  Inset,
  Link,
  langOf,
  PageHead,
  Pager,
  paths,
  ResidentPage,
  Search,
  Section,
  Segments,
  Select,
  Tag,
  Text,
  Tiers,
  type View,
} from '../../../ui/index.ts'
import type { Ground } from '../use-cases/around.ts'
import type { ListedIncident, PublicList, publicLists } from '../use-cases/public.ts'
import { AroundMap } from './around-map.tsx'
import { areaLabel } from './report-where.tsx'
import { className, dueLine, standOf } from './saying.ts'

export type ListName = (typeof publicLists)[number]
export interface Chosen {
  list: ListName
  area: string
  classCode: string
  /** What was searched for; empty where nothing was. */
  words: string
  page: number
}

interface AroundProps {
  view: View
  pack: LoadedPack
  now: Date
  chosen: Chosen
  /** What can be chosen: streets and communities that are served. */
  areas: readonly string[]
  /** They are too many for one list: those of other streets are behind their street. */
  narrowed: boolean
  listing: PublicList
  ground: Ground
  /** The address named an area or a kind that there is not. */
  unknown: boolean
}

export const aroundHref = (chosen: Chosen, but: Partial<Chosen> = {}, at: string = paths.around): string => {
  const { list, area, classCode, words, page } = { ...chosen, page: 1, ...but }
  const query = new URLSearchParams({
    ...(list === 'open' ? {} : { list }),
    area,
    ...(classCode ? { class: classCode } : {}),
    ...(words ? { q: words } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  })
  return `${at}?${query}`
}

export function AroundPage(props: AroundProps) {
  const { view, pack, now, chosen, listing, ground } = props
  const { t } = view
  const { rows, counts, more } = listing
  const tab = (list: ListName, n?: number) => ({
    href: aroundHref(chosen, { list }),
    label: t(`around.list.${list}`, { n: n ?? 0 }),
    on: chosen.list === list,
  })
  const ended = counts.confirmed + counts.checked + counts.unconfirmed + counts.notSolved + counts.notFiled
  return (
    <ResidentPage
      view={view}
      title={t('around.title')}
      description={t('around.lead')}
      back={{ href: paths.home, label: t('around.to_home') }}
    >
      <PageHead title={t('around.title')} lead={t('around.lead')} />
      <Actions>
        <Button href={paths.report} icon="pen">
          {t('around.report')}
        </Button>
      </Actions>
      <Search
        view={view}
        action={paths.around}
        label={t('around.search')}
        placeholder={t('around.search_hint')}
        value={chosen.words}
      />
      {chosen.words && (
        <Text quiet>
          {t('around.searched', { words: chosen.words })}{' '}
          <Link href={aroundHref(chosen, { words: '' })}>{t('around.search_end')}</Link>
        </Text>
      )}
      <Segments
        label={t('around.lists')}
        items={[tab('open', counts.open), tab('overdue', counts.overdue), tab('waiting', counts.waiting), tab('ended', ended)]}
      />
      <Filter {...props} />
      {props.unknown && <Inset>{t('around.unknown')}</Inset>}
      {rows.length === 0 ? (
        <Empty icon="check" title={t(`around.none.${chosen.list}`)} next={{ href: paths.report, label: t('around.report') }}>
          {t(chosen.words ? 'around.none_words' : 'around.none_text')}
        </Empty>
      ) : (
        <ol class="k-around">
          {rows.map((one, at) => (
            <Line key={one.publicId} view={view} pack={pack} one={one} number={at + 1} now={now} />
          ))}
        </ol>
      )}
      <Pager
        view={view}
        {...(chosen.page > 1 ? { newer: aroundHref(chosen, { page: chosen.page - 1 }) } : {})}
        {...(more ? { older: aroundHref(chosen, { page: chosen.page + 1 }) } : {})}
      />
      <Figures view={view} counts={counts} />
      <Section id="map" title={t('around.map')}>
        <AroundMap view={view} pack={pack} ground={ground} rows={rows} />
        <Actions>
          <Button kind="secondary" icon="pin" href={aroundHref(chosen, {}, `${paths.around}/map`)}>
            {t('around.map_open')}
          </Button>
        </Actions>
        <Text quiet>{t('around.privacy')}</Text>
        <Link href={aroundHref({ ...chosen, words: '', page: 1 }, {}, '/around/feed.atom')}>{t('around.feed')}</Link>{' '}
        <Link href="/open-data">{t('open_data.title')}</Link>
      </Section>
    </ResidentPage>
  )
}

function Line({
  view,
  pack,
  one,
  number,
  now,
}: {
  view: View
  pack: LoadedPack
  one: ListedIncident
  number: number
  now: Date
}) {
  const { t, lang, today } = view
  const { words, tone } = standOf(view, one, now)
  const due = dueLine(view, pack, one, now)
  const title = one.title ?? className(pack, one.classCode, view)
  const where = [areaLabel(view, pack, one.area), one.place].filter(Boolean).join(' · ')
  const open = one.closedAt === null
  const unit = one.unitName && organisationIn(pack, view, one.unitName)
  return (
    <li>
      <span class="k-around__number num" aria-hidden="true">
        {number}
      </span>
      <div>
        <h2 class="k-around__title">
          <a class="k-link" href={`${paths.around}/${one.publicId}`}>
            <span lang={langOf(lang, title)}>{title}</span>
          </a>
        </h2>
        <p class="k-quiet">
          <span lang={langOf(lang, where)}>{where}</span>
          <br />
          {t('around.reported_on', { on: formatDateTime(one.reportedAt, lang, today) })}
          {unit && (
            <>
              {' · '}
              <span lang={langOf(lang, unit)}>{unit}</span>
            </>
          )}
        </p>
        <p class="k-around__stand">
          <Tag tone={tone}>{words}</Tag>
          {due && <span class="num">{due}</span>}
        </p>
        {open && (
          <p class="k-around__join">
            <span class="k-quiet num">{t('around.reports', { n: one.reports })}</span>
            <a
              class="govuk-button govuk-button--secondary k-btn-small"
              href={`${paths.report}?${new URLSearchParams({ what: one.classCode, joins: one.publicId })}`}
            >
              {t('around.join')}
              <span class="govuk-visually-hidden"> {title}</span>
            </a>
          </p>
        )}
      </div>
    </li>
  )
}

/** By community and by kind; a form, so that it works without script. */
function Filter({ view, pack, chosen, areas, narrowed }: AroundProps) {
  const { t, lang } = view
  return (
    <Details title={t('around.filter')} open={chosen.classCode !== '' || chosen.area.length === 12}>
      <form method="get" action={paths.around} class="k-form">
        <input type="hidden" name="list" value={chosen.list} />
        {chosen.words && <input type="hidden" name="q" value={chosen.words} />}
        <Select
          view={view}
          name="area"
          label={t('around.filter_area')}
          {...(narrowed ? { hint: t('around.filter_area_hint') } : {})}
          value={chosen.area}
          options={areas.map((area) => ({ value: area, label: areaLabel(view, pack, area) }))}
        />
        <Select
          view={view}
          name="class"
          label={t('around.filter_class')}
          empty={t('around.filter_all')}
          value={chosen.classCode}
          options={pack.incidents.classes
            .filter((one) => !one.private)
            .map((one) => ({ value: one.code, label: pick(one.name, lang) }))}
        />
        <div class="k-actions">
          <Button kind="secondary">{t('around.filter_go')}</Button>
        </div>
      </form>
    </Details>
  )
}

/** Each way of ending by itself: what nobody confirmed is never among the solved. */
function Figures({ view, counts }: { view: View; counts: PublicList['counts'] }) {
  const { t } = view
  return (
    <Section id="figures" title={t('around.figures')}>
      <Tiers
        caption={t('around.figures')}
        rows={(
          [
            'confirmed',
            'checked',
            'unconfirmed',
            'notSolved',
            'endedLate',
            'notFiled',
            'open',
            'overdue',
            'reopened',
            'waiting',
          ] as const
        ).map((name) => ({ name: t(`around.count.${name}`), value: t('around.pieces', { n: formatNumber(counts[name]) }) }))}
      />
      <Text quiet>{t('around.figures_note')}</Text>
    </Section>
  )
}
