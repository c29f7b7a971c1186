import { type CasePage, isAccountedFor } from '../../../../core/cases/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Note } from '../../../../ui/desk/index.ts'
import { type Errors, FieldSet, TextField, type View } from '../../../../ui/index.ts'

interface WithoutProps {
  view: View
  page: CasePage
  body: Readonly<Record<string, string>>
  errors?: Errors
}

/** What its fields are called, for the summary of what is wrong: the material and the question. */
export const withoutLabels = (view: View, missing: CasePage['missing']): Record<string, string> =>
  Object.fromEntries(
    missing.flatMap(({ code, name }) =>
      (['reason', 'basis'] as const).map((part) => [
        `without-${code}-${part}`,
        `${pick(name, view.lang)} · ${view.t(`desk.without.${part}`)}`,
      ]),
    ),
  )

/**
 * What is to be accounted for and is not there, before something is registered without it: add it, send back once with all of it, or
 * say why it is not needed. Nothing is filled in beforehand.
 */
export function Without({ view, page, body, errors }: WithoutProps) {
  const { t, lang } = view
  const { may, found } = page
  const missing = page.missing.filter(isAccountedFor)
  if (missing.length === 0) return null
  const correction = `/desk/cases/${found.id}/act/request_correction?${new URLSearchParams({ missing: missing.map((m) => m.code).join(',') })}`
  return (
    <>
      <Note tone="warn">
        <p>
          <b>{t('desk.without.missing', { names: missing.map((m) => pick(m.name, lang)).join(t('desk.join')) })}</b>
        </p>
        <p>
          {t('desk.without.ways')} {may.request_correction === true && <a href={correction}>{t('desk.without.correction')}</a>}
        </p>
      </Note>
      {missing.map(({ code, name, required, accepts }) => (
        <FieldSet
          key={code}
          field={{
            view,
            name: `without-${code}`,
            label: t(required ? 'desk.without.required' : 'desk.without.optional', { name: pick(name, lang) }),
            hint: pick(accepts, lang),
          }}
        >
          <div class="k-form">
            <TextField
              view={view}
              name={`without-${code}-reason`}
              label={t('desk.without.reason')}
              value={body[`without-${code}-reason`]}
              maxLength={200}
              autocomplete="off"
              {...(errors ? { errors } : {})}
            />
            {required && (
              <TextField
                view={view}
                name={`without-${code}-basis`}
                label={t('desk.without.basis')}
                value={body[`without-${code}-basis`]}
                maxLength={200}
                autocomplete="off"
                {...(errors ? { errors } : {})}
              />
            )}
          </div>
        </FieldSet>
      ))}
    </>
  )
}
