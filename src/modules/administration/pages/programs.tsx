import { dayOf } from '../../../platform/time.ts'
import { Datagrid, DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate, type Problem, Select, TextField, type View } from '../../../ui/index.ts'
import { type ApiKey, perMinutes } from '../../grid/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused, Sure } from './parts.tsx'

export const PROGRAMS = '/desk/administration/programs'

export interface ProgramsProps extends DeskShell {
  keys: readonly ApiKey[]
  typed: Record<string, string>
  done?: string | undefined
  problem?: Problem | undefined
}

const rateWords = (view: View, n: number): string => view.t('administration.programs.n_per_minute', { n })

/** Programs of others that report in their own name, and one more. */
export function ProgramsPage({ keys, typed, done, problem, ...shell }: ProgramsProps) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = problem?.errors
  const labels = {
    name: t('administration.programs.name'),
    keeper: t('administration.programs.keeper'),
    perMinute: t('administration.programs.per_minute'),
  }
  const day = (on: string) => formatDate(on, lang, today)
  return (
    <DeskPage {...shell} title={t('administration.programs.title')} errors={errors} labels={labels}>
      <DeskHead title={t('administration.programs.title')} note={t('administration.programs.note')} />
      <Refused problem={problem} />
      {done === 'ended' && (
        <Note tone="good" live>
          {t('administration.programs.done')}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('administration.programs.make')}>
            <Form view={view} action={PROGRAMS}>
              <TextField view={view} name="name" label={labels.name} value={typed.name} errors={errors} maxLength={60} />
              <TextField
                view={view}
                name="keeper"
                label={labels.keeper}
                hint={t('administration.programs.keeper_hint')}
                value={typed.keeper}
                errors={errors}
                maxLength={120}
              />
              <Select
                view={view}
                name="perMinute"
                label={labels.perMinute}
                value={typed.perMinute ?? '60'}
                errors={errors}
                options={perMinutes.map((n) => ({ value: String(n), label: rateWords(view, n) }))}
              />
              <DeskButton kind="primary">{t('administration.programs.make')}</DeskButton>
            </Form>
          </DeskCard>
        }
      >
        {keys.length === 0 ? (
          <DeskEmpty title={t('administration.programs.none')} />
        ) : (
          <div class="card">
            <Table
              caption={t('administration.programs.title')}
              stack
              rows={keys}
              keyOf={(one) => one.id}
              columns={[
                {
                  title: labels.name,
                  cell: (one) => (
                    <>
                      <b>{one.name}</b>
                      <br />
                      <span class="k-quiet">{one.keeper}</span>
                    </>
                  ),
                },
                { title: labels.perMinute, quiet: true, cell: (one) => rateWords(view, one.perMinute) },
                { title: t('administration.programs.made'), quiet: true, cell: (one) => day(dayOf(one.madeAt)) },
                {
                  title: t('administration.programs.last'),
                  quiet: true,
                  cell: (one) => (one.lastUsedOn ? day(one.lastUsedOn) : t('administration.programs.never')),
                },
                {
                  title: t('administration.state'),
                  cell: (one) =>
                    one.endedAt ? (
                      <DeskTag tone="plain">{t('administration.ended')}</DeskTag>
                    ) : (
                      <>
                        <DeskTag tone="good">{t('administration.active')}</DeskTag>{' '}
                        <a href={`${PROGRAMS}/${one.id}/end`}>{t('administration.programs.end')}</a>
                      </>
                    ),
                },
              ]}
            />
          </div>
        )}
      </Two>
    </DeskPage>
  )
}

/** Asks once, since the program is turned away from its next request on. */
export function EndProgramPage({
  ending,
  problem,
  newKey,
  ...shell
}: DeskShell & { ending: ApiKey; newKey: string; problem?: Problem | undefined }) {
  const { view } = shell
  const { t } = view
  return (
    <DeskPage {...shell} current={PROGRAMS} title={t('administration.programs.end_title')}>
      <DeskHead
        title={t('administration.programs.end_title')}
        crumbs={[{ href: PROGRAMS, label: t('administration.programs.title') }]}
      />
      <Refused problem={problem} />
      <DeskCard title={ending.name}>
        <Datagrid facts={[{ name: t('administration.programs.keeper'), value: ending.keeper }]} />
        <Sure
          view={view}
          action={`${PROGRAMS}/${ending.id}/end`}
          newKey={newKey}
          does={t('administration.programs.end')}
          back={PROGRAMS}
        >
          <p class="k-quiet">{t('administration.programs.end_note')}</p>
        </Sure>
      </DeskCard>
    </DeskPage>
  )
}
