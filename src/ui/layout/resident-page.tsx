import type { ComponentChildren } from 'preact'
import { ErrorSummary, errorTitle } from '../fields/error-summary.tsx'
import { langOf } from '../format.ts'
import { Kapok } from '../icons.tsx'
import { paths, settingsHref } from '../paths.ts'
import type { Errors, View } from '../view.ts'
import { Document, SignOut } from './document.tsx'

export interface ResidentPageProps {
  view: View
  /** For the tab and the link preview; the page writes its own `h1` (PageHead, Hero, or a field with `heading`). */
  title: string
  /** One sentence for link previews. Leave it out on pages about a person. */
  description?: string
  back?: { href: string; label?: string }
  /** A `Hero`; stands on the red, over the roofs. */
  hero?: ComponentChildren
  /** Shows the summary first and says in the title that something is to be mended. */
  errors?: Errors
  /** Field name → its label: on a page of many fields each line of the summary names its own. */
  labels?: Readonly<Record<string, string>>
  /** Which of several forms they are of: its `ids`. */
  errorsOf?: string
  /** False where what was typed is not given back: codes. */
  kept?: boolean
  children: ComponentChildren
}

export function ResidentPage({
  view,
  title,
  description,
  back,
  hero,
  errors,
  labels = {},
  errorsOf = '',
  kept,
  children,
}: ResidentPageProps) {
  const { t } = view
  const count = errors ? Object.keys(errors).length : 0
  return (
    <Document
      view={view}
      title={errors && count > 0 ? `${errorTitle(view, errors)} · ${title}` : title}
      description={description}
      bodyClass="govuk-template__body"
    >
      <Header view={view} />
      <Warnings view={view} />
      {back && (
        <nav class="k-wrap" aria-label={t('ui.back_nav')}>
          <a class="govuk-back-link" href={back.href}>
            {back.label ?? t('ui.back')}
          </a>
        </nav>
      )}
      <main id="main" tabIndex={-1}>
        {hero}
        <div class={`k-wrap k-main${back ? ' k-main--back' : ''}`}>
          {errors && count > 0 && (
            <ErrorSummary view={view} errors={errors} labels={labels} of={errorsOf} {...(kept === undefined ? {} : { kept })} />
          )}
          {children}
        </div>
      </main>
      <Footer view={view} />
    </Document>
  )
}

/** In words first; the colour only repeats them. */
const Warnings = ({ view }: { view: View }) =>
  view.warnings && view.warnings.length > 0 ? (
    <aside class="k-warnings" aria-label={view.t('ui.warnings')}>
      <div class="k-wrap">
        <ul>
          {view.warnings.map((one) => (
            <li key={one.href} class={`is-${one.tone}`}>
              <a href={one.href}>
                <b>{one.kind}</b> {one.label}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  ) : null

function Header({ view }: { view: View }) {
  const { t } = view
  return (
    <header class="k-header">
      <div class="k-wrap">
        <a class="k-logo" href={paths.home}>
          <Kapok />
          {t('ui.name')}
        </a>
        {view.street && (
          <span class="k-header__street" lang={langOf(view.lang, view.street)}>
            {view.street}
          </span>
        )}
        {view.who ? <a href={paths.me}>{t('ui.me')}</a> : <a href={paths.signIn}>{t('ui.sign_in')}</a>}
        <ModeSwitch view={view} />
      </div>
    </header>
  )
}

const ModeSwitch = ({ view }: { view: View }) =>
  view.mode === 'elder' ? (
    <a class="k-mode" href={settingsHref({ mode: 'standard' }, view.path)}>
      {view.t('ui.mode.standard')}
    </a>
  ) : (
    <a class="k-mode" href={settingsHref({ mode: 'elder' }, view.path)}>
      {view.t('ui.mode.elder')}
    </a>
  )

function Footer({ view }: { view: View }) {
  const { t } = view
  return (
    <footer class="k-footer">
      <div class="k-wrap">
        <nav aria-label={t('ui.footer.nav')}>
          <LanguageSwitch view={view} />
          <ThemeSwitch view={view} />
          {view.footer?.map((link) => (
            <a key={link.href} href={link.href}>
              {link.label}
            </a>
          ))}
          {view.who && <SignOut view={view} />}
        </nav>
        {view.who && <p>{t('ui.footer.signed_in', { who: view.who })}</p>}
        {view.street && <p>{t('ui.footer.run_by', { street: view.street })}</p>}
        {view.hotline && (
          <p>
            <a href={`tel:${view.hotline}`}>{t('ui.footer.hotline', { number: view.hotline })}</a>
          </p>
        )}
      </div>
    </footer>
  )
}

/** The other language, named in itself. */
export const LanguageSwitch = ({ view }: { view: View }) =>
  view.lang === 'zh' ? (
    <a href={settingsHref({ lang: 'en' }, view.path)} lang="en" hreflang="en">
      {view.t('ui.other_language')}
    </a>
  ) : (
    <a href={settingsHref({ lang: 'zh' }, view.path)} lang="zh-Hans" hreflang="zh-Hans">
      {view.t('ui.other_language')}
    </a>
  )

export const ThemeSwitch = ({ view }: { view: View }) => (
  <a href={settingsHref({ theme: view.theme === 'contrast' ? 'light' : 'contrast' }, view.path)}>
    {view.t(view.theme === 'contrast' ? 'ui.theme.light' : 'ui.theme.contrast')}
  </a>
)
