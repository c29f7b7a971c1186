/**
 * Keys of the desk, never needed: J and K walk the rows, / goes to the search, a letter presses the button that shows
 * it. Enter is the browser's own, because walking moves the focus. They can be switched off (WCAG 2.1.4), and are kept
 * off while somebody types.
 */
const STORE = 'kaifong.keys'
const isOn = (): boolean => localStorage.getItem(STORE) !== 'off'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))

function walk(step: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLElement>('[data-rows] tbody tr')]
    .map((row) => row.querySelector<HTMLElement>('a[href], button:not(:disabled)'))
    .filter((link) => link !== null)
  if (links.length === 0) return false
  const row = document.activeElement?.closest('tr')
  const at = links.findIndex((link) => link.closest('tr') === row)
  const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return true
}

function press(key: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>('[data-key]')].find(
    (one) => one.dataset.key?.toUpperCase() === key.toUpperCase(),
  )
  // Nothing that is not on the screen may be pressed (a closed menu, a hidden part).
  if (!found || found.getClientRects().length === 0) return false
  if (found.matches('input, textarea, select')) found.focus()
  else found.click()
  return true
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    // A held J or K is walking; every other held key is an accident.
    if (!(event.repeat && /^[jk]$/i.test(event.key)) || event.ctrlKey || event.metaKey || event.altKey) return
  }
  if (typing(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur()
    return
  }
  if (!isOn() || event.key.length !== 1) return
  const key = event.key.toLowerCase()
  const done = (key === 'j' && walk(1)) || (key === 'k' && walk(-1)) || press(event.key)
  if (done) event.preventDefault()
})

function show(): void {
  document.documentElement.classList.toggle('keys-off', !isOn())
  for (const part of document.querySelectorAll<HTMLElement>('[data-keys-only]')) part.hidden = false
  for (const toggle of document.querySelectorAll<HTMLButtonElement>('button[data-keys-toggle]')) {
    toggle.hidden = false
    toggle.setAttribute('aria-pressed', String(isOn()))
    toggle.onclick = () => {
      localStorage.setItem(STORE, isOn() ? 'off' : 'on')
      show()
    }
  }
}
show()

// What the field app keeps on this phone is asked about and locked before anybody leaves.
for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/desk/sign-out"]'))
  form.addEventListener('submit', (event) => {
    if (!localStorage.getItem('kaifong.field')) return
    event.preventDefault()
    location.assign('/desk/field?sign-out')
  })

// A form that was refused is read from what is to be mended: an alert that stands there from the start is not always spoken.
document.querySelector<HTMLElement>('.govuk-error-summary')?.focus()
