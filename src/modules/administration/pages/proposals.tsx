import type { Proposal } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type Tone, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { areaWords, roleWords } from './post-words.ts'

const TONES: Readonly<Record<string, Tone>> = { waiting: 'warn', approved: 'good', first: 'info', refused: 'bad' }

export const OutcomeTag = ({ view, outcome }: { view: View; outcome: Proposal['outcome'] }) => {
  const state = outcome ?? 'waiting'
  return <DeskTag tone={TONES[state] ?? 'plain'}>{view.t(`administration.outcome.${state}`)}</DeskTag>
}

export interface ProposalsProps extends DeskShell {
  proposals: readonly Proposal[]
  pack: LoadedPack
  done?: string | undefined
}

/** Posts that wait for approval, and what became of the earlier ones. */
export function ProposalsPage({ proposals, pack, done, ...shell }: ProposalsProps) {
  const { view } = shell
  const { t, lang, today } = view
  const waiting = proposals.filter((one) => one.outcome === null)
  const decided = proposals.filter((one) => one.outcome !== null)
  const who = {
    title: t('administration.who'),
    cell: (one: Proposal) => <a href={`/desk/administration/posts/${one.id}`}>{one.officerName}</a>,
  }
  const role = { title: t('administration.role'), cell: (one: Proposal) => roleWords(view, pack, one.role) }
  const areas = { title: t('administration.areas'), cell: (one: Proposal) => areaWords(view, pack, one.areas) }
  const by = { title: t('administration.proposed_by'), cell: (one: Proposal) => one.proposedBy }
  return (
    <DeskPage {...shell} title={t('administration.proposals.title')}>
      <DeskHead title={t('administration.proposals.title')} note={t('administration.proposals.note')} />
      {(done === 'approved' || done === 'refused') && (
        <Note tone="good" live>
          {t(`administration.done.${done}`)}
        </Note>
      )}
      {waiting.length === 0 ? (
        <DeskEmpty title={t('administration.proposals.none')} />
      ) : (
        <div class="card">
          <Table
            caption={t('administration.proposals.waiting')}
            keys
            stack
            rows={waiting}
            keyOf={(one) => one.id}
            columns={[
              who,
              role,
              areas,
              by,
              { title: t('administration.proposed_at'), quiet: true, cell: (one) => formatDateTime(one.proposedAt, lang, today) },
              {
                title: t('administration.act'),
                silent: true,
                right: true,
                cell: (one) =>
                  one.own ? (
                    <span class="k-quiet">{t('administration.proposals.own')}</span>
                  ) : (
                    <DeskButton small href={`/desk/administration/posts/${one.id}`}>
                      {t('administration.proposals.look')}
                      <span class="govuk-visually-hidden"> {one.officerName}</span>
                    </DeskButton>
                  ),
              },
            ]}
          />
        </div>
      )}
      {decided.length > 0 && (
        <DeskCard title={t('administration.proposals.decided')} flush>
          <Table
            caption={t('administration.proposals.decided')}
            stack
            rows={decided}
            keyOf={(one) => one.id}
            columns={[
              who,
              role,
              areas,
              by,
              { title: t('administration.state'), cell: (one) => <OutcomeTag view={view} outcome={one.outcome} /> },
              { title: t('administration.decided_by'), cell: (one) => one.decidedBy ?? '' },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
