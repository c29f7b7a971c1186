/** A new home: community, address, since when. */
import type { Hit } from '../../../../core/people/index.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DateField, DeskHead, DeskPage, type Errors, Form, Select, TextField, typedDay } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'
import type { Community } from './register.tsx'

export interface DwellingProps extends DeskShell {
  hit: Hit
  communities: readonly Community[]
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

export function DwellingPage({ hit, communities, newKey, typed = {}, errors, message, ...shell }: DwellingProps) {
  const { view } = shell
  const { t } = view
  const at = `/desk/people/${hit.personId}`
  const given = errors ? { errors } : {}
  return (
    <DeskPage {...shell} title={t('window.dwelling.title')} current="/desk/people" {...given}>
      <DeskHead
        title={t('window.dwelling.title')}
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
      <DeskCard title={t('window.dwelling.card')} note={t('window.dwelling.note')}>
        <Form view={view} action={`${at}/dwelling`} idempotencyKey={newKey}>
          <Select
            view={view}
            name="community"
            label={t('window.register.community')}
            empty={t('window.choose')}
            value={typed.community ?? ''}
            options={communities}
            {...given}
          />
          <TextField
            view={view}
            name="address"
            label={t('window.register.address')}
            hint={t('window.register.address_hint')}
            value={typed.address ?? ''}
            maxLength={100}
            autocomplete="off"
            {...given}
          />
          <DateField view={view} name="since" label={t('window.dwelling.since')} value={typedDay(typed, 'since')} {...given} />
          <div class="k-actions">
            <DeskButton kind="primary">{t('window.dwelling.go')}</DeskButton>
          </div>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
