import type { Proposal } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Datagrid, DeskCard, Note, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Decide, Refused } from './parts.tsx'
import { areaWords, dateWords, lineWords, roleWords } from './post-words.ts'
import { OutcomeTag } from './proposals.tsx'

const HOME = '/desk/administration/posts'

export interface ApprovalProps extends DeskShell {
  proposal: Proposal
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** One proposed post: what it would let somebody do, and the decision. */
export function ApprovalPage({ proposal, pack, typed, newKey, problem, ...shell }: ApprovalProps) {
  const { view } = shell
  const { t, lang, today } = view
  const role = pack.pack.roles.find((one) => one.code === proposal.role)
  const title = t('administration.approval.title', { name: proposal.officerName, role: roleWords(view, pack, proposal.role) })
  return (
    <DeskPage
      {...shell}
      current={HOME}
      title={title}
      errors={problem?.errors}
      labels={{ reason: t('administration.approval.reason') }}
    >
      <DeskHead title={title} crumbs={[{ href: HOME, label: t('administration.proposals.title') }]} />
      <Refused problem={problem} />
      <Two
        side={
          <DeskCard title={t('administration.approval.decide')} raised={proposal.outcome === null}>
            {proposal.outcome !== null ? (
              <>
                <p>
                  <OutcomeTag view={view} outcome={proposal.outcome} />
                </p>
                <p class="k-quiet">
                  {[proposal.decidedBy, proposal.decidedAt && formatDateTime(proposal.decidedAt, lang, today)]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {proposal.reason && <p>{proposal.reason}</p>}
              </>
            ) : proposal.own ? (
              <Note tone="warn">{t('access.not_ones_own_proposal')}</Note>
            ) : (
              <Decide view={view} action={`${HOME}/${proposal.id}`} newKey={newKey} typed={typed.reason} problem={problem} />
            )}
          </DeskCard>
        }
      >
        <DeskCard title={t('administration.approval.post')}>
          <Datagrid
            facts={[
              { name: t('administration.who'), value: `${proposal.officerName} ${proposal.officerNumber}` },
              { name: t('administration.role'), value: roleWords(view, pack, proposal.role) },
              { name: t('administration.organisation'), value: proposal.organisation },
              ...(proposal.lentBy ? [{ name: t('administration.lent_by'), value: proposal.lentBy }] : []),
              { name: t('administration.areas'), value: areaWords(view, pack, proposal.areas) },
              { name: t('administration.lines'), value: lineWords(view, pack, proposal.domains) },
              { name: t('administration.dates'), value: dateWords(view, proposal) },
              {
                name: t('administration.proposed_by'),
                value: proposal.proposedBy,
                source: formatDateTime(proposal.proposedAt, lang, today),
              },
            ]}
          />
        </DeskCard>
        <DeskCard title={t('administration.approval.does')}>
          <p>{role ? pick(role.does, lang) : ''}</p>
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
