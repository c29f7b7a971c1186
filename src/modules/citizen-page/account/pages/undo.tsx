import { Actions, Button, Confirm, Inset, PageHead, paths, ResidentPage, Tick, type View } from '../../../../ui/index.ts'

export interface UndoProps {
  view: View
  /** `phone` or `binding`. */
  kind: string
  action: string
  open: boolean
  message?: string
}

/** Behind the link in the message: asks once. */
export const UndoPage = ({ view, kind, action, open, message }: UndoProps) => (
  <ResidentPage view={view} title={view.t(`own_account.undo.${kind}`)}>
    {open && (
      <Confirm
        view={view}
        title={view.t(`own_account.undo.${kind}`)}
        text={view.t(`own_account.undo.${kind}_text`)}
        action={action}
        yes={view.t('own_account.undo.yes')}
        no={{ href: paths.home, label: view.t('own_account.undo.no') }}
        danger
      />
    )}
    {!open && (
      <>
        <PageHead title={view.t(`own_account.undo.${kind}`)} />
        <Inset>{message ?? view.t('account.undo_gone')}</Inset>
      </>
    )}
  </ResidentPage>
)

export const UndonePage = ({ view, kind }: { view: View; kind: string }) => (
  <ResidentPage view={view} title={view.t('own_account.undo.done')}>
    <PageHead title={view.t('own_account.undo.done')} />
    <Tick>{view.t(`own_account.undo.${kind}_done`)}</Tick>
    <Actions>
      <Button href={paths.signIn}>{view.t('ui.sign_in')}</Button>
    </Actions>
  </ResidentPage>
)
