/** What stands on the page of what is kept, and what a person can do about it. */
import type { Draft } from './forms.ts'
import { at, contact, keep, others, own } from './phone.ts'
import { type Chosen, setPhotos } from './photos.ts'
import { button, element, find, lang, say, show } from './screen.ts'
import type { ToCheck } from './talk.ts'
import { all, type Kept, markHeld, photosOf, removeRecord, unseal } from './vault.ts'

type Written = Draft & { id: string }

const when = (at: number): string =>
  new Date(at).toLocaleString(lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'short', timeStyle: 'short' })

export async function draw(): Promise<void> {
  at.records = (await all<Kept>('record')).sort((a, b) => a.madeAt - b.madeAt)
  markHeld(Boolean(at.owner?.lock) || at.records.some(({ state }) => state !== 'sent'))
  const asking = own('conflict', 'refused').length
  const shown = [
    ['queued', own('queued').length],
    ['sent', own('sent').length],
    ['conflict', asking],
  ] as const
  find('[data-counts]').replaceChildren(
    ...shown.map(([name, n]) => element('b', `${say(name)} ${n}`, name === 'conflict' && n > 0 ? 'is-asking' : '')),
  )
  const standing = at.owner && !at.key ? 'locked' : at.reach === 'unknown' ? 'offline' : at.reach
  const contact = at.owner ? say('contact_at', { at: when(at.owner.contactAt) }) : say('no_contact')
  find('[data-state]').textContent = `${say(at.owner || at.reach === 'signed_out' ? standing : 'never')} ${contact}`
  find('[data-checks]').textContent = at.checks.length > 0 ? String(at.checks.length) : ''
  find('[data-sign-in]').hidden = at.reach !== 'signed_out' && !(at.owner && !at.key) && at.owner !== undefined
  find('[data-do="leave"]').hidden = !at.owner
  const theirs = others().length
  const recovering = find<HTMLButtonElement>('[data-do="recover"]')
  recovering.hidden = !(at.mayRecover && theirs > 0)
  recovering.textContent = say('recover', { n: theirs })
  if (theirs > 0 && !at.mayRecover) find('[data-state]').textContent += ` ${say('others', { n: theirs })}`
  drawChecks()
  // Each of them is opened to be shown: a week of five hundred would make every press slow.
  if (!find('[data-view="queue"]').hidden) await drawRecords()
}

function drawChecks(): void {
  const items = at.checks.map((one) => {
    const item = element('li', '')
    item.append(element('b', one.title ?? one.number), element('small', [one.number, one.shownPlace].filter(Boolean).join(' · ')))
    item.append(button(say('check'), () => openCheck(one)))
    return item
  })
  find('[data-list="checks"]').replaceChildren(...(items.length > 0 ? items : [element('li', say('no_checks'))]))
}

function openCheck(one: ToCheck): void {
  at.checking = one
  const form = find('[data-form="check"]')
  form.hidden = false
  find('[data-about]', form).textContent = [one.title, one.number].filter(Boolean).join(' ')
  form.scrollIntoView()
}

const wordsOf = (one: Written): string => String(one.kind === 'check' ? (one.note ?? '') : (one.words ?? ''))

async function drawRecords(): Promise<void> {
  const first = [...own('conflict', 'refused'), ...own('queued'), ...own('sent').reverse()]
  const items = first.map(async (kept) => {
    const item = element('li', '')
    const opened = kept.sealed && at.key ? await unseal<Written>(at.key, kept.sealed).catch(() => null) : null
    item.append(element('b', `${say(kept.kind)} · ${say(kept.state)}${kept.number ? ` ${kept.number}` : ''}`))
    const photos = kept.photos ? ` · ${say('photos', { n: kept.photos })}` : ''
    item.append(element('small', `${when(kept.madeAt)}${photos}`))
    if (kept.text) item.append(element('span', kept.text))
    if (opened) item.append(element('small', wordsOf(opened)))
    else if (kept.sealed) item.append(element('small', say('sealed')))
    if (opened && (kept.state === 'conflict' || kept.state === 'refused')) item.append(...ways(kept, opened))
    return item
  })
  find('[data-list="records"]').replaceChildren(
    ...(items.length > 0 ? await Promise.all(items) : [element('li', say('nothing'))]),
  )
}

/** A person decides: nothing that could not be done goes by itself. */
function ways(kept: Kept, opened: Written): HTMLElement[] {
  const drop = button(say('drop'), async () => {
    if (!confirm(say('drop_sure'))) return
    await removeRecord(kept.id)
    await at.draw()
  })
  if (opened.kind === 'check')
    return [
      button(say('as_note'), async () => {
        const words = `${say(opened.passed ? 'passed' : 'failed')} ${wordsOf(opened)}`.trim()
        const note = { kind: 'visit', seenAt: opened.seenAt, incidentId: opened.incidentId, words }
        if (await keep(note, kept.id, await photosUnsealed(kept.id))) await contact()
      }),
      drop,
    ]
  return [button(say('edit'), () => edit(kept.id, opened)), drop]
}

const photosUnsealed = async (id: string): Promise<Chosen[]> =>
  Promise.all((await photosOf(id)).map(({ sealed }) => unseal<Chosen>(at.key!, sealed)))

async function edit(id: string, opened: Written): Promise<void> {
  at.mending = id
  setPhotos(opened.kind, await photosUnsealed(id))
  const form = find<HTMLFormElement>(`[data-form="${opened.kind}"]`)
  const where = (opened.place ?? {}) as Record<string, unknown>
  const values = { classCode: opened.classCode, words: opened.words, area: opened.area ?? where.area, text: where.text }
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name) as HTMLInputElement | null
    if (field && typeof value === 'string') field.value = value
  }
  show(opened.kind)
}
