/** What an officer can press, with the key that presses it. */
import type { ComponentChildren } from 'preact'
import { BarredButton } from '../barred-button.tsx'
import { Form } from '../fields/form.tsx'
import type { View } from '../view.ts'

export interface DeskButtonProps {
  kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  href?: string
  name?: string
  value?: string
  /** One letter that presses it. */
  keyHint?: string
  small?: boolean
  wide?: boolean
  disabledBecause?: string
  /** Has the focus when the page opens, so that Enter presses it. For the one question of a page only. */
  focused?: boolean
  children: ComponentChildren
}

const KIND = { primary: ' btn-primary', plain: '', danger: ' btn-bad', quiet: ' btn-quiet' } as const

export function DeskButton({
  kind = 'plain',
  href,
  name,
  value,
  keyHint,
  small,
  wide,
  disabledBecause,
  focused,
  children,
}: DeskButtonProps) {
  const look = `btn${KIND[kind]}${small ? ' btn-sm' : ''}${wide ? ' wide' : ''}`
  const inside = (
    <>
      <span class="btn-text">{children}</span>
      {keyHint && !disabledBecause && (
        <span class="d-key" aria-hidden="true">
          {keyHint}
        </span>
      )}
    </>
  )
  if (disabledBecause)
    return (
      <BarredButton look={look} whyLook="d-why" because={disabledBecause}>
        {inside}
      </BarredButton>
    )
  const key = keyHint && { 'data-key': keyHint, 'aria-keyshortcuts': keyHint }
  return href ? (
    <a class={look} href={href} {...key}>
      {inside}
    </a>
  ) : (
    <button class={look} type="submit" name={name} value={value} autofocus={focused} {...key}>
      {inside}
    </button>
  )
}

export interface Action extends Omit<DeskButtonProps, 'children'> {
  label: string
  /** A POST of its own, with token and key; otherwise give `href` (a page that asks once). */
  post?: { action: string; idempotencyKey?: string; fields?: Readonly<Record<string, string>> }
}

/** What can be done now, and why the rest cannot. Comes from the same table that the server decides by. */
export const ActionList = ({ view, actions, note }: { view: View; actions: readonly Action[]; note?: ComponentChildren }) => (
  <div class="d-acts">
    {actions.map(({ label, post, ...button }) =>
      post && !button.disabledBecause ? (
        <Form
          key={label}
          view={view}
          action={post.action}
          idempotencyKey={post.idempotencyKey}
          class={button.wide ? 'wide' : 'd-act'}
        >
          {Object.entries(post.fields ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <DeskButton {...button}>{label}</DeskButton>
        </Form>
      ) : (
        <DeskButton key={label} {...button}>
          {label}
        </DeskButton>
      ),
    )}
    {note && <p class="d-why">{note}</p>}
  </div>
)
