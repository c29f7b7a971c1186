/** The grids of one community: the list first, then how they lie, the drawing, and what was changed when. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTimeline, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate, formatNumber, type Problem, Select, TextField } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { CommunityGround } from '../use-cases.ts'
import { Drawing, FitWords, faultsOf } from './drawing.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  area: string
  ground: CommunityGround
  mayDraw: boolean
  done?: string | undefined
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const DONE = new Set(['drawn', 'outline', 'ended', 'workers'])

export function CommunityPage({ pack, area, ground, mayDraw, done = '', body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const { grids, outline, fit } = ground
  const name = shortArea(view, pack.areaIn(t, lang, area) || area)
  const here = `/desk/grids/${area}`
  const labels = { id: t('borders.which'), why: t('borders.field.end_why') }
  const invented = grids.some(({ workers }) => workers.some(({ demo }) => demo))
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  return (
    <DeskPage {...shell} {...errors} title={`${t('borders.title')} · ${name}`} labels={labels} current="/desk/grids">
      <DeskHead
        crumbs={[{ href: '/desk/grids', label: t('borders.title') }]}
        title={name}
        note={t('borders.grids_n', { n: grids.length })}
      >
        <DeskButton href={`${here}/grids.geojson`}>{t('borders.download')}</DeskButton>
        {mayDraw && <DeskButton href={`${here}/workers`}>{t('borders.who')}</DeskButton>}
        {mayDraw && <DeskButton href={`${here}/homes`}>{t('homes.title')}</DeskButton>}
        {mayDraw && (
          <DeskButton kind="primary" href={`${here}/draw?of=new`}>
            {t('borders.add')}
          </DeskButton>
        )}
      </DeskHead>
      {DONE.has(done) && (
        <Note tone="good" live>
          {t(`borders.done.${done}`)}
        </Note>
      )}
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <>
            <DeskCard title={t('borders.fit')}>
              <FitWords view={view} fit={fit} grids={grids.length} />
            </DeskCard>
            <DeskCard title={t('borders.outline')}>
              <p>
                {outline
                  ? t('borders.outline_since', { day: formatDate(outline.validFrom, lang, view.today), source: outline.source })
                  : t('borders.outline_none')}
              </p>
              {mayDraw && (
                <DeskButton href={`${here}/draw?of=outline`}>
                  {t(outline ? 'borders.outline_change' : 'borders.outline_add')}
                </DeskButton>
              )}
            </DeskCard>
            {mayDraw && grids.length > 0 && (
              <DeskCard title={t('borders.end')}>
                <p>{t('borders.end_what')}</p>
                <Form view={view} action={`${here}/end`} idempotencyKey={newKey}>
                  <Select
                    view={view}
                    name="id"
                    label={labels.id}
                    empty={t('borders.choose')}
                    value={body.id ?? ''}
                    {...errors}
                    options={grids.map((one) => ({ value: one.id, label: one.name }))}
                  />
                  <TextField view={view} name="why" label={labels.why} value={body.why ?? ''} maxLength={500} {...errors} />
                  <DeskButton kind="danger">{t('borders.end')}</DeskButton>
                </Form>
              </DeskCard>
            )}
            <DeskCard title={t('borders.course')}>
              <DeskTimeline view={view} entries={ground.course.flatMap((one) => entriesOf(view, one))} />
            </DeskCard>
          </>
        }
      >
        {grids.length === 0 ? (
          <DeskEmpty title={t('borders.no_grids')}>{t('borders.no_grids_why')}</DeskEmpty>
        ) : (
          <DeskCard title={t('borders.list')} {...(invented ? { note: t('borders.who_demo') } : {})} flush>
            <Table
              caption={t('borders.list')}
              rows={grids}
              keyOf={({ id }) => id}
              keys
              stack
              columns={[
                {
                  title: t('borders.grid'),
                  cell: (one) => (mayDraw ? <a href={`${here}/draw?of=${one.id}`}>{one.name}</a> : one.name),
                },
                { title: t('borders.code'), quiet: true, cell: ({ code }) => <span class="num">{code}</span> },
                {
                  title: t('borders.workers'),
                  cell: ({ workers }) => workers.map(({ name: who }) => who).join(t('desk.join')) || t('borders.no_worker'),
                },
                { title: t('borders.homes'), right: true, cell: ({ homes }) => t('borders.homes_n', { n: formatNumber(homes) }) },
                {
                  title: t('borders.size'),
                  right: true,
                  cell: ({ squareMetres }) => t('borders.square_metres', { n: formatNumber(squareMetres) }),
                },
                { title: t('borders.since'), cell: ({ validFrom }) => formatDate(validFrom, lang, view.today) },
              ]}
            />
          </DeskCard>
        )}
        <DeskCard title={t('borders.on_map')} {...(faultsOf(fit) > 0 ? { note: t('borders.see_words') } : {})}>
          <Drawing view={view} grids={grids} outline={outline?.shape ?? null} fit={fit} />
          {grids.some(({ demo }) => demo) && <p class="k-quiet">{t('around.map_demo')}</p>}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

function entriesOf(view: DeskShell['view'], one: CommunityGround['course'][number]) {
  const { t, lang, today } = view
  const drawn = {
    state: 'done' as const,
    title: t('borders.course_drawn', { name: one.name }),
    note: formatDate(one.validFrom, lang, today),
    text: [one.why ?? one.source, one.by ?? ''].filter(Boolean).join(' · '),
  }
  if (!one.validTo || !one.endedWhy) return [drawn]
  return [
    {
      state: 'done' as const,
      title: t('borders.course_ended', { name: one.name }),
      note: formatDate(one.validTo, lang, today),
      text: one.endedWhy,
    },
    drawn,
  ]
}
