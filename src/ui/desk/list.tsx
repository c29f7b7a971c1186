/** The work list: tabs, filters, dense table, due cell, pager. */
import type { ComponentChildren } from 'preact'
import { type Due, dueWords } from '../due.ts'
import { formatNumber } from '../format.ts'
import { Icon } from '../icons.tsx'
import type { Tone } from '../tone.ts'
import type { View } from '../view.ts'

export interface Tab {
  href: string
  label: string
  count?: number
  /** Where counting ended. */
  counted?: number
  /** Colours the count: what is late, what ends today. */
  tone?: Tone
  on?: boolean
}

export const Tabs = ({ label, items }: { label: string; items: readonly Tab[] }) => (
  <nav aria-label={label}>
    <ul class="d-tabs">
      {items.map((tab) => (
        <li key={tab.href}>
          <a href={tab.href} aria-current={tab.on ? 'page' : undefined}>
            {tab.label}
            {tab.count !== undefined && (
              <b class={`num${tab.tone && tab.count > 0 ? ` is-${tab.tone}` : ''}`}>
                {tab.counted && tab.count > tab.counted ? `${formatNumber(tab.counted)}+` : formatNumber(tab.count)}
              </b>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Search of the desk; the key / goes there. */
export const DeskSearch = ({
  action,
  label,
  placeholder,
  value,
  name = 'q',
}: {
  action: string
  label: string
  placeholder?: string
  value?: string
  name?: string
}) => (
  <search>
    <form class="d-search" method="get" action={action}>
      <input
        class="form-control"
        type="search"
        name={name}
        value={value ?? ''}
        aria-label={label}
        placeholder={placeholder}
        autocomplete="off"
        data-key="/"
      />
      <span class="d-key" aria-hidden="true">
        /
      </span>
    </form>
  </search>
)

export interface FilterProps {
  name: string
  label: string
  value?: string
  /** First line, meaning no filter. */
  all: string
  options: readonly { value: string; label: string }[]
}

export const Filter = ({ name, label, value, all, options }: FilterProps) => (
  <select class="form-control form-select" name={name} aria-label={label}>
    <option value="">{all}</option>
    {options.map((option) => (
      <option key={option.value} value={option.value} selected={value === option.value}>
        {option.label}
      </option>
    ))}
  </select>
)

/** A row of `Filter`s with its button. `keep`: what else is in the address (the tab). `note`: order and range, on the right. */
export const Filters = ({
  view,
  action,
  keep = {},
  note,
  children,
}: {
  view: View
  action: string
  keep?: Record<string, string>
  note?: ComponentChildren
  children: ComponentChildren
}) => (
  <form class="d-filters" method="get" action={action}>
    {Object.entries(keep).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
    <button class="btn" type="submit">
      {view.t('ui.desk.filter')}
    </button>
    {note && <span class="d-push">{note}</span>}
  </form>
)

export interface Column<R> {
  title: string
  /** The title is for a screen reader only. */
  silent?: boolean
  right?: boolean
  quiet?: boolean
  cell: (row: R) => ComponentChildren
}

export interface TableProps<R> {
  /** What the table holds; read out, not shown. */
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf: (row: R) => string
  /** Edge of the line: late, today. */
  toneOf?: (row: R) => Tone | undefined
  /** A list that J and K move in. The first link of a row is what Enter opens. */
  keys?: boolean
  /** On a phone each row is a small card; for rows that read without their headings. */
  stack?: boolean
}

export const Table = <R,>({ caption, columns, rows, keyOf, toneOf, keys, stack }: TableProps<R>) => (
  // Focusable, so that a table wider than the window can be moved by keyboard; only the table scrolls.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1 asks for it on a region that scrolls
  <section class="d-scroll" aria-label={caption} tabIndex={0}>
    <table class={`table${keys ? ' d-list' : ''}${stack ? ' d-stack' : ''}`} data-rows={keys ? '' : undefined}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" class={column.right ? 'r' : undefined}>
              {column.silent ? <span class="govuk-visually-hidden">{column.title}</span> : column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const tone = toneOf?.(row)
          return (
            <tr key={keyOf(row)} class={tone ? `is-${tone}` : undefined}>
              {columns.map((column) => (
                <td
                  key={column.title}
                  class={[column.right && 'r', column.quiet && 'k-quiet'].filter(Boolean).join(' ') || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  </section>
)

/** Words, then the date: the colour only repeats what the words say. */
export function DueCell({ view, due }: { view: View; due: Due }) {
  const { words, note, tone } = dueWords(view, due)
  return (
    <span class={`d-due is-${tone}`}>
      <b>{words}</b> {note && <span>{note}</span>}
    </span>
  )
}

export const DeskTag = ({ tone = 'info', children }: { tone?: Tone; children: ComponentChildren }) => (
  <span class={`tag is-${tone}`}>{children}</span>
)

export interface DeskPagerProps {
  view: View
  from: number
  to: number
  /** Unknown when counting would cost too much. */
  total?: number
  previous?: string
  next?: string
}

export const DeskPager = ({ view, from, to, total, previous, next }: DeskPagerProps) => (
  <nav class="d-pager" aria-label={view.t('ui.pager.nav')}>
    <span class="num">
      {total === undefined ? view.t('ui.desk.range', { from, to }) : view.t('ui.desk.range_of', { from, to, total })}
    </span>
    {previous && (
      <a class="btn btn-sm" href={previous} rel="prev">
        {view.t('ui.pager.previous')}
      </a>
    )}
    {next && (
      <a class="btn btn-sm" href={next} rel="next">
        {view.t('ui.pager.next')}
      </a>
    )}
  </nav>
)

export const DeskEmpty = ({
  title,
  children,
  next,
}: {
  title: string
  children?: ComponentChildren
  next?: { href: string; label: string }
}) => (
  <div class="card d-empty">
    <Icon name="check" />
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {next && (
      <a class="btn" href={next.href}>
        {next.label}
      </a>
    )}
  </div>
)

/** The keys of this page, under the list. Hidden where the script does not run. */
export const KeyHints = ({ hints }: { hints: readonly { keys: readonly string[]; label: string }[] }) => (
  <p class="d-keys" data-keys-only hidden>
    {hints.map((hint) => (
      <span key={hint.label}>
        {hint.keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
        {hint.label}
      </span>
    ))}
  </p>
)
