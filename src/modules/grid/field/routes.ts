/** The one page of the field app, and what makes it open without network: a script of its own scope and a manifest. */
import type { Rooms } from '../../rooms.ts'
import { FIELD_ICON, FieldPage } from './pages/field.tsx'

/** The page and nothing beside it: the worker of this scope sees no other page of the desk. */
const SCOPE = '/desk/field'

export function fieldPages({ pages, platform }: Rooms): void {
  const { packs } = platform.services
  // Whoever opens it, signed in or not: there is nobody's data in it, so that it can lie on a phone.
  pages.get(SCOPE, async ({ view }) => FieldPage({ view, most: packs.inForce().pack.incidents?.photos?.most ?? 0 }))

  pages.file(`${SCOPE}/worker.js`, async ({ view, reply }) => {
    reply.header('service-worker-allowed', SCOPE)
    return asFile('text/javascript', 'worker.js', `importScripts(${JSON.stringify(view.assets.fieldWorkerJs)})\n`)
  })
  pages.file(`${SCOPE}/manifest.webmanifest`, async ({ view: { t, lang } }) =>
    asFile(
      'application/manifest+json',
      'manifest.webmanifest',
      JSON.stringify({
        id: SCOPE,
        name: t('field.app.name'),
        short_name: t('field.app.short'),
        lang: lang === 'zh' ? 'zh-Hans' : 'en',
        start_url: SCOPE,
        scope: SCOPE,
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#000000',
        icons: [{ src: `${SCOPE}/icon.svg`, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      }),
    ),
  )
  pages.file(`${SCOPE}/icon.svg`, async () => asFile('image/svg+xml', 'icon.svg', FIELD_ICON))
}

const asFile = (mediaType: string, name: string, text: string) => ({
  bytes: Buffer.from(text),
  mediaType,
  name,
  download: false,
  own: true as const,
})
