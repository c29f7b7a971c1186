import { Actions, Button, Inset, PageHead, paths, ResidentPage, type View } from '../../../../ui/index.ts'

/** Recovery codes, shown once, in the answer to the act that made them. */
export const CodesPage = ({ view, codes }: { view: View; codes: readonly string[] }) => (
  <ResidentPage view={view} title={view.t('own_account.codes')}>
    <PageHead title={view.t('own_account.codes')} lead={view.t('own_account.codes_note')} />
    <ol class="k-codes num">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
    <Inset>{view.t('own_account.codes_once')}</Inset>
    <Actions>
      <Button href={`${paths.security}?done=added`}>{view.t('own_account.codes_go')}</Button>
    </Actions>
  </ResidentPage>
)
