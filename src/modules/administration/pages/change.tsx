import { type Change, changeWaits } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard, Note, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { CHANGES, ChangeTag, isHers } from './changes.tsx'
import { Decide, Refused } from './parts.tsx'
import { roleWords } from './post-words.ts'

export interface ChangeProps extends DeskShell {
  change: Change
  role: string
  pack: LoadedPack
  now: Date
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** One change to an account: why, what it does, and the decision, or the link of an approved reset. */
export function ChangePage({ change, role, pack, now, typed, newKey, problem, ...shell }: ChangeProps) {
  const { view } = shell
  const { t, lang, today } = view
  const title = t('administration.change.of', { what: t(`administration.change_kind.${change.kind}`), name: change.officerName })
  const waits = changeWaits(change, now)
  return (
    <DeskPage
      {...shell}
      current={CHANGES}
      title={title}
      errors={problem?.errors}
      labels={{ reason: t('administration.approval.reason') }}
    >
      <DeskHead title={title} crumbs={[{ href: CHANGES, label: t('administration.changes.title') }]} />
      <Refused problem={problem} />
      <Two
        side={
          <DeskCard title={t('administration.approval.decide')} raised={isHers(change, role, now)}>
            {isHers(change, role, now) ? (
              <Decide view={view} action={`${CHANGES}/${change.id}`} newKey={newKey} typed={typed.reason} problem={problem} />
            ) : (
              <>
                <p>
                  <ChangeTag view={view} change={change} now={now} />
                </p>
                {waits && (
                  <p class="k-quiet">
                    {t('administration.change.decider', {
                      role: roleWords(view, pack, change.decider),
                      until: formatDateTime(change.expiresAt, lang, today),
                    })}
                  </p>
                )}
                {change.decidedAt && (
                  <p class="k-quiet">
                    {[change.decidedBy, formatDateTime(change.decidedAt, lang, today)].filter(Boolean).join(' · ')}
                  </p>
                )}
                {change.reason && <p>{change.reason}</p>}
              </>
            )}
          </DeskCard>
        }
      >
        {change.mine && change.linkWaits && (
          <DeskCard title={t('administration.link.title')} raised>
            <p>
              {t(change.linkUntil ? 'administration.change.link_again' : 'administration.change.link_note', {
                name: change.officerName,
              })}
            </p>
            {change.linkUntil && (
              <p class="k-quiet">
                {t('administration.change.link_until', { until: formatDateTime(change.linkUntil, lang, today) })}
              </p>
            )}
            <Form view={view} action={`${CHANGES}/${change.id}/link`} class="k-inline-form">
              <DeskButton kind="primary">{t('administration.invite.make')}</DeskButton>
            </Form>
          </DeskCard>
        )}
        <DeskCard title={t(`administration.change_kind.${change.kind}`)}>
          <Datagrid
            facts={[
              { name: t('administration.who'), value: `${change.officerName} ${change.officerNumber}` },
              { name: t('administration.organisation'), value: change.organisation },
              { name: t(`administration.change.why_${change.kind}`), value: change.why },
              ...(change.kind === 'reset'
                ? [
                    {
                      name: t('administration.change.password'),
                      value: t(change.withPassword ? 'administration.change.forgotten' : 'administration.change.known'),
                    },
                  ]
                : []),
              {
                name: t('administration.proposed_by'),
                value: change.proposedBy,
                source: formatDateTime(change.proposedAt, lang, today),
              },
            ]}
          />
        </DeskCard>
        <Note>{t(`administration.change.does_${change.kind}`)}</Note>
      </Two>
    </DeskPage>
  )
}
