import type { ComponentChildren } from 'preact'
import { type Fact, FactList } from '../fact-list.tsx'
import { Icon, type IconName } from '../icons.tsx'
import type { View } from '../view.ts'
import { Tag } from './controls.tsx'

/** `flush`: holds a list that brings its own spacing. `found`: something a person is entitled to; wears the brand's edge. */
export const Card = ({ found, flush, children }: { found?: boolean; flush?: boolean; children: ComponentChildren }) => (
  <article class={`k-card${found ? ' k-card--found' : ''}${flush ? ' k-card--flush' : ''}`}>{children}</article>
)

/** A figure that is the answer: “每月 100 元”. */
export const Figure = ({ before, value, unit, note }: { before?: string; value: string; unit?: string; note?: string }) => (
  <p class="k-figure num">
    {before && <span>{before}</span>}
    <b>{value}</b>
    {unit && <span>{unit}</span>}
    {note && <span class="k-quiet">{note}</span>}
  </p>
)

export const Rows = ({ children, label }: { children: ComponentChildren; label?: string }) => (
  <ul class="k-rows" aria-label={label}>
    {children}
  </ul>
)

export interface RowProps {
  href?: string
  icon?: IconName
  title: ComponentChildren
  note?: ComponentChildren
  tag?: ComponentChildren
}

/** One line of `Rows`; the whole line is the link. */
export function Row({ href, icon, title, note, tag }: RowProps) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span class="k-row__text">
        <b>{title}</b>
        {note && <small>{note}</small>}
        {tag && <span class="k-row__tag">{tag}</span>}
      </span>
    </>
  )
  return (
    <li>
      {href ? (
        <a class="k-row" href={href}>
          {inside}
          <Icon name="right" />
        </a>
      ) : (
        <div class="k-row">{inside}</div>
      )}
    </li>
  )
}

export interface Tile {
  href: string
  icon: IconName
  title: string
  note?: string
  /** Something waits for the person here. */
  waiting?: boolean
}

export const Tiles = ({ label, items }: { label: string; items: readonly Tile[] }) => (
  <nav aria-label={label}>
    <ul class="k-tiles">
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href}>
            <Icon name={item.icon} />
            <span class="k-tile__text">
              <b>{item.title}</b>
              {item.note && <span class={item.waiting ? 'is-waiting' : undefined}>{item.note}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

export const Facts = ({ facts }: { facts: readonly Fact[] }) => <FactList facts={facts} look="k-facts" />

/** What we know already, to be confirmed and not typed. `change`: where it is corrected. */
export const SummaryCard = ({
  title,
  facts,
  change,
  level = 2,
}: {
  title: string
  facts: readonly Fact[]
  change?: { href: string; label: string }
  level?: 2 | 3
}) => {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <Heading class="govuk-summary-card__title">{title}</Heading>
        {change && (
          <a class="k-link" href={change.href}>
            {change.label}
            <span class="govuk-visually-hidden"> ({title})</span>
          </a>
        )}
      </div>
      <div class="govuk-summary-card__content">
        <Facts facts={facts} />
      </div>
    </div>
  )
}

export interface NoticeProps {
  view: View
  href: string
  /** Kind of notice, such as 公示 or 征求意见. */
  kind: string
  title: string
  note?: ComponentChildren
  /** Days after today until it closes: 0 on the last day, less when it is over. */
  daysLeft?: number
}

/** A public notice: what it is, until when one can answer. */
export const NoticeCard = ({ view, href, kind, title, note, daysLeft }: NoticeProps) => (
  <article class="k-card k-notice">
    <p class="k-notice__kind">
      <Tag tone="info">{kind}</Tag>
      {daysLeft !== undefined && (
        <span class="k-quiet num">{daysLeft >= 0 ? view.t('ui.notice.left', { n: daysLeft }) : view.t('ui.notice.closed')}</span>
      )}
    </p>
    <h3>
      <a href={href}>{title}</a>
    </h3>
    {note && <p class="k-quiet">{note}</p>}
  </article>
)

/** Nothing here: says so and what to do next. */
export const Empty = ({
  icon = 'file',
  title,
  children,
  next,
}: {
  icon?: IconName
  title: string
  children?: ComponentChildren
  next?: { href: string; label: string }
}) => (
  <div class="k-card k-empty">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {next && (
      <p>
        <a class="k-link" href={next.href}>
          {next.label}
        </a>
      </p>
    )}
  </div>
)

/** A short table: amounts by age, hours by day. `you` marks the line that is this person's. */
export const Tiers = ({
  caption,
  rows,
}: {
  caption: string
  rows: readonly { name: ComponentChildren; value: ComponentChildren; you?: boolean }[]
}) => (
  <table class="k-tiers num">
    <caption class="govuk-visually-hidden">{caption}</caption>
    <tbody>
      {rows.map((row, at) => (
        <tr key={at} class={row.you ? 'is-you' : undefined}>
          <th scope="row">{row.name}</th>
          <td>{row.value}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** One entry of “who has seen my data”: who, what, why, on which day; children are the single looks. */
export const Look = ({
  who,
  when,
  facts,
  children,
}: {
  who: string
  when: string
  facts: readonly Fact[]
  children?: ComponentChildren
}) => (
  <article class="k-card k-look">
    <header>
      <h3>{who}</h3>
      <span class="k-quiet num">{when}</span>
    </header>
    <Facts facts={facts} />
    {children && <div class="k-foot-row">{children}</div>}
  </article>
)
