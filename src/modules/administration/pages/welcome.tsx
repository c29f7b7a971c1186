import type { Invited } from '../../../core/access/index.ts'
import { Datagrid, DeskButton, Note } from '../../../ui/desk/index.ts'
import { DoorPage, Form, type Problem, SignOut, type View } from '../../../ui/index.ts'
import { NewPassword, newPasswordLabels } from '../../service-centre/index.ts'

import { Refused } from './parts.tsx'

export interface WelcomeProps {
  view: View
  token: string
  /** Null when the link opens nothing, for the reason of `closed`. */
  invited: Invited | null
  closed: string
  problem?: Problem | undefined
}

/** Whoever follows the link of an invitation sees for whom it is, and sets her password. */
export function WelcomePage({ view, token, invited, closed, problem }: WelcomeProps) {
  const { t } = view
  return (
    <DoorPage
      view={view}
      title={t('administration.welcome.title')}
      note={t('administration.welcome.note')}
      errors={problem?.errors}
      labels={newPasswordLabels(view)}
      kept={false}
    >
      <Refused problem={problem} />
      {!invited && <Note tone="warn">{t(closed)}</Note>}
      {!invited && view.who && (
        <p>
          <SignOut view={view} desk />
        </p>
      )}
      {invited && (
        <>
          <Datagrid
            facts={[
              { name: t('administration.name'), value: invited.name },
              { name: t('administration.number'), value: invited.number },
              { name: t('administration.organisation'), value: invited.organisation },
              { name: t('desk.sign_in.username'), value: invited.username },
            ]}
          />
          <Form view={view} action="/desk/invitation">
            <input type="hidden" name="token" value={token} />
            {/* For the browser's password store. */}
            <input type="hidden" name="username" value={invited.username} autocomplete="username" />
            <NewPassword view={view} errors={problem?.errors} />
            <DeskButton kind="primary">{t('administration.welcome.button')}</DeskButton>
          </Form>
          <p class="k-quiet">{t('administration.welcome.wrong')}</p>
        </>
      )}
    </DoorPage>
  )
}
