import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import {
  ActionList,
  type Action as Button,
  Datagrid,
  DeskButton,
  DeskCard,
  DeskTag,
  DeskTimeline,
  DueCell,
  Note,
  Two,
} from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, type View } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { acts, isAct } from '../desk/acts.ts'
import {
  answeredWords,
  clockOf,
  courseLine,
  dueOfPart,
  kindName,
  standingOf,
  statusTone,
  statusWords,
  titleOf,
} from '../desk/saying.ts'
import type { May } from '../possible.ts'
import type { WhistlePage as ReadPage } from '../use-cases/look.ts'
import { type Action, type Part, partOf, unitsToRate } from '../whistle.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  page: ReadPage
  now: Date
  done?: string
}

export function WhistlePage({ pack, page, now, done, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, timeline, incident } = page
  const { state } = found
  const named = (name: string): string => organisationIn(pack, view, name)
  return (
    <DeskPage {...shell} title={`${titleOf(state.what)} · ${found.number}`}>
      <DeskHead
        crumbs={[{ href: '/desk/whistles', label: t('whistles.title') }]}
        note={[found.number, kindName(view, pack, state.kind), shortArea(view, pack.areaIn(t, lang, found.area))].join(' · ')}
        title={
          <>
            {titleOf(state.what)} <DeskTag tone={statusTone(state.status)}>{statusWords(view, state)}</DeskTag>
          </>
        }
      />
      {(done === 'blow' || isAct(done ?? '')) && (
        <Note tone="good" live>
          {t('whistles.done', { action: t(done === 'blow' ? 'whistles.blow' : `whistles.action.${done}`) })}
        </Note>
      )}
      <Two
        first={<NextStep view={view} pack={pack} page={page} />}
        side={
          <DeskCard title={t('whistles.course')}>
            <DeskTimeline
              view={view}
              entries={timeline.map((row) => ({ state: 'done' as const, ...courseLine(view, pack, row, state.parts) })).reverse()}
            />
          </DeskCard>
        }
      >
        <DeskCard title={t('whistles.facts')}>
          <p>{state.what}</p>
          <Datagrid
            facts={[
              { name: t('whistles.field.place'), value: found.place },
              {
                name: t('whistles.lead'),
                value: named(state.parts.findLast(({ unitId }) => unitId === state.leadUnitId)?.unitName ?? ''),
              },
              { name: t('whistles.blown_at'), value: formatDateTime(found.blownAt, lang, today) },
              ...(incident
                ? [{ name: t('whistles.incident'), value: <a href={`/desk/incidents/${incident.id}`}>{incident.number}</a> }]
                : []),
            ]}
          />
        </DeskCard>
        {state.parts.map((part) => (
          <PartCard key={part.n} view={view} pack={pack} page={page} part={part} now={now} />
        ))}
      </Two>
    </DeskPage>
  )
}

function PartCard({ view, pack, page, part, now }: { view: View; pack: LoadedPack; page: ReadPage; part: Part; now: Date }) {
  const { t } = view
  const { state } = page.found
  const standing = standingOf(view, part)
  const rating = part.standing === 'done' ? state.ratings.find(({ unitId }) => unitId === part.unitId) : undefined
  const from = part.from === null ? undefined : partOf(state, part.from)
  const waits = state.status === 'open' ? clockOf(part) : 'none'
  return (
    <DeskCard
      title={organisationIn(pack, view, part.unitName)}
      aside={<DeskTag tone={standing.tone}>{standing.words}</DeskTag>}
      {...(part.unitId === state.leadUnitId ? { note: t('whistles.leads') } : {})}
    >
      <p>{part.task}</p>
      {waits !== 'none' && (
        <p>
          {t(`whistles.awaits.${waits}`)} <DueCell view={view} due={dueOfPart(now, part)} />
        </p>
      )}
      {answeredWords(view, part) && <p class="k-quiet">{answeredWords(view, part)}</p>}
      {from && <p class="k-quiet">{t('whistles.came_from', { unit: organisationIn(pack, view, from.unitName) })}</p>}
      {part.dispute && <p>{t('whistles.not_ours', { basis: part.dispute.basis, reason: part.dispute.reason })}</p>}
      {part.decision && (
        <p>{t('whistles.decided', { choice: t(`whistles.choice.${part.decision.choice}`), reason: part.decision.reason })}</p>
      )}
      {rating && <p>{t('whistles.rated', { n: rating.stars, words: rating.words })}</p>}
      <Buttons view={view} page={page} may={page.may.parts[part.n] ?? {}} of={String(part.n)} />
    </DeskCard>
  )
}

function buttonsOf({ t }: View, { found: { id } }: ReadPage, may: May, of: string): Button[] {
  return (Object.keys(acts) as Action[]).flatMap((action): Button[] => {
    const one = may[action]
    if (one === undefined) return []
    const label = t(`whistles.action.${action}`)
    if (one !== true) return [{ label, disabledBecause: t(one) }]
    return [{ label, href: `/desk/whistles/${id}/act/${action}/${of}`, kind: FIRST.has(action) ? 'primary' : 'plain' }]
  })
}
/** What takes it on before what departs from it. */
const FIRST: ReadonlySet<Action> = new Set(['come', 'finish', 'decide', 'close'])

function Buttons({ view, page, may, of }: { view: View; page: ReadPage; may: May; of: string }) {
  const buttons = buttonsOf(view, page, may, of)
  return buttons.length > 0 ? <ActionList view={view} actions={buttons} /> : null
}

/** What the street can do with the whole; of a part it is said where the part stands. */
function NextStep({ view, pack, page }: { view: View; pack: LoadedPack; page: ReadPage }) {
  const { t } = view
  const { found, may } = page
  const whole = buttonsOf(view, page, may.whole, 'all')
  const rate = unitsToRate(found.state).filter(({ unitId }) => may.rate.includes(unitId))
  const onParts = Object.values(may.parts).some((one) => Object.values(one).some((can) => can === true))
  return (
    <DeskCard title={t('whistles.next')} raised>
      {onParts && <p>{t('whistles.see_parts')}</p>}
      {whole.length > 0 && <ActionList view={view} actions={whole} />}
      {rate.length > 0 && (
        <ul class="k-actions">
          {rate.map(({ unitId, unitName }) => (
            <li key={unitId}>
              <DeskButton href={`/desk/whistles/${found.id}/act/rate/${unitId}`}>
                {t('whistles.rate_unit', { unit: organisationIn(pack, view, unitName) })}
              </DeskButton>
            </li>
          ))}
        </ul>
      )}
      {!onParts && whole.length === 0 && rate.length === 0 && <p>{t('whistles.nothing_to_do')}</p>}
    </DeskCard>
  )
}
