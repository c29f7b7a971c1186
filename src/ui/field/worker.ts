/**
 * Keeps the field's one page and what it is drawn with, so that it opens without network. Nothing else of the desk is kept:
 * other pages are not within its scope, and what the API answers is not looked at.
 */
interface Waits extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface Fetches extends Waits {
  request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = self as unknown as {
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  addEventListener(kind: 'install' | 'activate', heard: (event: Waits) => void): void
  addEventListener(kind: 'fetch', heard: (event: Fetches) => void): void
}
const SHELL = 'kaifong-field-1'
const PAGE = '/desk/field'
const WAIT_MS = 4000

/** The page and the files that it names, all of them or none: a page without its script would be of no use. */
async function keepPage(page: Response): Promise<void> {
  if (!page.ok || page.redirected) return
  const html = await page.clone().text()
  const files = [...html.matchAll(/"(\/assets\/[\w.-]+|\/desk\/field\/[\w.-]+)"/g)].map((found) => found[1]!)
  const cache = await caches.open(SHELL)
  const known = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
  await cache.addAll(files.filter((file) => !known.has(file)))
  await cache.put(PAGE, page)
  await Promise.all([...known].filter((path) => path !== PAGE && !files.includes(path)).map((path) => cache.delete(path)))
}

worker.addEventListener('install', (event) => {
  event.waitUntil(fetch(PAGE).then(keepPage).then(() => worker.skipWaiting())) // biome-ignore format: one line
})
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

const keptOrNone = async (path: string): Promise<Response | undefined> => (await caches.open(SHELL)).match(path)
const kept = async (path: string): Promise<Response> => (await keptOrNone(path)) ?? Response.error()

async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) })
    // A full disk keeps the older page; this one is shown all the same.
    if (answer.ok) await keepPage(answer.clone()).catch(() => undefined)
    // Also refused it opens: the script has to ask the node what holds, and lock what lies here.
    return answer.ok || answer.redirected ? answer : ((await keptOrNone(PAGE)) ?? answer)
  } catch {
    return kept(PAGE)
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname } = new URL(request.url)
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') {
    if (pathname === PAGE) event.respondWith(page(request))
    return
  }
  if (pathname.startsWith('/assets/') || pathname === `${PAGE}/manifest.webmanifest`)
    event.respondWith(caches.match(pathname).then((found) => found ?? fetch(request)))
})
