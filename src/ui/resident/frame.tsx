/** Head, sections and groups: the frame of a page's text. Parts know no neighbours; these set the gaps. */
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.tsx'
import type { View } from '../view.ts'

interface Children {
  children?: ComponentChildren
}

export interface PageHeadProps {
  title: string
  /** What this belongs to: matter, number, step. */
  caption?: ComponentChildren
  lead?: ComponentChildren
  /** A `Tag` with the state. */
  tag?: ComponentChildren
}

export const PageHead = ({ title, caption, lead, tag }: PageHeadProps) => (
  <div class="k-head">
    {caption && <p class="govuk-caption-l">{caption}</p>}
    <h1 class="govuk-heading-l">{title}</h1>
    {tag && <p class="k-head__tag">{tag}</p>}
    {lead && <p class="k-lead">{lead}</p>}
  </div>
)

/** The red head of a first page, ending in the roofs. */
export const Hero = ({ title, greeting, children }: { title: string; greeting?: string } & Children) => (
  <>
    <div class="k-hero">
      <div class="k-wrap">
        {greeting && <p>{greeting}</p>}
        <h1>{title}</h1>
        {children}
      </div>
    </div>
    <div class="k-roofs" aria-hidden="true" />
  </>
)

export interface SearchProps {
  view: View
  action: string
  label: string
  placeholder?: string
  value?: string
  name?: string
}

export const Search = ({ view, action, label, placeholder, value, name = 'q' }: SearchProps) => (
  <search>
    <form class="k-search" method="get" action={action}>
      <input name={name} type="search" aria-label={label} placeholder={placeholder} value={value ?? ''} autocomplete="off" />
      <button type="submit">
        <Icon name="search" />
        {view.t('ui.search')}
      </button>
    </form>
  </search>
)

/** A few shortcuts under the search. */
export const Chips = ({ items, label }: { items: readonly { href: string; label: string }[]; label: string }) => (
  <ul class="k-chips" aria-label={label}>
    {items.map((item) => (
      <li key={item.href}>
        <a href={item.href}>{item.label}</a>
      </li>
    ))}
  </ul>
)

/** A heading and what belongs to it; `more` is a link beside the heading. `id` makes a landmark of it. */
export const Section = ({
  title,
  id,
  more,
  children,
}: { title?: string; id?: string; more?: { href: string; label: string } } & Children) => (
  <section aria-labelledby={title && id ? id : undefined}>
    {title && (
      <div class="k-h2row">
        <h2 class="k-h2" id={id}>
          {title}
        </h2>
        {more && (
          <a class="k-link" href={more.href}>
            {more.label}
          </a>
        )}
      </div>
    )}
    <div class="k-stack">{children}</div>
  </section>
)

/** Things that belong together, 12 px apart. */
export const Stack = ({ children }: Children) => <div class="k-stack">{children}</div>

/** Buttons, one over the other; one of them primary. */
export const Actions = ({ children }: Children) => <div class="k-actions">{children}</div>

export const Lead = ({ children }: Children) => <p class="k-lead">{children}</p>
export const Text = ({ children, quiet }: Children & { quiet?: boolean }) => (
  <p class={`govuk-body${quiet ? ' k-quiet' : ''}`}>{children}</p>
)
export const Quiet = ({ children }: Children) => <span class="k-quiet">{children}</span>
export const Inset = ({ children }: Children) => <div class="govuk-inset-text">{children}</div>

export const Details = ({ title, open, children }: { title: string; open?: boolean } & Children) => (
  <details class="govuk-details" open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{title}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
)

/** Where a person is in a form: “长寿保健金 · 第 2 步，共 3 步”. For the `caption` of PageHead or over a field with `heading`. */
export const StepCaption = ({ view, matter, at, of }: { view: View; matter: string; at: number; of: number }) => (
  <p class="govuk-caption-l num">
    {matter} · {view.t('ui.step', { at, of })}
  </p>
)
