import { Actions, Button, PageHead, paths, ResidentPage, type View } from '../../../../ui/index.ts'

/** Not recognised: the code by SMS is always there. */
export const PasskeyFailedPage = ({ view, message, next }: { view: View; message: string; next: string }) => (
  <ResidentPage view={view} title={view.t('own_account.failed')}>
    <PageHead title={view.t('own_account.failed')} lead={message} />
    <Actions>
      <Button href={`${paths.signIn}?${new URLSearchParams({ next })}`}>{view.t('own_account.failed_go')}</Button>
    </Actions>
  </ResidentPage>
)
