import type { LoadedPack } from '../../../core/matters/index.ts'
import { type DueLine, MOST_COUNTED, type ShownPlan } from '../../../core/retention/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton, DeskCard, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate, formatDateTime, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'

export const RETENTION = '/desk/administration/retention'

export interface RetentionProps extends DeskShell {
  plan: ShownPlan
  pack: LoadedPack
  newKey: string
  done: string | undefined
  problem?: Problem | undefined
}

/** Every class with what is due today: what is confirmed here is what is seen here. */
export function RetentionPage({ plan, pack, newKey, done, problem, ...shell }: RetentionProps) {
  const { view } = shell
  const { t, lang, today } = view
  const say = (key: string, params = {}) => t(`administration.retention.${key}`, params)
  const day = (at: Date) => formatDate(dayOf(at), lang, today)
  const basisOf = ({ class: { basis } }: DueLine) =>
    `${pick(pack.pack.bases.find(({ code }) => code === basis.document)!.title, lang)}${basis.clause === 'promise' ? say('promise') : ''}`
  const halted = plan.runs[0]?.halted ? plan.runs[0] : null
  const names = new Map(plan.lines.map(({ class: one }) => [one.code, pick(one.name, lang)]))
  return (
    <DeskPage {...shell} current={RETENTION} title={say('title')}>
      <DeskHead title={say('title')} note={say('note')} />
      <Refused problem={problem} />
      {(done === 'switched_on' || done === 'switched_off') && (
        <Note tone="good" live>
          {say(done)}
        </Note>
      )}
      {halted && <Note tone="bad">{say('halted', { day: formatDate(halted.day, lang, today) })}</Note>}
      <Note tone={plan.on ? 'good' : plan.changed ? 'warn' : 'info'}>
        {plan.on
          ? say('on', { by: plan.on.by, at: formatDateTime(plan.on.at, lang, today) })
          : say(plan.lines.length === 0 ? 'no_classes' : plan.changed ? 'changed' : 'off')}
      </Note>
      <div class="card">
        <Table
          caption={say('title')}
          stack
          rows={plan.lines}
          keyOf={({ class: one }) => one.code}
          columns={[
            {
              title: say('class'),
              cell: (line) => (
                <>
                  <b>{pick(line.class.name, lang)}</b>
                  <br />
                  <span class="k-quiet">
                    {basisOf(line)} {!line.class.verified && <DeskTag tone="plain">{say('unverified')}</DeskTag>}
                  </span>
                </>
              ),
            },
            {
              title: say('period'),
              cell: ({ class: { from, period, ends } }) => (
                <>
                  {say('kept', { from: say(`from.${from}`), for: say('for', { n: period.value, unit: period.unit }) })}
                  <br />
                  <span class="k-quiet">{say(`end.${ends}`)}</span>
                </>
              ),
            },
            {
              title: say('now'),
              cell: ({ due, held, oldest, newest }) => (
                <>
                  {say('counted', { due, held })}
                  <br />
                  <span class="k-quiet">
                    {oldest && newest && say('span', { oldest: day(oldest), newest: day(newest) })}
                    {due + held >= MOST_COUNTED && say('more')}
                  </span>
                </>
              ),
            },
            {
              title: say('today'),
              cell: ({ class: one, due }) => say('tonight', { n: plan.on ? Math.min(due, one.most_a_day) : 0 }),
            },
          ]}
        />
      </div>
      {plan.lines.length > 0 && (
        <>
          {plan.lines.some(({ class: one }) => !one.verified) && <p class="k-quiet">{say('unverified_means')}</p>}
          {plan.on && !halted ? (
            <Form view={view} action={`${RETENTION}/off`} idempotencyKey={newKey}>
              <p class="k-actions">
                <DeskButton kind="danger">{say('switch_off')}</DeskButton>
              </p>
            </Form>
          ) : (
            <p class="k-actions">
              <DeskButton kind="primary" href={`${RETENTION}/on`}>
                {say(plan.changed || halted ? 'confirm_again' : 'confirm')}
              </DeskButton>
            </p>
          )}
        </>
      )}
      {plan.runs.length > 0 && (
        <DeskCard title={say('runs')} flush>
          <Table
            caption={say('runs')}
            stack
            rows={plan.runs}
            keyOf={(run) => run.day}
            columns={[
              { title: say('day'), cell: (run) => formatDate(run.day, lang, today) },
              {
                title: say('done'),
                cell: (run) =>
                  run.halted
                    ? say('halted', { day: formatDate(run.day, lang, today) })
                    : run.classes.map((one) => `${names.get(one.code) ?? one.code} ${one.done}`).join(' · ') || say('nothing'),
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
