/** The phone of a person: bound after her card was seen, or unbound with a reason, whichever is possible. Names nobody: no look is made. */
import { documentsSeen } from '../../../../core/access/index.ts'
import type { Shown } from '../../../../core/people/index.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { Form, PhoneField, Radios, TextField } from '../../../../ui/index.ts'
import { PersonForm, type PersonFormProps } from './person-form.tsx'

export function PhonePage({ hit, newKey, typed = {}, errors, message, ...shell }: PersonFormProps & { hit: Shown }) {
  const { view } = shell
  const { t } = view
  const at = `/desk/people/${hit.personId}`
  const given = errors ? { errors } : {}
  const labels = {
    documentSeen: t('window.phone.seen'),
    phone: t('window.phone.phone'),
    reason: t('window.phone.reason'),
  }
  const bind = (
    <DeskCard title={t('window.phone.bind')} raised>
      <p>{t('window.phone.bind_note')}</p>
      <Form view={view} action={`${at}/phone`} idempotencyKey={newKey}>
        <Radios
          view={view}
          name="documentSeen"
          label={labels.documentSeen}
          value={typed.documentSeen ?? ''}
          {...given}
          options={documentsSeen.map((value) => ({ value, label: t(`access.document.${value}`) }))}
        />
        <PhoneField
          view={view}
          name="phone"
          label={labels.phone}
          hint={t('window.phone.phone_hint')}
          value={typed.phone ?? ''}
          {...given}
        />
        <div class="k-actions">
          <DeskButton kind="primary">{t('window.phone.bind')}</DeskButton>
        </div>
      </Form>
    </DeskCard>
  )
  const unbind = (
    <DeskCard title={t('window.phone.unbind')}>
      <p>{t('window.phone.unbind_note')}</p>
      <Form view={view} action={`${at}/phone/removal`} idempotencyKey={newKey}>
        <TextField
          view={view}
          name="reason"
          label={labels.reason}
          value={typed.reason ?? ''}
          maxLength={200}
          autocomplete="off"
          {...given}
        />
        <div class="k-actions">
          <DeskButton kind="danger">{t('window.phone.unbind')}</DeskButton>
        </div>
      </Form>
    </DeskCard>
  )
  return (
    <PersonForm {...shell} title={t('window.phone.title')} at={at} hit={hit} errors={errors} labels={labels} message={message}>
      {hit.bound ? (
        <>
          <Note>{t('window.phone.bound')}</Note>
          {unbind}
        </>
      ) : (
        bind
      )}
    </PersonForm>
  )
}
