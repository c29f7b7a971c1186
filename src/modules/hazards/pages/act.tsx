import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, DueCell, Lines, Note, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate, type Problem } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { acts, inspection } from '../desk/acts.ts'
import { dueOf, kindName, whyParams } from '../desk/saying.ts'
import type { Action } from '../hazard.ts'
import type { HazardPage } from '../use-cases/look.ts'
import { ActFields, labelsOf } from './fields.tsx'

interface ActProps extends DeskShell {
  pack: LoadedPack
  page: HazardPage
  action: Action
  now: Date
  newKey: string
  body: Record<string, string>
  problem?: Problem
}

/** One act on one hazard: what it does and what it asks for. */
export function ActPage({ pack, page, action, now, newKey, body, problem, ...shell }: ActProps) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, may, keeper } = page
  const { state } = found
  // Who answers for it is asked once.
  const fields = acts[action].fields.filter(({ name }) => !keeper || !name.startsWith('keeper'))
  const name = t(`hazard.action.${action}`)
  const back = `/desk/hazards/${found.id}`
  const allowed = may[action]
  const because = allowed === true ? undefined : t(allowed ?? 'hazard.not_now', whyParams(view, pack, page))
  const typed = action === 'inspect' && Object.keys(body).length === 0 ? { kind: state.kind, place: state.place } : body
  return (
    <DeskPage {...shell} title={`${name} · ${found.number}`} errors={problem?.errors} labels={labelsOf(view, fields)}>
      <DeskHead
        title={name}
        crumbs={[
          { href: '/desk/hazards', label: t('hazards.title') },
          { href: back, label: found.number },
        ]}
        note={kindName(view, pack, state.kind)}
      />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          <p>{problem.message}</p>
          {problem.refusal.code === 'hazard.no_power' && may.transfer === true && (
            <p>
              <a href={`${back}/act/transfer`}>{t('hazard.action.transfer')}</a>
            </p>
          )}
        </Note>
      )}
      {because && !problem && <Note tone="warn">{because}</Note>}
      <Two
        side={
          <DeskCard title={t('hazards.this')} flush>
            <Lines
              stacks
              items={[
                {
                  name: t('hazards.field.place'),
                  value: `${shortArea(view, pack.areaIn(t, lang, found.area))} · ${state.place}`,
                },
                ...(state.found ? [{ name: t('hazards.field.found'), value: state.found }] : []),
                ...(page.reported ? [{ name: t('hazards.reported'), value: page.reported.words }] : []),
                { name: t('desk.work.due'), value: <DueCell view={view} due={dueOf(now, state)} /> },
              ]}
            />
          </DeskCard>
        }
      >
        <DeskCard title={name}>
          <p>{t(`hazards.what.${action}`)}</p>
          {because && !problem ? (
            <p class="k-actions">
              <DeskButton href={back}>{t('hazards.back')}</DeskButton>
            </p>
          ) : (
            <Form view={view} action={`${back}/act/${action}`} idempotencyKey={newKey}>
              <ActFields
                view={view}
                pack={pack}
                fields={fields}
                body={typed}
                choices={{
                  lines: page.lines.map(({ line, organ }) => ({ line, organ: organisationIn(pack, view, organ) })),
                  named: {
                    day: formatDate(page.longest.day, lang, today),
                    n: page.longest.limit.value,
                    unit: page.longest.limit.unit,
                  },
                }}
                {...(problem ? { errors: problem.errors } : {})}
              />
              <p class="k-actions">
                {!because && <DeskButton kind="primary">{name}</DeskButton>}
                <DeskButton kind="quiet" href={back}>
                  {t('hazards.back')}
                </DeskButton>
              </p>
            </Form>
          )}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

interface NewProps extends DeskShell {
  pack: LoadedPack
  areas: readonly { code: string; name: string }[]
  newKey: string
  body: Record<string, string>
  problem?: Problem
}

/** 登记 of what an inspector found by herself. */
export function NewPage({ pack, areas, newKey, body, problem, ...shell }: NewProps) {
  const { view } = shell
  const { t } = view
  const fields = [{ name: 'area', kind: 'area' } as const, ...inspection]
  const only = areas.length === 1 && !body.area ? { ...body, area: areas[0]!.code } : body
  return (
    <DeskPage {...shell} title={t('hazards.new')} errors={problem?.errors} labels={labelsOf(view, fields)}>
      <DeskHead title={t('hazards.new')} crumbs={[{ href: '/desk/hazards', label: t('hazards.title') }]} />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          {problem.message}
        </Note>
      )}
      <DeskCard title={t('hazards.new')}>
        <p>{t('hazards.what.inspect')}</p>
        <Form view={view} action="/desk/hazards/new" idempotencyKey={newKey}>
          <ActFields
            view={view}
            pack={pack}
            fields={fields}
            body={only}
            choices={{ areas }}
            {...(problem ? { errors: problem.errors } : {})}
          />
          <p class="k-actions">
            <DeskButton kind="primary">{t('hazards.register')}</DeskButton>
            <DeskButton kind="quiet" href="/desk/hazards">
              {t('hazards.back')}
            </DeskButton>
          </p>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
