import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { BarredButton } from '../barred-button.tsx'
import { Form } from '../fields/form.tsx'
import { Icon, type IconName } from '../icons.tsx'
import type { Tone } from '../tone.ts'
import type { View } from '../view.ts'

export interface ButtonProps {
  kind?: 'primary' | 'secondary' | 'danger'
  /** With `href` it is a link that looks like a button; without, it sends the form. */
  href?: string
  name?: string
  value?: string
  /** Sends the form elsewhere than to its own address. */
  action?: string
  icon?: IconName
  small?: boolean
  /** A button that cannot be pressed says why, beside itself. */
  disabledBecause?: string
  children: ComponentChildren
}

const KIND = { primary: '', secondary: ' govuk-button--secondary', danger: ' govuk-button--secondary k-danger' } as const

export function Button({ kind = 'primary', href, name, value, action, icon, small, disabledBecause, children }: ButtonProps) {
  const look = `govuk-button${KIND[kind]}${small ? ' k-btn-small' : ''}`
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      {children}
    </>
  )
  if (disabledBecause)
    return (
      <BarredButton look={look} whyLook="k-quiet k-why" because={disabledBecause}>
        {inside}
      </BarredButton>
    )
  if (href)
    return (
      <a class={look} href={href}>
        {inside}
      </a>
    )
  return (
    <button class={look} type="submit" name={name} value={value} formAction={action}>
      {inside}
    </button>
  )
}

/** A link as tall as a finger. `mid`: in the middle, under a button. */
export const Link = ({ href, mid, children }: { href: string; mid?: boolean; children: ComponentChildren }) => (
  <a class={`k-link${mid ? ' k-link--mid' : ''}`} href={href}>
    {children}
  </a>
)

export const Tag = ({ tone = 'info', children }: { tone?: Tone; children: ComponentChildren }) => (
  <strong class={`govuk-tag is-${tone}`}>{children}</strong>
)

/** Good news in one line. */
export const Tick = ({ children }: { children: ComponentChildren }) => (
  <p class="k-tick">
    <Icon name="check" />
    <span>{children}</span>
  </p>
)

export type SignKind = Tone | 'unknown'

/** The round sign before a line; the line itself says the same in words. */
export const Sign = ({ kind, icon }: { kind: SignKind; icon?: IconName }) => (
  <span class={`k-sign is-${kind}`} aria-hidden="true">
    {icon ? (
      <Icon name={icon} />
    ) : kind === 'good' ? (
      <Icon name="check" />
    ) : kind === 'bad' ? (
      <Icon name="x" />
    ) : kind === 'plain' ? (
      ''
    ) : (
      '?'
    )}
  </span>
)

/** One of a few views of the same list; links, so that each has an address. */
export const Segments = ({
  label,
  items,
}: {
  label: string
  items: readonly { href: string; label: string; on?: boolean }[]
}) => (
  <nav class="k-seg" aria-label={label}>
    {items.map((item) => (
      <a key={item.href} href={item.href} aria-current={item.on ? 'page' : undefined}>
        {item.label}
      </a>
    ))}
  </nav>
)

export const Pager = ({ view, newer, older }: { view: View; newer?: string; older?: string }) =>
  newer || older ? (
    <nav class="k-pager" aria-label={view.t('ui.pager.nav')}>
      {newer && (
        <a class="k-link" href={newer} rel="prev">
          <Icon name="left" />
          {view.t('ui.pager.previous')}
        </a>
      )}
      {older && (
        <a class="k-link k-pager__next" href={older} rel="next">
          {view.t('ui.pager.next')}
          <Icon name="right" />
        </a>
      )}
    </nav>
  ) : null

/** Work that takes long: how far it is, and a way to stop it. `stop`: address that a POST stops it at. */
export function Progress({
  view,
  title,
  done,
  of,
  stop,
}: {
  view: View
  title: string
  done: number
  of: number
  stop?: string
}) {
  const id = useId()
  return (
    <div class="k-card k-progress">
      <h2 id={id}>{title}</h2>
      <progress aria-labelledby={id} value={done} max={of} />
      <div class="k-foot-row">
        <span class="k-quiet num">{view.t('ui.progress', { done, of })}</span>
        {stop && (
          <Form view={view} action={stop} class="k-inline-form">
            <Button kind="secondary" small>
              {view.t('ui.stop')}
            </Button>
          </Form>
        )}
      </div>
    </div>
  )
}

export interface ConfirmProps {
  view: View
  /** The question: what will happen to what. */
  title: string
  /** What follows, and whether it can be undone. */
  text: ComponentChildren
  action: string
  yes: string
  no: { href: string; label: string }
  /** Takes something away; drawn in the warning colour. */
  danger?: boolean
  idempotencyKey?: string
  /** Further fields, such as a reason. */
  children?: ComponentChildren
  /** The question is the heading of the page (default). */
  heading?: boolean
}

/** “Ask once”: a page or card of its own before an act that cannot be taken back lightly. */
export const Confirm = ({
  view,
  title,
  text,
  action,
  yes,
  no,
  danger,
  idempotencyKey,
  children,
  heading = true,
}: ConfirmProps) => (
  <div class="k-card k-confirm">
    {heading ? <h1 class="govuk-heading-l">{title}</h1> : <h2>{title}</h2>}
    <p>{text}</p>
    <Form view={view} action={action} idempotencyKey={idempotencyKey}>
      {children}
      <div class="k-actions">
        <Button kind={danger ? 'danger' : 'primary'}>{yes}</Button>
        <Button kind="secondary" href={no.href}>
          {no.label}
        </Button>
      </div>
    </Form>
  </div>
)
