/** The ground of one community as a drawing without script: its border, its grids, where two overlap and where none is. */
import { formatNumber, type View } from '../../../../ui/index.ts'
import { type Position, pathOf, ringsOf, sheetOf, WIDTH } from '../../pages/sheet.ts'
import type { Border, Fit } from '../border.ts'

export interface DrawingProps {
  view: View
  grids: readonly { id: string; name: string; shape: Border }[]
  outline: Border | null
  fit: Fit
  /** What is being looked at, over the others. */
  here?: { name: string; shape: Border }
  homes?: readonly { lon: number; lat: number }[]
}

export function Drawing({ view, grids, outline, fit, here, homes = [] }: DrawingProps) {
  const { t } = view
  const shapes = [...grids.map(({ shape }) => shape), ...(outline ? [outline] : []), ...(here ? [here.shape] : [])]
  const sheet = sheetOf(shapes.flatMap((shape) => ringsOf(shape).flat() as unknown as Position[]))
  if (!sheet) return null
  const kinds = [
    { name: 'outline', there: outline !== null },
    { name: 'this', there: here !== undefined },
    { name: 'overlap', there: fit.overlaps.length + fit.outside.length > 0 },
    { name: 'gap', there: fit.gaps.length > 0 },
  ].filter(({ there }) => there)
  return (
    <figure class="k-ground">
      <svg viewBox={`0 0 ${WIDTH} ${sheet.height}`} role="img" aria-label={t('borders.drawing', { n: grids.length })}>
        {grids.map(({ id, shape }) => (
          <path key={id} class="k-ground__grid" d={pathOf(sheet, shape)} />
        ))}
        {here && <path class="k-ground__this" d={pathOf(sheet, here.shape)} />}
        {fit.gaps.map(({ shape }) => (
          <path key={pathOf(sheet, shape)} class="k-ground__gap" d={pathOf(sheet, shape)} />
        ))}
        {[...fit.overlaps, ...fit.outside].map(({ shape }) => (
          <path key={pathOf(sheet, shape)} class="k-ground__overlap" d={pathOf(sheet, shape)} />
        ))}
        {outline && <path class="k-ground__outline" d={pathOf(sheet, outline)} />}
        {homes.map(({ lon, lat }) => {
          const [x, y] = sheet.at([lon, lat])
          return <circle key={`${lon} ${lat}`} class="k-ground__home" cx={x} cy={y} r="3" />
        })}
        {[...grids, ...(here ? [here] : [])].map(({ name, shape }) => {
          const [x, y] = sheet.at(middleOf(shape))
          return (
            <text key={name} class="k-ground__name" x={x} y={y} text-anchor="middle">
              {name}
            </text>
          )
        })}
      </svg>
      <figcaption>
        <ul class="k-ground__key">
          {kinds.map(({ name }) => (
            <li key={name}>
              <svg viewBox="0 0 22 16" aria-hidden="true">
                <rect class={`k-ground__${name}`} x="2" y="2" width="18" height="12" />
              </svg>
              {t(`borders.key.${name}`)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

const middleOf = (shape: Border): Position => {
  const positions = ringsOf(shape).flat()
  const middle = (all: number[]) => (Math.min(...all) + Math.max(...all)) / 2
  return [middle(positions.map(([lon]) => lon!)), middle(positions.map(([, lat]) => lat!))]
}

/** The same in words: nothing on the drawing is said by colour alone. */
export function FitWords({ view, fit, grids }: { view: View; fit: Fit; grids: number }) {
  const { t } = view
  const n = (squareMetres: number) => formatNumber(squareMetres)
  const lines = [
    ...fit.overlaps.map(({ one, other, squareMetres }) => t('borders.overlap', { one, other, n: n(squareMetres) })),
    ...fit.outside.map(({ one, squareMetres }) => t('borders.outside', { one, n: n(squareMetres) })),
    ...(fit.gaps.length > 0
      ? [t('borders.gaps', { n: fit.gaps.length, sizes: fit.gaps.map((gap) => n(gap.squareMetres)).join(t('desk.join')) })]
      : []),
  ]
  const fine = fit.outlineKnown ? t('borders.whole') : t('borders.whole_as_far')
  return (
    <>
      {lines.length > 0 ? (
        <ul class="k-fit">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        <p>{grids === 0 ? t('borders.no_grids') : fine}</p>
      )}
      {!fit.outlineKnown && grids > 0 && <p class="k-quiet">{t('borders.outline_unknown')}</p>}
    </>
  )
}

export const faultsOf = ({ overlaps, gaps, outside }: Fit): number => overlaps.length + gaps.length + outside.length
