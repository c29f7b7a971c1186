/** Homes of a community and their grids: what is in none, in another than it should be, or cannot be told. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskPager, Note, Table, Tabs, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, FileField, Form, type Problem, Select, TextArea, TextField } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { systems } from '../../place.ts'
import { type HomeStanding, homeStandings } from '../home.ts'
import { HOMES_A_PAGE, type HomeList } from '../homes.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  area: string
  standing: HomeStanding
  page: number
  listed: HomeList
  done?: string | undefined
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['points', 'file', 'crs', 'source'] as const
const BAD: ReadonlySet<HomeStanding> = new Set(['none', 'elsewhere', 'several'])

export function HomesPage({ pack, area, standing, page, listed, done = '', body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const here = `/desk/grids/${area}/homes`
  const name = shortArea(view, pack.areaIn(t, lang, area) || area)
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const labels = Object.fromEntries(FIELDS.map((one) => [one, t(`homes.field.${one}`)]))
  const field = (one: (typeof FIELDS)[number]) => ({ view, name: one, label: labels[one]!, value: body[one] ?? '', ...errors })
  const crumbs = [
    { href: '/desk/grids', label: t('borders.title') },
    { href: `/desk/grids/${area}`, label: name },
  ]
  const from = (page - 1) * HOMES_A_PAGE
  return (
    <DeskPage {...shell} {...errors} title={`${t('homes.title')} · ${name}`} labels={labels} current="/desk/grids">
      <DeskHead crumbs={crumbs} title={t('homes.title')} />
      {(done === 'put' || done === 'placed') && (
        <Note tone="good" live>
          {t(`homes.done.${done}`)}
        </Note>
      )}
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Tabs
        label={t('homes.title')}
        items={homeStandings.map((one) => ({
          href: `${here}?list=${one}`,
          label: t(`homes.standing.${one}`),
          count: listed.counts[one],
          on: one === standing,
          ...(BAD.has(one) ? { tone: 'bad' as const } : {}),
        }))}
      />
      <Two
        side={
          <DeskCard title={t('homes.place')}>
            <p>{t('homes.place_what')}</p>
            <Form view={view} action={`${here}/points`} idempotencyKey={`${newKey}-points`} multipart>
              <TextArea {...field('points')} hint={t('homes.points_hint')} rows={4} code />
              <FileField {...field('file')} accept=".csv,text/csv" />
              <Select
                {...field('crs')}
                value={body.crs ?? 'CGCS2000'}
                options={systems.map((one) => ({ value: one, label: t(`borders.crs.${one}`) }))}
              />
              <TextField {...field('source')} maxLength={200} />
              <DeskButton kind="primary">{t('homes.place_do')}</DeskButton>
            </Form>
          </DeskCard>
        }
      >
        {listed.rows.length === 0 ? (
          <DeskEmpty title={t('homes.none_here', { standing: t(`homes.standing.${standing}`) })} />
        ) : (
          <DeskCard title={t(`homes.standing.${standing}`)} note={t(`homes.what.${standing}`)} flush>
            <Form view={view} action={`${here}/put?list=${standing}&page=${page}`} idempotencyKey={newKey} class="d-flush-form">
              <Table
                caption={t(`homes.standing.${standing}`)}
                rows={listed.rows}
                keyOf={({ id }) => id}
                stack
                columns={[
                  { title: t('homes.address'), cell: ({ address }) => address },
                  {
                    title: t('homes.now'),
                    quiet: true,
                    cell: ({ gridId }) => listed.grids.find(({ id }) => id === gridId)?.name ?? t('homes.in_none'),
                  },
                  {
                    title: t('homes.goes_to'),
                    cell: ({ id, address, gridId, proposed }) => (
                      <select
                        class="form-control form-select"
                        name={`home-${id}`}
                        aria-label={t('homes.goes_to_of', { address })}
                      >
                        <option value="">{t('homes.leave')}</option>
                        {listed.grids
                          .filter((grid) => grid.id !== gridId)
                          .map((grid) => (
                            <option key={grid.id} value={grid.id} selected={grid.id === proposed}>
                              {grid.name}
                            </option>
                          ))}
                      </select>
                    ),
                  },
                ]}
              />
              <div class="card-body">
                <p class="k-quiet">{t('homes.proposed_note')}</p>
                <DeskButton kind="primary">{t('homes.put')}</DeskButton>
              </div>
            </Form>
          </DeskCard>
        )}
        {(page > 1 || listed.more) && (
          <DeskPager
            view={view}
            from={from + 1}
            to={from + listed.rows.length}
            {...(page > 1 ? { previous: `${here}?list=${standing}&page=${page - 1}` } : {})}
            {...(listed.more ? { next: `${here}?list=${standing}&page=${page + 1}` } : {})}
          />
        )}
      </Two>
    </DeskPage>
  )
}
