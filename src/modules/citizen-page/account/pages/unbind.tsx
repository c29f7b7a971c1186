import { Confirm, paths, ResidentPage, type View } from '../../../../ui/index.ts'

/** Before a binding is undone: what she will not see any more, and that her cases go on. */
export const UnbindPage = ({ view }: { view: View }) => (
  <ResidentPage
    view={view}
    title={view.t('own_account.unbind')}
    back={{ href: paths.security, label: view.t('own_account.title') }}
  >
    <Confirm
      view={view}
      title={view.t('own_account.unbind')}
      text={view.t('own_account.unbind_text')}
      action={`${paths.security}/unbind`}
      yes={view.t('own_account.undo.yes')}
      no={{ href: paths.security, label: view.t('own_account.undo.no') }}
      danger
    />
  </ResidentPage>
)
