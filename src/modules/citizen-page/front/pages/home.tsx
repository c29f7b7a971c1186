import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Chips,
  formatDate,
  formatTime,
  Hero,
  Inset,
  paths,
  ResidentPage,
  Row,
  Rows,
  Search,
  Section,
  Text,
  Tiles,
  type View,
} from '../../../../ui/index.ts'
import { FoundCard } from '../../found/pages/cards.tsx'
import type { OwnThings } from '../home.ts'
import type { Visitor } from '../visitor.ts'
import { tilesOf } from './me.tsx'
import { noticeTitle, noticeWhen } from './notices.tsx'

export interface HomeProps {
  view: View
  pack: LoadedPack
  visitor: Visitor
  now: Date
  own: OwnThings | null
}

export const HomePage = ({ view, pack, visitor, now, own }: HomeProps) => (
  <ResidentPage
    view={view}
    title={view.t('front.home.title')}
    hero={
      <Hero
        title={view.t('front.home.question')}
        {...(visitor === 'bound' && view.who
          ? { greeting: view.t(`front.home.greeting.${partOfDay(now)}`, { who: view.who }) }
          : {})}
      >
        <Search
          view={view}
          action="/search"
          label={view.t('front.home.question')}
          placeholder={view.t('front.home.placeholder')}
        />
        <Chips
          label={view.t('front.home.shortcuts')}
          items={pack.often.map((matter) => ({ href: `/matters/${matter.code}`, label: pick(matter.name, view.lang) }))}
        />
      </Hero>
    }
  >
    {visitor === 'by-phone' && (
      <Inset>
        <p class="govuk-body">{view.t('front.home.bind')}</p>
      </Inset>
    )}
    {own && own.drafts.length > 0 && (
      <Section id="drafts" title={view.t('front.home.drafts')}>
        <Rows>
          {own.drafts.map((draft) => (
            <Row
              key={draft.id}
              href={`/apply/${draft.id}`}
              icon="pen"
              title={nameOf(view, pack, draft.matterCode)}
              note={view.t('front.home.draft_since', { on: formatDate(dayOf(draft.updatedAt), view.lang, view.today) })}
            />
          ))}
        </Rows>
      </Section>
    )}
    {own && own.found.length > 0 && (
      <Section id="found" title={view.t('found.home')}>
        {own.found.map((found) => (
          <FoundCard key={found.matterCode} view={view} pack={pack} found={found} href={`${paths.found}/${found.matterCode}`} />
        ))}
        <Text quiet>{view.t('found.no_decision')}</Text>
      </Section>
    )}
    {own && <Tiles label={view.t('front.home.own')} items={tilesOf(view, visitor, own)} />}
    <Section id="matters" title={view.t('front.home.matters')}>
      <Rows>
        {pack.grouped.map(({ group, matters }) => (
          <Row
            key={group.code}
            href={`/search#${group.code}`}
            title={pick(group.name, view.lang)}
            note={matters.map((matter) => pick(matter.name, view.lang)).join(view.t('front.join'))}
          />
        ))}
      </Rows>
    </Section>
    {pack.pack.hazards && (
      <Section id="hazards" title={view.t('hazards.own.new')}>
        <Rows>
          <Row href={paths.reportHazard} icon="shield" title={view.t('hazards.own.tile')} note={view.t('hazards.own.hidden')} />
        </Rows>
      </Section>
    )}
    {pack.pack.incidents && (
      <Section id="around" title={view.t('around.title')}>
        <Rows>
          <Row href={paths.around} icon="pin" title={view.t('around.home')} note={view.t('around.lead')} />
        </Rows>
      </Section>
    )}
    {pack.tables.length > 0 && (
      <Section id="tables" title={view.t('tables.title')}>
        <Rows>
          <Row href={paths.tables} title={view.t('tables.tile')} note={view.t('tables.lead')} />
        </Rows>
      </Section>
    )}
    {own && own.notices.length > 0 && (
      <Section
        id="notices"
        title={view.t('front.home.notices')}
        more={{ href: '/notices', label: view.t('front.home.all_notices', { n: own.notices.length }) }}
      >
        <Rows>
          {own.notices.slice(0, 3).map((notice) => (
            <Row
              key={notice.id}
              href={`/notices/${notice.id}`}
              title={noticeTitle(view, pack, notice)}
              note={noticeWhen(view, notice)}
            />
          ))}
        </Rows>
      </Section>
    )}
    {pack.pack.indicators && (
      <Section id="indicators" title={view.t('indicators.title')}>
        <Rows>
          <Row href={paths.indicators} title={view.t('indicators.tile')} note={view.t('indicators.tile_note')} />
        </Rows>
      </Section>
    )}
    {visitor === 'nobody' && <HowItWorks view={view} />}
  </ResidentPage>
)

const HowItWorks = ({ view }: { view: View }) => (
  <Section id="how" title={view.t('front.home.how')}>
    <Rows>
      {(['find', 'confirm', 'follow'] as const).map((step, at) => (
        <Row
          key={step}
          icon={(['search', 'pen', 'clock'] as const)[at]!}
          title={view.t(`front.home.step.${step}.title`)}
          note={view.t(`front.home.step.${step}.text`)}
        />
      ))}
    </Rows>
    <Actions>
      <Button href={paths.signIn}>{view.t('front.home.sign_in')}</Button>
    </Actions>
    <Text quiet>{view.t('front.home.window')}</Text>
  </Section>
)

function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(formatTime(now).slice(0, 2))
  return hour >= 5 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}

/** A draft of a matter that is no longer in the pack keeps its code as a name. */
const nameOf = (view: View, pack: LoadedPack, code: string): string => {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, view.lang) : code
}
