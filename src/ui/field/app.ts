/**
 * The field app: what a grid worker records is kept on the phone, sealed, and goes up when there is network. “Kept” is said only
 * once it lies on the disk. Where it stands: docs/adr/0014-field-app.md.
 */
import { phoneTime } from './clock.ts'
import { written } from './forms.ts'
import { draw, showFirst } from './lists.ts'
import { at, contact, keep, lockNow, openOwn, others, own, prune, setPlace } from './phone.ts'
import { photosIn, setPhotos, takePhotos } from './photos.ts'
import { find, lang, onceAtATime, openApp, say, show, tell } from './screen.ts'
import { Refused, recover } from './talk.ts'
import { all, get, type Owner, putIfRoom, remove } from './vault.ts'

at.draw = draw

async function leave(): Promise<void> {
  if (!(await lockNow())) {
    tell(say('not_locked'))
    return at.draw()
  }
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
  setPlace(null)
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-form]')) {
  const kept = onceAtATime(async (pressed: HTMLElement | null) => {
    const name = form.dataset.form!
    const record = written[name]!(form, at, pressed)
    if (!record || !(await keep(record, at.mending, photosIn(name)))) return
    if (record.kind === 'check' || record.kind === 'task') form.hidden = true
    emptied(form)
    show('home')
    // The network may be slow: the next one is written meanwhile, and what is said of that stands.
    void contact().then((told) => {
      if (told.length > 0 && find('[data-said]').textContent === say('kept')) tell(say('kept'), ...told)
    })
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void kept(event.submitter)
  })
}

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
    showFirst()
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
    const left: string[] = []
    const theirs = (postId: string) => others().filter((one) => one.postId === postId && one.sealed)
    try {
      for (const one of await all<Owner>('owner'))
        if (one.postId !== at.owner?.postId)
          for await (const { outcome, text } of recover(one, theirs(one.postId), at.deviceId, lang))
            if (outcome === 'done' || outcome === 'again') taken++
            else left.push(text ?? '')
    } catch (error) {
      // What the node has taken has gone from this phone; the rest lies here as it did.
      left.push(say(error instanceof Refused ? 'not_recovered' : 'offline_recover'))
    }
    await at.draw()
    tell(say('recovered', { n: taken }), ...new Set(left))
  },
  unlocate: () => setPlace(null),
  locate: () => {
    const said = find('[data-place]')
    said.textContent = say('place_seeking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPlace({ lon: coords.longitude, lat: coords.latitude }, say('place_found', { metres: Math.round(coords.accuracy) }))
      },
      () => {
        said.textContent = say('place_not_found')
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    )
  },
}
for (const pressed of document.querySelectorAll<HTMLElement>('[data-do]'))
  pressed.addEventListener('click', onceAtATime(acts[pressed.dataset.do!]!))

async function newDevice(): Promise<string> {
  const id = crypto.randomUUID()
  await putIfRoom('plain', id, 'device')
  return id
}

async function begin(): Promise<void> {
  openApp()
  takePhotos()
  void navigator.serviceWorker?.register('/desk/field/worker.js', { scope: '/desk/field' })
  void navigator.storage?.persist?.()
  at.deviceId = (await get<string>('plain', 'device')) ?? (await newDevice())
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
