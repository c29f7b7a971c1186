import { DeskButton, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, type View } from '../../../../ui/index.ts'

/** Shown once, in the answer to the act that made them. */
export const RecoveryPage = ({ view, codes, to }: { view: View; codes: readonly string[]; to: string }) => (
  <DoorPage view={view} title={view.t('desk.recovery.title')} note={view.t('desk.recovery.note')}>
    <ol class="k-codes num">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
    <Note tone="warn">{view.t('desk.recovery.once')}</Note>
    <p>
      <DeskButton kind="primary" href={to}>
        {view.t('desk.recovery.go')}
      </DeskButton>
    </p>
  </DoorPage>
)
