import type { OpenReset } from '../../../../platform/accounts/index.ts'
import { Datagrid, DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, PasswordField, paths, SignOut, type View } from '../../../../ui/index.ts'
import { NewPassword, newPasswordLabels } from './new-password.tsx'

export interface ResetProps {
  view: View
  token: string
  /** Null when the link opens nothing, for the reason of `closed`. */
  reset: OpenReset | null
  closed: string
  errors?: Errors | undefined
}

/** Whoever follows the link of a reset shows her password, or sets a new one, and then her new second factor. */
export function ResetPage({ view, token, reset, closed, errors }: ResetProps) {
  const { t } = view
  return (
    <DoorPage
      view={view}
      title={t('desk.reset.title')}
      note={t(reset?.withPassword ? 'desk.reset.note_password' : 'desk.reset.note')}
      errors={errors}
      labels={reset?.withPassword ? newPasswordLabels(view) : { password: t('desk.sign_in.password') }}
      kept={false}
    >
      {!reset && <Note tone="warn">{t(closed)}</Note>}
      {!reset && view.who && (
        <p>
          <SignOut view={view} desk />
        </p>
      )}
      {reset && (
        <>
          <Datagrid
            facts={[
              { name: t('desk.first.name'), value: reset.name },
              { name: t('desk.sign_in.username'), value: reset.username },
            ]}
          />
          <Form view={view} action={paths.deskReset}>
            <input type="hidden" name="token" value={token} />
            {/* For the browser's password store. */}
            <input type="hidden" name="username" value={reset.username} autocomplete="username" />
            {reset.withPassword ? (
              <NewPassword view={view} errors={errors} />
            ) : (
              <PasswordField view={view} name="password" label={t('desk.sign_in.password')} errors={errors} />
            )}
            <DeskButton kind="primary">{t('desk.reset.button')}</DeskButton>
          </Form>
          <p class="k-quiet">{t('desk.reset.wrong')}</p>
        </>
      )}
    </DoorPage>
  )
}
