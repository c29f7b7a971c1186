import type { ShownPlan } from '../../../core/retention/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskCard, Lines, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused, Sure } from './parts.tsx'
import { RETENTION } from './retention.tsx'

export interface ConfirmRetentionProps extends DeskShell {
  plan: ShownPlan
  newKey: string
  problem?: Problem | undefined
}

/** Asks once, and says what goes tonight: what is erased is gone. */
export function ConfirmRetentionPage({ plan, newKey, problem, ...shell }: ConfirmRetentionProps) {
  const { view } = shell
  const { t, lang } = view
  const say = (key: string, params = {}) => t(`administration.retention.${key}`, params)
  const tonight = plan.lines.map(({ class: one, due }) => ({ one, n: Math.min(due, one.most_a_day) })).filter(({ n }) => n > 0)
  const title = say('confirm_title')
  return (
    <DeskPage {...shell} current={RETENTION} title={title}>
      <DeskHead title={title} crumbs={[{ href: RETENTION, label: say('title') }]} />
      <Refused problem={problem} />
      <DeskCard title={say('confirm_tonight')}>
        {tonight.length === 0 ? (
          <p class="k-quiet">{say('confirm_nothing')}</p>
        ) : (
          <Lines
            items={tonight.map(({ one, n }) => ({
              name: pick(one.name, lang),
              value: say('confirm_line', { n, end: say(`end.${one.ends}`) }),
            }))}
          />
        )}
        <p>{say('confirm_text')}</p>
        <Note tone="warn">{say('confirm_final')}</Note>
        <Sure view={view} action={`${RETENTION}/on`} newKey={newKey} does={say('confirm')} back={RETENTION}>
          <input type="hidden" name="digest" value={plan.digest} />
        </Sure>
      </DeskCard>
    </DeskPage>
  )
}
