/**
 * The field app: what a grid worker records is kept on the phone, sealed, and goes up when there is network. “Kept” is said only
 * once it lies on the disk. Where it stands: docs/adr/0014-field-app.md.
 */
import { phoneTime } from './clock.ts'
import { written } from './forms.ts'
import { draw } from './lists.ts'
import { at, contact, keep, lockNow, openOwn, others, own, prune } from './phone.ts'
import { photosIn, setPhotos, takePhotos } from './photos.ts'
import { find, lang, openApp, say, show, tell } from './screen.ts'
import { recover } from './talk.ts'
import { all, get, type Owner, put, remove } from './vault.ts'

at.draw = draw

async function leave(): Promise<void> {
  await lockNow()
  await remove('plain', 'current')
  at.owner = undefined
  show('home')
  try {
    const html = await (await fetch('/desk', { signal: AbortSignal.timeout(10_000) })).text()
    const token = new DOMParser()
      .parseFromString(html, 'text/html')
      .querySelector<HTMLInputElement>('form[action="/desk/sign-out"] input[name="_csrf"]')
    if (token) {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = '/desk/sign-out'
      form.append(token)
      document.body.append(form)
      return form.submit()
    }
    at.reach = 'signed_out'
  } catch {
    tell(say('locked_only'))
  }
  await at.draw()
}

async function askToLeave(): Promise<void> {
  const n = own('queued', 'conflict', 'refused').length
  if (n === 0) return leave()
  find('[data-ask]').textContent = say('unsent_ask', { n })
  show('leave')
}

function emptied(form: HTMLFormElement): void {
  form.reset()
  setPhotos(form.dataset.form!, [])
  at.place = null
  find('[data-place]').textContent = ''
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-form]'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const name = form.dataset.form!
    const record = written[name]!(form, at, event.submitter)
    if (!record || !(await keep(record, at.mending, photosIn(name)))) return
    if (record.kind === 'check' || record.kind === 'task') form.hidden = true
    emptied(form)
    show('home')
    tell(say('kept'), ...(await contact()))
  })

const acts: Record<string, () => unknown> = {
  home: () => {
    // What was opened to be mended stays as it lies; what is typed anew stays in its form.
    if (at.mending) for (const form of document.querySelectorAll<HTMLFormElement>('[data-form]')) emptied(form)
    at.mending = null
    tell()
    show('home')
  },
  report: () => show('report'),
  check: () => show('check'),
  tasks: () => show('tasks'),
  visit: () => show('visit'),
  queue: async () => {
    show('queue')
    await draw()
  },
  send: async () => {
    const told = await contact()
    tell(...(told.length > 0 ? told : [say(at.reach === 'online' ? 'nothing' : at.reach)]))
  },
  'send-first': async () => {
    await contact()
    return askToLeave()
  },
  leave: askToLeave,
  'leave-now': leave,
  recover: async () => {
    let taken = 0
    for (const one of await all<Owner>('owner'))
      if (one.postId !== at.owner?.postId)
        taken += await recover(
          one,
          others().filter(({ postId, sealed }) => postId === one.postId && sealed),
          at.deviceId,
          lang,
        )
    await at.draw()
    tell(say('recovered', { n: taken }))
  },
  locate: () => {
    const said = find('[data-place]')
    said.textContent = say('place_seeking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        at.place = { lon: coords.longitude, lat: coords.latitude }
        said.textContent = say('place_found', { metres: Math.round(coords.accuracy) })
      },
      () => {
        said.textContent = say('place_not_found')
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    )
  },
}
for (const pressed of document.querySelectorAll<HTMLElement>('[data-do]'))
  pressed.addEventListener('click', () => void acts[pressed.dataset.do!]!())

async function begin(): Promise<void> {
  openApp()
  takePhotos()
  void navigator.serviceWorker?.register('/desk/field/worker.js', { scope: '/desk/field' })
  void navigator.storage?.persist?.()
  at.deviceId = (await get<string>('plain', 'device')) ?? crypto.randomUUID()
  await put('plain', at.deviceId, 'device')
  const current = await get<string>('plain', 'current')
  at.owner = current ? await get<Owner>('owner', current) : undefined
  const pruned = await prune(phoneTime())
  await openOwn()
  await at.draw()
  const told = await contact()
  const first = pruned > 0 ? [say('pruned', { n: pruned }), ...told] : told
  if (first.length > 0) tell(...first)
  if (location.search === '?sign-out') await askToLeave()
}
window.addEventListener('online', () => void contact().then((told) => told.length > 0 && tell(...told)))
window.addEventListener('offline', () => {
  at.reach = 'offline'
  void at.draw()
})
void begin()
