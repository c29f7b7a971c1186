import { DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, TextField, type View } from '../../../../ui/index.ts'
import { NewPassword, newPasswordLabels } from '../../sign-in/pages/new-password.tsx'

export interface FirstProps {
  view: View
  token: string
  open: boolean
  typed?: { name?: string; username?: string }
  errors?: Errors
  message?: string
}

/** The first administrator of a database that knows no password yet. */
export function FirstPage({ view, token, open, typed = {}, errors, message }: FirstProps) {
  const { t } = view
  return (
    <DoorPage
      view={view}
      title={t('desk.first.title')}
      note={t('desk.first.note')}
      errors={errors}
      labels={{ name: t('desk.first.name'), username: t('desk.sign_in.username'), ...newPasswordLabels(view) }}
      kept={Boolean(typed.name || typed.username)}
    >
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {!open && <Note tone="warn">{t('desk.token_used')}</Note>}
      {open && (
        <Form view={view} action="/desk/first">
          <input type="hidden" name="token" value={token} />
          <TextField
            view={view}
            name="name"
            label={t('desk.first.name')}
            value={typed.name}
            errors={errors}
            autocomplete="name"
            maxLength={40}
          />
          <TextField
            view={view}
            name="username"
            label={t('desk.sign_in.username')}
            hint={t('desk.first.username_hint')}
            value={typed.username}
            errors={errors}
            autocomplete="username"
            spellcheck={false}
          />
          <NewPassword view={view} errors={errors} />
          <DeskButton kind="primary">{t('desk.first.button')}</DeskButton>
        </Form>
      )}
    </DoorPage>
  )
}
