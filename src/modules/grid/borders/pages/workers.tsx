/** Who looks after which grid: one form for the whole community. */
import { Fragment } from 'preact'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, Note } from '../../../../ui/desk/index.ts'
import { Checkboxes, DeskHead, DeskPage, Form, type Problem } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { GridWorkers } from '../workers.ts'

interface Props extends DeskShell, GridWorkers {
  pack: LoadedPack
  area: string
  newKey: string
  problem?: Problem
}

export function GridWorkersPage({ pack, area, grids, workers, assigned, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const name = shortArea(view, pack.areaIn(t, lang, area) || area)
  const crumbs = [
    { href: '/desk/grids', label: t('borders.title') },
    { href: `/desk/grids/${area}`, label: name },
  ]
  return (
    <DeskPage {...shell} title={`${t('borders.who')} · ${name}`} current="/desk/grids">
      <DeskHead crumbs={crumbs} title={t('borders.who')} note={t('borders.who_note')} />
      {problem && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {grids.length === 0 || workers.length === 0 ? (
        <DeskEmpty title={t(grids.length === 0 ? 'borders.no_grids' : 'borders.no_workers')}>
          {t('borders.no_workers_why')}
        </DeskEmpty>
      ) : (
        <DeskCard>
          <Form view={view} action={`/desk/grids/${area}/workers`} idempotencyKey={newKey}>
            <input type="hidden" name="shown" value={grids.map(({ id }) => id).join(',')} />
            {grids.map((grid) => {
              const own = assigned.filter(({ gridCode }) => gridCode === grid.code).map(({ postId }) => postId)
              return (
                <Fragment key={grid.id}>
                  <input type="hidden" name={`before-${grid.id}`} value={own.join(',')} />
                  <Checkboxes
                    view={view}
                    name={`g-${grid.id}`}
                    label={grid.name}
                    values={own}
                    options={workers.map(({ postId, name: who }) => ({ value: postId, label: who }))}
                  />
                </Fragment>
              )
            })}
            <DeskButton kind="primary">{t('borders.who_keep')}</DeskButton>
          </Form>
        </DeskCard>
      )}
    </DeskPage>
  )
}
