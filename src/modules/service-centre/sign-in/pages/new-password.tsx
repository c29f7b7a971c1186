import { type Errors, PasswordField, type View } from '../../../../ui/index.ts'

/** What the two fields are called, for the summary of what is wrong. */
export const newPasswordLabels = ({ t }: Pick<View, 't'>): Record<string, string> => ({
  password: t('desk.password.new'),
  again: t('desk.first.again'),
})

/** A new password, twice. A password manager may fill both in, and both take what is pasted. */
export function NewPassword({ view, errors }: { view: View; errors?: Errors | undefined }) {
  const labels = newPasswordLabels(view)
  return (
    <>
      <PasswordField
        view={view}
        name="password"
        is="new"
        label={labels.password!}
        hint={view.t('desk.first.password_hint')}
        errors={errors}
      />
      <PasswordField view={view} name="again" is="new" label={labels.again!} errors={errors} />
    </>
  )
}
