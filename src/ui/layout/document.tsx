import type { ComponentChildren } from 'preact'
import { paths } from '../paths.ts'
import type { View } from '../view.ts'
import { PageLang } from './page-lang.ts'

interface DocumentProps {
  view: View
  title: string
  description?: string
  desk?: boolean
  bodyClass?: string
  children: ComponentChildren
}

// The kapok as a data address: a file of its own would cost every first visit one more request.
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' rx='9' fill='%23b3261e'/%3E%3Cg fill='%23fff' transform='translate(4 4) scale(.8)'%3E%3Cpath id='p' d='M20 19C14.5 15 13 8 16.5 3.5 18 1.7 22 1.7 23.5 3.5 27 8 25.5 15 20 19z'/%3E%3Cuse href='%23p' transform='rotate(72 20 20)'/%3E%3Cuse href='%23p' transform='rotate(144 20 20)'/%3E%3Cuse href='%23p' transform='rotate(216 20 20)'/%3E%3Cuse href='%23p' transform='rotate(288 20 20)'/%3E%3C/g%3E%3Ccircle cx='20' cy='20' r='4.2' fill='%23ffc93c'/%3E%3C/svg%3E"

/** The frame of every page: language, title, link preview for chats, style sheet, skip link, demo band. */
export function Document({ view, title, description, desk, bodyClass, children }: DocumentProps) {
  const { t } = view
  const site = [t(desk ? 'ui.desk_name' : 'ui.name'), view.street].filter(Boolean).join(' · ')
  const full = `${title} · ${site}`
  return (
    <html
      lang={view.lang === 'zh' ? 'zh-Hans' : 'en'}
      class="govuk-template"
      data-mode={view.mode === 'elder' ? 'elder' : undefined}
      data-theme={view.theme === 'contrast' ? 'contrast' : undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content={desk ? '#2a2420' : '#b3261e'} />
        <title>{full}</title>
        <meta name="description" content={description ?? t('ui.description')} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description ?? t('ui.description')} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={site} />
        <meta property="og:locale" content={view.lang === 'zh' ? 'zh_CN' : 'en_GB'} />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={desk ? view.assets.deskCss : view.assets.residentCss} />
        {desk && <script src={view.assets.deskJs} defer />}
      </head>
      <body class={bodyClass}>
        <a class="k-skip" href="#main">
          {t('ui.skip')}
        </a>
        {view.demo && (
          <aside class="k-demo" aria-label={t('ui.demo.label')}>
            <b>{t('ui.demo.label')}</b> <span>{t('ui.demo.text')}</span>
          </aside>
        )}
        <PageLang.Provider value={view.lang}>{children}</PageLang.Provider>
      </body>
    </html>
  )
}

/** A POST that looks like a link: signing out changes something, so it is never a GET. */
export const SignOut = ({ view, desk }: { view: View; desk?: boolean }) => (
  <form class="k-inline-form" method="post" action={desk ? paths.deskSignOut : paths.signOut}>
    <input type="hidden" name="_csrf" value={view.csrf} />
    <button class="k-as-link" type="submit">
      {view.t('ui.sign_out')}
    </button>
  </form>
)
