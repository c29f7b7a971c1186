import { DeskButton } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, PasswordField, paths, type View } from '../../../../ui/index.ts'
import { NewPassword, newPasswordLabels } from './new-password.tsx'

/** One's own password: the old one, and the new one twice. Nothing typed here comes back. */
export function PasswordPage({ view, username, errors }: { view: View; username: string; errors?: Errors }) {
  const { t } = view
  const old = t('desk.password.old')
  return (
    <DoorPage
      view={view}
      title={t('desk.password.title')}
      note={t('desk.password.note')}
      errors={errors}
      labels={{ old, ...newPasswordLabels(view) }}
      kept={false}
    >
      <Form view={view} action={paths.deskPassword}>
        {/* For the browser's password store. */}
        <input type="hidden" name="username" value={username} autocomplete="username" />
        <PasswordField view={view} name="old" label={old} errors={errors} />
        <NewPassword view={view} errors={errors} />
        <DeskButton kind="primary">{t('desk.password.button')}</DeskButton>
      </Form>
      <p>
        <a href={paths.deskSecurity}>{t('desk.security.title')}</a>
      </p>
    </DoorPage>
  )
}
