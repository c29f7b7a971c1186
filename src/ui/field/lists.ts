/** What stands on the page of what is kept, and what a person can do about it. */
import { phoneTime } from './clock.ts'
import type { Draft } from './forms.ts'
import { at, contact, type Doing, keep, others, own, setPlace } from './phone.ts'
import { type Chosen, setPhotos } from './photos.ts'
import { button, element, find, lang, say, show } from './screen.ts'
import type { ToCheck, ToDo } from './talk.ts'
import { all, type Kept, markHeld, photosOf, removeRecord, unseal } from './vault.ts'

type Written = Draft & { id: string }

const when = (at: number): string =>
  new Date(at).toLocaleString(lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'short', timeStyle: 'short' })

export async function draw(): Promise<void> {
  at.records = (await all<Kept>('record')).sort((a, b) => a.madeAt - b.madeAt)
  markHeld(Boolean(at.owner?.lock) || at.records.some(({ state }) => state !== 'sent'))
  const asking = own('conflict', 'refused').length
  const counts = [
    ['queued', own('queued').length],
    ['sent', own('sent').length],
    ['conflict', asking],
  ] as const
  find('[data-counts]').replaceChildren(
    ...counts.map(([name, n]) => element('b', `${say(name)} ${n}`, name === 'conflict' && n > 0 ? 'is-asking' : '')),
  )
  const refused = at.reach === 'revoked' || at.reach === 'no_post'
  const standing = refused ? at.reach : at.owner && !at.key ? 'locked' : at.reach === 'unknown' ? 'offline' : at.reach
  const contact = at.owner ? say('contact_at', { at: when(at.owner.contactAt) }) : say('no_contact')
  find('[data-state]').textContent = `${say(at.owner || refused ? standing : 'never')} ${contact}`
  // Whoever is not signed in here has nothing to keep it under: no form is filled in for nothing.
  for (const name of ['report', 'check', 'visit', 'tasks', 'send', 'queue'])
    find(`[data-view="home"] [data-do="${name}"]`).hidden = !at.owner
  await findAnswers()
  const [checks, tasks] = [unanswered(at.checks), unanswered(at.tasks)]
  find('[data-checks]').textContent = checks.length > 0 ? String(checks.length) : ''
  find('[data-tasks]').textContent = tasks.length > 0 ? String(tasks.length) : ''
  const grids = at.taken.grids.map(({ name }) => name).join(say('join'))
  find('[data-grids]').textContent = [grids && say('grids', { names: grids }), at.taken.more ? say('more_along') : '']
    .filter(Boolean)
    .join(' ')
  find('[data-sign-in]').hidden = at.reach !== 'signed_out' && !(at.owner && !at.key) && at.owner !== undefined
  find('[data-choose-post]').hidden = at.reach !== 'no_post'
  find('[data-do="leave"]').hidden = !at.owner
  const theirs = others().length
  const recovering = find<HTMLButtonElement>('[data-do="recover"]')
  recovering.hidden = !(at.mayRecover && theirs > 0)
  recovering.textContent = say('recover', { n: theirs })
  if (theirs > 0 && !at.mayRecover) find('[data-state]').textContent += ` ${say('others', { n: theirs })}`
  drawChecks(checks)
  drawTasks(tasks)
  // Each of them is opened to be shown: a week of five hundred would make every press slow.
  if (!find('[data-view="queue"]').hidden) await drawRecords()
}

const asOf = (id: string, seq: number): string => `${id} ${seq}`
/** Of what waits, what it is about: sealed, so that it is opened once. */
async function findAnswers(): Promise<void> {
  if (!at.key) return
  for (const { id, kind, sealed } of own('queued', 'refused')) {
    if (!sealed || at.answers.has(id) || (kind !== 'check' && kind !== 'task')) continue
    const { incidentId, taskId, seq } = await unseal<{ incidentId?: string; taskId?: string; seq: number }>(at.key, sealed)
    at.answers.set(id, asOf(incidentId ?? taskId ?? '', seq))
  }
}
function unanswered<T extends { id: string; seq: number }>(all: readonly T[]): T[] {
  const answered = new Set(own('queued', 'refused', 'sent').map(({ id }) => at.answers.get(id)))
  return all.filter(({ id, seq }) => !answered.has(asOf(id, seq)))
}

function drawChecks(checks: readonly ToCheck[]): void {
  const items = checks.map((one) => {
    const item = element('li', '')
    item.append(element('b', one.title ?? one.number), element('small', [one.number, one.shownPlace].filter(Boolean).join(' · ')))
    item.append(button(say('check'), () => openCheck(one)))
    return item
  })
  find('[data-list="checks"]').replaceChildren(...(items.length > 0 ? items : [element('li', say('no_checks'))]))
}

/** What was typed and taken for another is not this one's. */
function openCheck(one: ToCheck): void {
  const form = find<HTMLFormElement>('[data-form="check"]')
  if (at.checking && at.checking.id !== one.id) {
    form.reset()
    setPhotos('check', [])
  }
  at.checking = one
  form.hidden = false
  find('[data-about]', form).textContent = [one.title, one.number].filter(Boolean).join(' ')
  form.scrollIntoView()
}

function drawTasks(tasks: readonly ToDo[]): void {
  const today = new Date(phoneTime()).toLocaleDateString('sv')
  const items = tasks.map((one) => {
    const item = element('li', '')
    const day = new Date(`${one.dueOn}T00:00`).toLocaleDateString(lang === 'en' ? 'en-GB' : 'zh-CN', {
      month: 'long',
      day: 'numeric',
    })
    const due = `${say('due', { day })}${one.dueOn < today ? ` ${say('late')}` : ''}`
    const community = at.taken.communities.find(({ code }) => code === one.area)?.name[lang]
    item.append(element('b', one.name[lang]), element('span', one.what))
    item.append(element('b', due, one.dueOn < today ? 'is-asking' : ''))
    item.append(element('small', [community, one.organisation].filter(Boolean).join(' · ')))
    if (one.off) item.append(element('small', say('task_off')))
    item.append(button(say('do_task'), () => openTask(one, one.name[lang])))
    return item
  })
  find('[data-list="tasks"]').replaceChildren(...(items.length > 0 ? items : [element('li', say('no_tasks'))]))
}

function openTask(one: Doing, name: string): void {
  const form = find<HTMLFormElement>('[data-form="task"]')
  if (at.doing && at.doing.id !== one.id) form.reset()
  at.doing = one
  form.hidden = false
  find('[data-about]', form).textContent = name
  form.scrollIntoView()
}

const wordsOf = (one: Written): string => String(one.kind === 'check' ? (one.note ?? '') : (one.words ?? ''))

/** To open hundreds of them takes an old phone seconds: so many are shown, and more when asked for. */
const A_PAGE = 30
let shown = A_PAGE
export const showFirst = (): void => {
  shown = A_PAGE
}

async function drawRecords(): Promise<void> {
  const records = [...own('conflict', 'refused'), ...own('queued'), ...own('sent').reverse()]
  const items = records.slice(0, shown).map(async (kept) => {
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
  const more = button(say('show_more', { n: records.length - shown }), () => {
    shown += A_PAGE
    return at.draw()
  })
  find('[data-list="records"]').replaceChildren(
    ...(items.length > 0 ? await Promise.all(items) : [element('li', say('nothing'))]),
    ...(records.length > shown ? [more] : []),
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
  if (opened.kind === 'task') return [...answeredWays(kept, opened), drop]
  return [button(say('edit'), () => edit(kept.id, opened)), drop]
}

/** Of a task: answered anew while it is hers, or kept as a note; one that the node does not know is a note about nothing. */
function answeredWays(kept: Kept, opened: Written): HTMLElement[] {
  const still = at.tasks.find(({ id }) => id === opened.taskId)
  const { area, seenAt, taskId, seq } = opened as Written & { area: string; taskId: string; seq: number }
  const anew = button(say('edit'), async () => {
    openTask(still ?? { id: taskId, seq, area }, still?.name[lang] ?? say('task'))
    await edit(kept.id, opened)
  })
  const asNote = button(say('as_note'), async () => {
    const words = `${say(opened.did ? 'task_did' : 'task_back')} ${wordsOf(opened)}`
    const note = { kind: 'visit', seenAt, area, words, ...(kept.state === 'conflict' ? { taskId } : {}) }
    if (await keep(note, kept.id)) await contact()
  })
  return still || kept.state === 'refused' ? [anew, asNote] : [asNote]
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
  const { lon, lat } = where
  const placed = typeof lon === 'number' && typeof lat === 'number'
  if (opened.kind === 'report') setPlace(placed ? { lon, lat } : null, placed ? say('place_kept') : '')
  show(opened.kind === 'task' ? 'tasks' : opened.kind)
  if (opened.kind === 'task') form.scrollIntoView()
}
