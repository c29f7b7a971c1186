import type { OwnCase, SentCase } from '../../../../core/cases/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Confirm, type Errors, ResidentPage, TextArea, type View } from '../../../../ui/index.ts'

interface WithdrawProps {
  view: View
  own: OwnCase | SentCase
  /** Address of the case. */
  at: string
  /** Whose it is, for who acts for her. */
  name?: string
  reason: string
  errors: Errors
  formKey: string
}

/** Asked once, with what follows. */
export const WithdrawPage = ({ view, own: { found, matter }, at, name, reason, errors, formKey }: WithdrawProps) => (
  <ResidentPage view={view} title={view.t('own.withdraw.title')} errors={errors}>
    <Confirm
      view={view}
      title={view.t('own.withdraw.title')}
      text={view.t('own.withdraw.text', { matter: pick(matter.name, view.lang), number: found.number, name: name ?? 'none' })}
      action={`${at}/withdrawal`}
      yes={view.t('own.withdraw.yes')}
      no={{ href: at, label: view.t('own.withdraw.no') }}
      danger
      idempotencyKey={formKey}
    >
      <TextArea
        view={view}
        name="reason"
        label={view.t('own.withdraw.reason')}
        optional
        rows={3}
        maxLength={500}
        errors={errors}
        value={reason}
      />
    </Confirm>
  </ResidentPage>
)

/** After sending a file is not removed but marked: who explains the case later must find it. */
export const WithdrawMaterialPage = ({
  view,
  at,
  material,
  reason,
  errors,
  formKey,
}: Omit<WithdrawProps, 'own'> & { material: OwnCase['materials'][number] }) => (
  <ResidentPage view={view} title={view.t('own.material.withdraw')} errors={errors}>
    <Confirm
      view={view}
      title={view.t('own.material.withdraw_title', { name: material.name })}
      text={view.t('own.material.withdraw_text')}
      action={`${at}/materials/${material.id}/withdrawal`}
      yes={view.t('own.material.withdraw_yes')}
      no={{ href: at, label: view.t('own.withdraw.no') }}
      danger
      idempotencyKey={formKey}
    >
      <TextArea
        view={view}
        name="reason"
        label={view.t('own.material.reason')}
        rows={3}
        maxLength={500}
        errors={errors}
        value={reason}
      />
    </Confirm>
  </ResidentPage>
)
