import type { LoadedPack } from '../../../core/matters/index.ts'
import type { Hold } from '../../../core/retention/index.ts'
import { Datagrid, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { heldWords } from './holds.tsx'
import { Refused, Sure } from './parts.tsx'

const HOME = '/desk/administration/holds'

export interface EndHoldProps extends DeskShell {
  hold: Hold
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

const whyNot = ({ endedAt, barred }: Hold): string => {
  if (endedAt) return 'retention.hold_ended'
  return barred === 'own' ? 'retention.not_ones_own' : 'retention.placed_above'
}

/** Asks once: what is due goes the night after. */
export function EndHoldPage({ hold, pack, typed, newKey, problem, ...shell }: EndHoldProps) {
  const { view } = shell
  const { t, lang, today } = view
  const say = (key: string) => t(`administration.holds.${key}`)
  return (
    <DeskPage {...shell} current={HOME} title={say('end_title')} errors={problem?.errors} labels={{ reason: say('end_reason') }}>
      <DeskHead title={say('end_title')} crumbs={[{ href: HOME, label: say('title') }]} />
      <Refused problem={problem} />
      <DeskCard title={heldWords(view, pack, hold)}>
        <Datagrid
          facts={[
            { name: say('reason'), value: hold.reason },
            { name: say('basis'), value: hold.basis },
            { name: say('by'), value: hold.placedBy, source: formatDateTime(hold.placedAt, lang, today) },
          ]}
        />
        {hold.endedAt || hold.barred ? (
          <Note tone="warn">{t(whyNot(hold))}</Note>
        ) : (
          <Sure
            view={view}
            action={`${HOME}/${hold.id}/end`}
            newKey={newKey}
            reason={{ label: say('end_reason'), typed: typed.reason }}
            problem={problem}
            does={say('end')}
            back={HOME}
          >
            <p class="k-quiet">{say('end_note')}</p>
          </Sure>
        )}
      </DeskCard>
    </DeskPage>
  )
}
