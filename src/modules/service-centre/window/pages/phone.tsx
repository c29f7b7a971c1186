/** The phone of a person: bound after her card was seen, or unbound with a reason. Names nobody: no look is made. */
import { documentsSeen } from '../../../../core/access/index.ts'
import type { Hit } from '../../../../core/people/index.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Errors, Form, PhoneField, Radios, TextField } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

export interface PhoneProps extends DeskShell {
  hit: Hit
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

export function PhonePage({ hit, newKey, typed = {}, errors, message, ...shell }: PhoneProps) {
  const { view } = shell
  const { t } = view
  const at = `/desk/people/${hit.personId}`
  const given = errors ? { errors } : {}
  return (
    <DeskPage {...shell} title={t('window.phone.title')} current="/desk/people" {...given}>
      <DeskHead
        title={t('window.phone.title')}
        crumbs={[
          { href: '/desk/people', label: t('desk.nav.people') },
          { href: at, label: hit.shownName },
        ]}
      />
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      <DeskCard title={t('window.phone.bind')} raised>
        <p>{t('window.phone.bind_note')}</p>
        <Form view={view} action={`${at}/phone`} idempotencyKey={newKey}>
          <Radios
            view={view}
            name="documentSeen"
            label={t('window.phone.seen')}
            value={typed.documentSeen ?? ''}
            {...given}
            options={documentsSeen.map((value) => ({ value, label: t(`access.document.${value}`) }))}
          />
          <PhoneField
            view={view}
            name="phone"
            label={t('window.phone.phone')}
            hint={t('window.phone.phone_hint')}
            value={typed.phone ?? ''}
            {...given}
          />
          <div class="k-actions">
            <DeskButton kind="primary">{t('window.phone.bind')}</DeskButton>
          </div>
        </Form>
      </DeskCard>
      <DeskCard title={t('window.phone.unbind')}>
        <p>{t('window.phone.unbind_note')}</p>
        <Form view={view} action={`${at}/phone/removal`} idempotencyKey={newKey}>
          <TextField
            view={view}
            name="reason"
            label={t('window.phone.reason')}
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
    </DeskPage>
  )
}
