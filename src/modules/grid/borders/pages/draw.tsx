/** A border is drawn, on a map that moves or as GeoJSON, looked at with all others, and only then kept. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { MapTiles } from '../../../../platform/map-tiles.ts'
import { Refusal } from '../../../../platform/refusal.ts'
import { DeskButton, DeskCard, Lines, Note, Two } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  FileField,
  Form,
  formatNumber,
  type Problem,
  Select,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { Approval } from '../../pages/approval.tsx'
import { polygonBetween, type System, systems } from '../../place.ts'
import { type Border, corners, LONGEST_BORDER, readBorder } from '../border.ts'
import type { CommunityGround, Tried } from '../use-cases.ts'
import { Drawing, FitWords, faultsOf } from './drawing.tsx'

interface Base extends DeskShell {
  pack: LoadedPack
  area: string
  of: string
  ground: CommunityGround
  body: Readonly<Record<string, string>>
  newKey: string
  tiles: MapTiles | null
}
const FIELDS = ['name', 'boundary', 'file', 'crs', 'source', 'why'] as const

function headOf({ pack, area, of, ground, view }: Base) {
  const { t, lang } = view
  const place = shortArea(view, pack.areaIn(t, lang, area) || area)
  const grid = ground.grids.find(({ id }) => id === of)
  const title =
    of === 'outline' ? t('borders.draw_outline') : grid ? t('borders.draw_change', { name: grid.name }) : t('borders.draw_new')
  const crumbs = [
    { href: '/desk/grids', label: t('borders.title') },
    { href: `/desk/grids/${area}`, label: place },
  ]
  return { title, crumbs, grid, before: of === 'outline' ? ground.outline : grid }
}

export function DrawPage({ problem, ...base }: Base & { problem?: Problem }) {
  const { pack: _, tiles, area, of, ground, body, newKey, ...shell } = base
  const { view } = shell
  const { t } = view
  const { title, crumbs, grid, before } = headOf(base)
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`borders.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number], kept = '') => ({
    view,
    name,
    label: labels[name]!,
    value: body[name] ?? kept,
    ...errors,
  })
  const crs: System = systems.find((one) => one === body.crs) ?? before?.crs ?? 'CGCS2000'
  const mapCrs = tiles?.crs ?? crs
  const kept = before ? JSON.stringify(before.boundary) : ''
  return (
    <DeskPage {...shell} {...errors} title={title} labels={labels} current="/desk/grids">
      <DeskHead crumbs={crumbs} title={title} />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('borders.how')}>
            <ol class="k-fit">
              {['draw', 'check', 'keep'].map((step) => (
                <li key={step}>{t(`borders.step.${step}`)}</li>
              ))}
            </ol>
            <p class="k-quiet">{t(before ? 'borders.old_stays' : 'borders.from_today')}</p>
          </DeskCard>
        }
      >
        <Form view={view} action={`/desk/grids/${area}/draw`} idempotencyKey={newKey} multipart>
          <input type="hidden" name="of" value={of} />
          <DeskCard title={t('borders.the_border')}>
            <div class="k-form">
              <link rel="stylesheet" href={view.assets.mapCss} />
              <section
                class="k-draw"
                data-draw
                hidden
                aria-label={t('borders.map')}
                data-shown={JSON.stringify(mapOf(base, crs, mapCrs))}
              >
                <p class="k-quiet">{t('borders.map_how', { crs: t(`borders.crs.${mapCrs}`) })}</p>
                <div class="k-moving" data-map />
                <Approval view={view} tiles={tiles} />
                <p class="k-draw__tools">
                  <button class="btn" type="button" data-do="undo">
                    {t('borders.map_undo')}
                  </button>
                  <button class="btn" type="button" data-do="again">
                    {t('borders.map_again')}
                  </button>
                </p>
                <p role="status" data-said />
              </section>
              <script type="module" src={view.assets.drawJs} />
              <TextArea {...field('boundary', kept)} hint={t('borders.boundary_hint')} rows={6} maxLength={LONGEST_BORDER} code />
              <FileField {...field('file')} hint={t('borders.file_hint')} accept=".geojson,.json,application/geo+json" />
              <Select
                {...field('crs', crs)}
                hint={t('borders.crs_hint')}
                options={systems.map((one) => ({ value: one, label: t(`borders.crs.${one}`) }))}
              />
            </div>
          </DeskCard>
          <DeskCard title={t('borders.about')}>
            <div class="k-form">
              {of !== 'outline' && <TextField {...field('name', grid?.name)} maxLength={60} />}
              <TextField {...field('source')} hint={t('borders.source_hint')} maxLength={200} />
              <TextField {...field('why')} maxLength={500} />
              <p class="k-actions">
                <DeskButton kind="primary">{t('borders.check')}</DeskButton>
                <DeskButton kind="quiet" href={`/desk/grids/${area}`}>
                  {t('borders.leave')}
                </DeskButton>
              </p>
            </div>
          </DeskCard>
        </Form>
      </Two>
    </DeskPage>
  )
}

/** What the script is given: all in the one system that the map is in. `typed` is the system of what stands in the field. */
function mapOf({ of, ground, view, body, pack, tiles }: Base, typed: System, crs: System) {
  const { t } = view
  const own = ground.grids.find(({ id }) => id === of)
  const edited = of === 'outline' ? ground.outline : own
  const inField = body.boundary ? typedBorder(body.boundary) : null
  const shown = inField ? { boundary: inField, crs: typed } : body.boundary ? null : edited
  return {
    crs,
    tiles: tiles && { url: tiles.url },
    bounds: pack.incidents.bounds,
    grids: ground.grids
      .filter(({ id }) => id !== of)
      .map(({ name, boundary, crs: delivered }) => ({ name, boundary: polygonBetween(boundary, delivered, crs) })),
    outline: of !== 'outline' && ground.outline ? polygonBetween(ground.outline.boundary, ground.outline.crs, crs) : null,
    boundary: shown ? polygonBetween(shown.boundary, shown.crs, crs) : null,
    says: Object.fromEntries(
      ['drawn', 'undone', 'again', 'not_here', 'corners'].map((name) => [name, t(`borders.map_said.${name}`)]),
    ),
  }
}

/** What came back with its faults, so far as it is a border at all. */
function typedBorder(text: string): Border | null {
  try {
    return readBorder(text)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

export function ConfirmBorderPage({ tried, ...base }: Base & { tried: Tried }) {
  const { pack: _, tiles: __, area, of, ground, body, newKey, ...shell } = base
  const { view } = shell
  const { t } = view
  const { title, crumbs } = headOf(base)
  const others = ground.grids.filter(({ id }) => id !== of)
  const faults = faultsOf(tried.fit)
  return (
    <DeskPage {...shell} title={title} current="/desk/grids">
      <DeskHead crumbs={crumbs} title={title} />
      {tried.outside > 0 ? (
        <Note tone="bad" live>
          {t('border.outside_community', { n: formatNumber(tried.outside) })}
        </Note>
      ) : (
        <Note tone={faults > 0 ? 'warn' : 'good'} live>
          {t(faults > 0 ? 'borders.look_first' : 'borders.looks_right')}
        </Note>
      )}
      <Two
        side={
          <>
            <DeskCard title={t('borders.would_lie')}>
              <FitWords view={view} fit={tried.fit} grids={others.length + 1} />
            </DeskCard>
            <DeskCard title={t('borders.about')} flush>
              <Lines
                stacks
                items={[
                  ...(of === 'outline' ? [] : [{ name: t('borders.field.name'), value: body.name ?? '' }]),
                  { name: t('borders.size'), value: t('borders.square_metres', { n: formatNumber(tried.squareMetres) }) },
                  { name: t('borders.corners'), value: String(corners(tried.boundary).length) },
                  { name: t('borders.field.crs'), value: t(`borders.crs.${body.crs}`) },
                  { name: t('borders.field.source'), value: body.source ?? '' },
                  { name: t('borders.field.why'), value: body.why ?? '' },
                ]}
              />
            </DeskCard>
          </>
        }
      >
        <DeskCard title={t('borders.on_map')}>
          <Drawing
            view={view}
            grids={others}
            outline={of === 'outline' ? tried.shape : (ground.outline?.shape ?? null)}
            fit={tried.fit}
            here={{ name: of === 'outline' ? '' : (body.name ?? ''), shape: tried.shape }}
          />
          <Form view={view} action={`/desk/grids/${area}/draw`} idempotencyKey={newKey}>
            <input type="hidden" name="of" value={of} />
            {FIELDS.filter((name) => name !== 'file').map((name) => (
              <input key={name} type="hidden" name={name} value={body[name] ?? ''} />
            ))}
            <p class="k-actions">
              {tried.outside === 0 && (
                <button class="btn btn-primary" type="submit" name="act" value="keep">
                  {t(faults > 0 ? 'borders.keep_all_the_same' : 'borders.keep')}
                </button>
              )}
              <button class="btn" type="submit" name="act" value="back">
                {t('borders.back')}
              </button>
            </p>
          </Form>
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
