/** A new home: community, address, since when. */
import { DeskButton, DeskCard } from '../../../../ui/desk/index.ts'
import { DateField, Form, Select, TextField, typedDay } from '../../../../ui/index.ts'
import { PersonForm, type PersonFormProps } from './person-form.tsx'
import type { Community } from './register.tsx'

export interface DwellingProps extends PersonFormProps {
  communities: readonly Community[]
}

export function DwellingPage({ hit, communities, newKey, typed = {}, errors, message, ...shell }: DwellingProps) {
  const { view } = shell
  const { t } = view
  const at = `/desk/people/${hit.personId}`
  const given = errors ? { errors } : {}
  const labels = {
    community: t('window.register.community'),
    address: t('window.register.address'),
    since: t('window.dwelling.since'),
  }
  return (
    <PersonForm {...shell} title={t('window.dwelling.title')} at={at} hit={hit} errors={errors} labels={labels} message={message}>
      <DeskCard title={t('window.dwelling.card')} note={t('window.dwelling.note')}>
        <Form view={view} action={`${at}/dwelling`} idempotencyKey={newKey}>
          <Select
            view={view}
            name="community"
            label={labels.community}
            empty={t('window.choose')}
            value={typed.community ?? ''}
            options={communities}
            {...given}
          />
          <TextField
            view={view}
            name="address"
            label={labels.address}
            hint={t('window.register.address_hint')}
            value={typed.address ?? ''}
            maxLength={100}
            autocomplete="off"
            {...given}
          />
          <DateField view={view} name="since" label={labels.since} value={typedDay(typed, 'since')} {...given} />
          <div class="k-actions">
            <DeskButton kind="primary">{t('window.dwelling.go')}</DeskButton>
          </div>
        </Form>
      </DeskCard>
    </PersonForm>
  )
}
