import type { ComponentChildren } from 'preact'
import { ErrorSummary } from '../fields/error-summary.tsx'
import { langOf } from '../format.ts'
import { Icon, type IconName, Kapok } from '../icons.tsx'
import { paths } from '../paths.ts'
import type { Errors, View } from '../view.ts'
import { Document, SignOut } from './document.tsx'
import { LanguageSwitch, ThemeSwitch } from './resident-page.tsx'

export interface NavItem {
  href: string
  label: string
  icon: IconName
  count?: number
}

export interface ShownPost {
  id: string
  /** Name of the role, such as “front window”. */
  name: string
  /** Where and until when, in words. */
  scope: string
}

export interface DeskPageProps {
  view: View
  title: string
  nav: readonly NavItem[]
  /** `href` of the menu entry this page belongs to. Without it, the longest entry that the path starts with. */
  current?: string
  post: ShownPost | null
  /** The officer's other posts, to change to; changing is a POST to `/desk/post` with `postId`. */
  otherPosts?: readonly ShownPost[]
  /** Number of the officer, shown beside `view.who`. */
  staffNumber?: string
  errors?: Errors
  /** Field name → its label, said in the summary before what is wrong with it. */
  labels?: Readonly<Record<string, string>>
  /** Which of several forms they are of: its `ids`. */
  errorsOf?: string
  children: ComponentChildren
}

export function DeskPage({
  view,
  title,
  nav,
  current,
  post,
  otherPosts = [],
  staffNumber,
  errors,
  labels = {},
  errorsOf = '',
  children,
}: DeskPageProps) {
  const { t } = view
  const count = errors ? Object.keys(errors).length : 0
  const on = current ?? entryOf(nav, view.path)
  return (
    <Document view={view} title={count > 0 ? `${t('ui.errors.title', { n: count })} · ${title}` : title} desk>
      <div class="d-shell">
        <header class="d-side">
          <a class="d-brand" href={paths.desk}>
            <Kapok />
            {t('ui.name')}
            {view.street && <small lang={langOf(view.lang, view.street)}>{view.street}</small>}
          </a>
          {post && <PostSwitch view={view} post={post} others={otherPosts} />}
          <nav aria-label={t('ui.desk.nav')}>
            <ul class="d-nav">
              {nav.map((item) => (
                <li key={item.href}>
                  <a href={item.href} aria-current={item.href === on ? 'page' : undefined}>
                    <Icon name={item.icon} />
                    {item.label}
                    {item.count ? <span class="num">{item.count}</span> : null}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="d-foot">
            {view.who && (
              <p>{[view.who, staffNumber && t('ui.desk.number', { number: staffNumber })].filter(Boolean).join(' · ')}</p>
            )}
            <div class="d-foot__links">
              <LanguageSwitch view={view} />
              <ThemeSwitch view={view} />
              <button class="k-as-link" type="button" data-keys-toggle hidden>
                {t('ui.desk.keys')}
              </button>
              <a href={paths.deskSecurity}>{t('ui.desk.security')}</a>
              <SignOut view={view} desk />
            </div>
          </div>
        </header>
        <main class="d-main" id="main" tabIndex={-1}>
          {errors && count > 0 && <ErrorSummary view={view} errors={errors} labels={labels} of={errorsOf} />}
          {children}
        </main>
      </div>
    </Document>
  )
}

function entryOf(nav: readonly NavItem[], path: string): string | undefined {
  const bare = path.split('?')[0] ?? path
  return nav
    .map((item) => item.href)
    .filter((href) => bare === href || bare.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]
}

function PostSwitch({ view, post, others }: { view: View; post: ShownPost; others: readonly ShownPost[] }) {
  const face = (
    <span>
      <b>{post.name}</b>
      <small>{post.scope}</small>
    </span>
  )
  if (others.length === 0) return <div class="d-post d-post--only">{face}</div>
  return (
    <details class="d-post">
      <summary>
        <span class="govuk-visually-hidden">{view.t('ui.desk.change_post')}</span>
        {face}
        <Icon name="down" />
      </summary>
      <form method="post" action={paths.deskPost}>
        <input type="hidden" name="_csrf" value={view.csrf} />
        <ul>
          {others.map((other) => (
            <li key={other.id}>
              <button type="submit" name="postId" value={other.id}>
                {other.name}
                <small>{other.scope}</small>
              </button>
            </li>
          ))}
        </ul>
      </form>
    </details>
  )
}

export interface DeskHeadProps {
  title: ComponentChildren
  /** The way here: all but this page. */
  crumbs?: readonly { href: string; label: string }[]
  /** One quiet line over the title. */
  note?: ComponentChildren
  /** Search, buttons or the clock of a case, on the right. */
  children?: ComponentChildren
}

export const DeskHead = ({ title, crumbs = [], note, children }: DeskHeadProps) => (
  <div class="d-head">
    <div>
      {(crumbs.length > 0 || note) && (
        <p>
          {crumbs.map((crumb, at) => (
            <span key={crumb.href}>
              <a href={crumb.href}>{crumb.label}</a>
              {(note || at < crumbs.length - 1) && <span aria-hidden="true"> / </span>}
            </span>
          ))}
          {note}
        </p>
      )}
      <h1>{title}</h1>
    </div>
    {children}
  </div>
)
