import { listOf } from '../listing.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Chips, formatDate, formatTime, Hero, Inset, paths, ResidentPage, Row, Rows, Search, Section, Text, type Tile, Tiles, type View } from '../../../../ui/index.ts'
import { type OwnThings, waiting } from '../home.ts'
import type { Visitor } from '../visitor.ts'
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
      <Hero title={view.t('front.home.question')} {...(visitor === 'bound' && view.who ? { greeting: view.t(`front.home.greeting.${partOfDay(now)}`, { who: view.who }) } : {})}>
        <Search view={view} action="/search" label={view.t('front.home.question')} placeholder={view.t('front.home.placeholder')} />
        <Chips label={view.t('front.home.shortcuts')} items={pack.matters.map((matter) => ({ href: `/matters/${matter.code}`, label: pick(matter.name, view.lang) }))} />
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
            <Row key={draft.id} href={`/apply/${draft.id}`} icon="pen" title={nameOf(view, pack, draft.matterCode)} note={view.t('front.home.draft_since', { on: formatDate(draft.updatedAt.toISOString().slice(0, 10), view.lang, view.today) })} />
          ))}
        </Rows>
      </Section>
    )}
    {own && <Tiles label={view.t('front.home.own')} items={tilesOf(view, visitor, own)} />}
    <Section id="matters" title={view.t('front.home.matters')}>
      <Rows>
        {pack.matters.map((matter) => (
          <Row key={matter.code} href={`/matters/${matter.code}`} title={pick(matter.name, view.lang)} note={pick(matter.summary, view.lang)} />
        ))}
      </Rows>
    </Section>
    {own && own.notices.length > 0 && (
      <Section id="notices" title={view.t('front.home.notices')} more={{ href: '/notices', label: view.t('front.home.all_notices', { n: own.notices.length }) }}>
        <Rows>
          {own.notices.slice(0, 3).map((notice) => (
            <Row key={notice.id} href={`/notices/${notice.id}`} title={noticeTitle(view, pack, notice)} note={noticeWhen(view, notice)} />
          ))}
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
        <Row key={step} icon={(['search', 'pen', 'clock'] as const)[at]!} title={view.t(`front.home.step.${step}.title`)} note={view.t(`front.home.step.${step}.text`)} />
      ))}
    </Rows>
    <Actions>
      <Button href={paths.signIn}>{view.t('front.home.sign_in')}</Button>
    </Actions>
    <Text quiet>{view.t('front.home.window')}</Text>
  </Section>
)

function tilesOf(view: View, visitor: Visitor, own: OwnThings): Tile[] {
  const { t } = view
  const open = waiting(own.cases).length
  return listOf<Tile>(
    {
      href: '/me/cases',
      icon: 'file',
      title: t('front.home.tile.cases'),
      note: open > 0 ? t('front.home.tile.cases_waiting', { n: open }) : own.cases.length > 0 ? t('front.home.tile.cases_some', { n: own.cases.length }) : t('front.home.tile.cases_none'),
      waiting: open > 0,
    },
    visitor === 'bound' && own.authorisations > 0 && { href: '/me/authorisations', icon: 'key', title: t('front.home.tile.authorisations'), note: t('front.home.tile.authorisations_waiting', { n: own.authorisations }), waiting: true },
    visitor === 'bound' && { href: '/me/messages', icon: 'send', title: t('front.home.tile.messages'), note: own.unread > 0 ? t('front.home.tile.messages_unread', { n: own.unread }) : t('front.home.tile.messages_none'), waiting: own.unread > 0 },
    visitor === 'bound' && { href: '/notices', icon: 'horn', title: t('front.home.tile.notices'), note: own.notices.length > 0 ? t('front.home.tile.notices_some', { n: own.notices.length }) : t('front.home.tile.notices_none') },
    visitor === 'bound' && { href: '/me/reads', icon: 'eye', title: t('front.home.tile.reads'), note: own.reads > 0 ? t('front.home.tile.reads_some', { n: own.reads }) : t('front.home.tile.reads_none') },
  )
}

function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(formatTime(now).slice(0, 2))
  return hour >= 5 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}

/** A draft of a matter that is no longer in the pack keeps its code as a name. */
const nameOf = (view: View, pack: LoadedPack, code: string): string => {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, view.lang) : code
}
