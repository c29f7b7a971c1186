/** What the page shows: its parts, its words, and its lists. */
const app = document.querySelector<HTMLElement>('[data-field]')!
export const lang = app.dataset.lang === 'en' ? 'en' : 'zh'
/** Photos that one record may have. */
export const most = Number(app.dataset.most ?? 0)
const says = JSON.parse(app.dataset.says ?? '{}') as Record<string, string>

export const find = <E extends HTMLElement>(selector: string, within: ParentNode = app): E => within.querySelector<E>(selector)!

/** A text of the page by its name, with what stands in braces put in. */
export const say = (name: string, params: Record<string, string | number> = {}): string =>
  (says[name] ?? name).replace(/<(\w+)>/g, (whole, key: string) => String(params[key] ?? whole))

export function tell(...sentences: string[]): void {
  find('[data-said]').textContent = sentences.filter(Boolean).join('\n')
}

export function show(view: string): void {
  for (const part of app.querySelectorAll<HTMLElement>('[data-view]')) part.hidden = part.dataset.view !== view
  find('#main, [data-app]', document).scrollIntoView()
  find<HTMLElement>(`[data-view="${view}"] h2, [data-view="${view}"]`).setAttribute('tabindex', '-1')
  find<HTMLElement>(`[data-view="${view}"] h2, [data-view="${view}"]`).focus({ preventScroll: true })
}

export function options(kind: string, first: string, named: readonly { code: string; name: { zh: string; en: string } }[]): void {
  for (const select of app.querySelectorAll<HTMLSelectElement>(`select[data-options="${kind}"]`)) {
    const chosen = select.value
    const only = named.length === 1 ? [] : [new Option(first, '')]
    select.replaceChildren(...only, ...named.map(({ code, name }) => new Option(name[lang], code)))
    if (chosen) select.value = chosen
  }
}

export function element(tag: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  if (className) made.className = className
  return made
}

/** Gloves press twice: while it is at it, a second press does nothing. */
export function onceAtATime<A extends unknown[]>(act: (...given: A) => unknown): (...given: A) => Promise<void> {
  let busy = false
  return async (...given) => {
    if (busy) return
    busy = true
    try {
      await act(...given)
    } finally {
      busy = false
    }
  }
}

export function button(text: string, act: () => unknown): HTMLButtonElement {
  const made = element('button', text, 'f-big') as HTMLButtonElement
  made.type = 'button'
  made.addEventListener('click', onceAtATime(act))
  return made
}

export const openApp = (): void => {
  find('[data-app]').hidden = false
}
