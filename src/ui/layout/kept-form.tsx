import { paths } from '../paths.ts'
import type { View } from '../view.ts'
import { DoorPage } from './bare-page.tsx'
import { ResidentPage } from './resident-page.tsx'

export interface KeptFormProps {
  view: View
  /** Where the form was sent, and goes again. */
  action: string
  fields: Readonly<Record<string, string>>
  /** Files cannot be given back by a page. */
  filesLost: boolean
  /** `sign-in`: the session ended meanwhile; `confirm`: this act asks for the second factor once more; `wait`: it was too often. */
  why: 'sign-in' | 'confirm' | 'wait'
  /** How long to wait, where that is what is to be done. */
  minutes: number
}

/**
 * The session ended while somebody was typing: nothing of it is lost. She signs in in another window and sends the same form
 * from here. Passwords and codes are never among the fields.
 */
export function KeptFormPage({ view, action, fields, filesLost, why, minutes }: KeptFormProps) {
  const { t } = view
  const desk = action === paths.desk || action.startsWith(`${paths.desk}/`)
  const door =
    why === 'confirm'
      ? desk
        ? `${paths.deskSecurity}/confirm`
        : paths.confirm
      : desk
        ? paths.deskSignIn
        : `${paths.signIn}?${new URLSearchParams({ next: paths.me })}`
  const button = desk ? 'btn btn-primary' : 'govuk-button'
  const body = (
    <>
      {!desk && <h1 class="govuk-heading-l">{t('ui.kept.title')}</h1>}
      <p class="k-lead">{t(`ui.kept.${why}`, { minutes })}</p>
      <ol class="k-kept">
        {why !== 'wait' && (
          <li>
            <a class="k-link" href={door} target="_blank" rel="noopener">
              {t(`ui.kept.${why}_link`)}
            </a>
          </li>
        )}
        <li>
          <form method="post" action={action} class="k-form">
            <input type="hidden" name="_csrf" value={view.csrf} />
            {Object.entries(fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <button class={button} type="submit">
              {t('ui.kept.again')}
            </button>
          </form>
        </li>
      </ol>
      {filesLost && <p class="k-quiet">{t('ui.kept.files')}</p>}
    </>
  )
  return desk ? (
    <DoorPage view={view} title={t('ui.kept.title')}>
      {body}
    </DoorPage>
  ) : (
    <ResidentPage view={view} title={t('ui.kept.title')}>
      {body}
    </ResidentPage>
  )
}

/** Fields that no page may show again: what was typed there is typed anew. */
export const isSecret = (field: string): boolean =>
  /password|^(old|again|code|token|response|session|factor|sealed)$/i.test(field)

/** What of a form may stand in a page again; null when nothing would be left of it. */
export function keptFields(body: unknown): Record<string, string> | null {
  if (!body || typeof body !== 'object') return null
  const entries = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '_csrf' && !isSecret(entry[0]),
  )
  const typed = entries.filter(([name, value]) => name !== '_key' && value.trim() !== '')
  return typed.length > 0 ? Object.fromEntries(entries) : null
}
