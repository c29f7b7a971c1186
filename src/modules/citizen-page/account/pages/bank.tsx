import type { OwnIdentity } from '../../../../core/people/index.ts'
import { Actions, Button, type Errors, Form, Inset, PageHead, ResidentPage, TextField, type View } from '../../../../ui/index.ts'

export interface BankProps {
  view: View
  own: OwnIdentity
  newKey: string
  typed: Readonly<Record<string, string>>
  errors?: Errors
}

/** Where benefits are paid to from today on. */
export function BankPage({ view, own, newKey, typed, errors }: BankProps) {
  const { t } = view
  const given = errors ? { errors } : {}
  return (
    <ResidentPage
      view={view}
      title={t('own_account.change_bank')}
      back={{ href: '/me/details', label: t('own_account.details') }}
      {...given}
    >
      <PageHead title={t('own_account.change_bank')} lead={t('own_account.bank_lead')} />
      {own.account && <Inset>{t('own_account.bank_now', { number: own.account.number })}</Inset>}
      <Form view={view} action="/me/bank" idempotencyKey={newKey}>
        <TextField
          view={view}
          name="number"
          label={t('own_account.bank_number')}
          hint={t('own_account.bank_hint')}
          value={typed.number}
          inputmode="numeric"
          autocomplete="off"
          {...given}
        />
        <TextField view={view} name="bank" label={t('own_account.bank_name')} value={typed.bank} optional {...given} />
        <Actions>
          <Button>{t('own_account.bank_go')}</Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}
