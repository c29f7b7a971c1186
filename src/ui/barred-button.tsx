/** A button that cannot be pressed says why, beside itself. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export function BarredButton({
  look,
  whyLook,
  because,
  children,
}: {
  look: string
  whyLook: string
  because: string
  children: ComponentChildren
}) {
  const why = useId()
  return (
    <>
      <button class={look} type="submit" disabled aria-describedby={why}>
        {children}
      </button>
      <p class={whyLook} id={why}>
        {because}
      </p>
    </>
  )
}
