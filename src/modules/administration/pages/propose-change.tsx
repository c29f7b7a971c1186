import type { ChangeKind } from '../../../core/access/index.ts'
import { Datagrid, DeskButton, DeskCard } from '../../../ui/desk/index.ts'
import { Checkboxes, DeskHead, DeskPage, Form, type Problem, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { CHANGES } from './changes.tsx'
import { Refused } from './parts.tsx'

export interface ProposeChangeProps extends DeskShell {
  kind: ChangeKind
  officer: { id: string; name: string; number: string; organisation: string }
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** What an administrator asks another to approve, with how she recognised the officer. */
export function ProposeChangePage({ kind, officer, typed, newKey, problem, ...shell }: ProposeChangeProps) {
  const { view } = shell
  const { t } = view
  const title = t('administration.change.of', { what: t(`administration.change_kind.${kind}`), name: officer.name })
  const why = t(`administration.change.why_${kind}`)
  return (
    <DeskPage {...shell} current={CHANGES} title={title} errors={problem?.errors} labels={{ why }}>
      <DeskHead
        title={title}
        crumbs={[{ href: CHANGES, label: t('administration.changes.title') }]}
        note={t('administration.changes.note')}
      />
      <Refused problem={problem} />
      <DeskCard title={t(`administration.change_kind.${kind}`)}>
        <Datagrid
          facts={[
            { name: t('administration.who'), value: `${officer.name} ${officer.number}` },
            { name: t('administration.organisation'), value: officer.organisation },
          ]}
        />
        <Form view={view} action={`${CHANGES}/${kind}/${officer.id}`} idempotencyKey={newKey}>
          <p class="k-quiet">{t(`administration.change.does_${kind}`)}</p>
          <TextField
            view={view}
            name="why"
            label={why}
            hint={t(`administration.change.hint_${kind}`)}
            value={typed.why}
            errors={problem?.errors}
            maxLength={200}
          />
          {kind === 'reset' && (
            <Checkboxes
              view={view}
              name="withPassword"
              label={t('administration.change.password')}
              values={typed.withPassword ? [typed.withPassword] : []}
              options={[{ value: 'yes', label: t('administration.change.forgotten_too') }]}
            />
          )}
          <p class="k-actions">
            <DeskButton kind="primary">{t('administration.propose.send')}</DeskButton>
            <DeskButton kind="quiet" href={CHANGES}>
              {t('administration.back')}
            </DeskButton>
          </p>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
