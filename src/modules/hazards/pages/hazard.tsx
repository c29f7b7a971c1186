import { type LoadedPack, officeIn, organisationIn } from '../../../core/matters/index.ts'
import {
  ActionList,
  type Action as Button,
  Datagrid,
  DeskCard,
  DeskTag,
  DeskTimeline,
  DocumentList,
  DueCell,
  Lines,
  Note,
  Two,
} from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate, formatDateTime, type View } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { acts, isAct } from '../desk/acts.ts'
import { courseLine, dueOf, kindName, stageWords, statusTone, whyParams } from '../desk/saying.ts'
import { type Action, awaits, fiveItems } from '../hazard.ts'
import { standsOf } from '../possible.ts'
import type { HazardPage as ReadPage } from '../use-cases/look.ts'

interface HazardProps extends DeskShell {
  pack: LoadedPack
  page: ReadPage
  now: Date
  done?: string
}

export function HazardPage({ pack, page, now, done, ...shell }: HazardProps) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, timeline } = page
  const { state } = found
  const name = kindName(view, pack, state.kind)
  return (
    <DeskPage {...shell} title={`${name} · ${found.number}`}>
      <DeskHead
        crumbs={[{ href: '/desk/hazards', label: t('hazards.title') }]}
        note={[
          found.number,
          shortArea(view, pack.areaIn(t, lang, found.area)),
          officeIn(pack, view, state.domain, state.handlingArea),
        ].join(' · ')}
        title={
          <>
            {name}{' '}
            <DeskTag tone={statusTone(state.status)}>
              {stageWords(view, pack, { ...standsOf(state), domain: state.domain, handlingArea: state.handlingArea })}
            </DeskTag>{' '}
            {state.grade && (
              <DeskTag tone={state.grade === 'serious' ? 'bad' : 'plain'}>{t(`hazard.grade.${state.grade}`)}</DeskTag>
            )}
          </>
        }
      >
        <div class="d-clock">
          <DueCell view={view} due={dueOf(now, state)} />
        </div>
      </DeskHead>
      {done && isAct(done) && (
        <Note tone="good" live>
          {t('hazards.done', { action: t(`hazard.action.${done}`) })}
        </Note>
      )}
      {state.cameBack > 0 && <Note tone="warn">{t('hazards.came_back', { n: state.cameBack })}</Note>}
      {state.standingOrder && (
        <Note tone="warn">
          {t('hazards.order_stands', { order: t(`hazard.order.${state.standingOrder.order}`), paper: state.standingOrder.paper })}
        </Note>
      )}
      <Two
        first={<NextStep view={view} pack={pack} page={page} />}
        side={
          <DeskCard title={t('hazards.course')}>
            <DeskTimeline
              view={view}
              entries={timeline
                .filter((row) => row.fact !== 'due_recomputed')
                .map((row) => ({ state: 'done' as const, ...courseLine(view, pack, row) }))
                .reverse()}
            />
          </DeskCard>
        }
      >
        {page.reported && (
          <DeskCard title={t('hazards.reported')} note={formatDateTime(page.reported.madeAt, lang, today)}>
            <p>{page.reported.words}</p>
            <p class="k-quiet">{t('hazards.reporter_hidden')}</p>
          </DeskCard>
        )}
        <DeskCard title={t('hazards.facts')}>
          <Datagrid
            facts={[
              { name: t('hazards.field.place'), value: state.place },
              ...(state.placeKind
                ? [{ name: t('hazards.field.placeKind'), value: t(`hazard.place_kind.${state.placeKind}`) }]
                : []),
              { name: t('hazards.keeper'), value: keeperText(view, page) },
              ...(state.failed > 0 ? [{ name: t('hazards.failed'), value: t('hazards.times', { n: state.failed }) }] : []),
              ...(state.lookFrom ? [{ name: t('hazards.look_from'), value: formatDate(state.lookFrom, lang, today) }] : []),
            ]}
          />
          {state.found && <p>{state.found}</p>}
          {state.answer && <p>{state.answer}</p>}
          {page.sameAs && (
            <p>
              <a href={`/desk/hazards/${page.sameAs.id}`}>{t('hazards.same_as', { number: page.sameAs.number })}</a>
            </p>
          )}
        </DeskCard>
        {state.transfer && (
          <DeskCard title={t('hazard.fact.transferred')}>
            <Datagrid
              facts={[
                { name: t('hazards.organ'), value: organisationIn(pack, view, state.transfer.organ) },
                { name: t('hazards.sent_on'), value: formatDate(state.transfer.sentOn, lang, today) },
                { name: t('hazards.receipt'), value: state.transfer.receipt ?? t('hazards.no_receipt') },
                { name: t('hazards.field.reason'), value: state.transfer.reason },
              ]}
            />
          </DeskCard>
        )}
        <DeskCard title={t('hazards.five_items')} {...(state.items ? {} : { note: t('hazards.five_items_none') })}>
          <Lines
            stacks
            items={fiveItems.map((item) => ({
              name: t(`hazard.item.${item}`),
              value: !state.items
                ? t('hazards.not_yet')
                : item === 'until'
                  ? formatDate(state.items.until, lang, today)
                  : state.items[item],
            }))}
          />
        </DeskCard>
        <Papers view={view} page={page} />
      </Two>
    </DeskPage>
  )
}

const keeperText = ({ t }: View, { keeper }: ReadPage): string =>
  keeper ? `${keeper.name}${keeper.known ? t('hazards.keeper_known') : ''}` : t('hazards.keeper_none')

/** Possible acts only, and why the others are not; what the street may not order says who may. */
function NextStep({ view, pack, page }: { view: View; pack: LoadedPack; page: ReadPage }) {
  const { t } = view
  const { id } = page.found
  // What it waits for comes first, and alone is bold.
  const waited = awaits(page.found.state)
  const shown = [...waited, ...(Object.keys(acts) as Action[]).filter((action) => !waited.includes(action))].filter(
    (action) => page.may[action] !== undefined,
  )
  const buttons: Button[] = shown.map((action) => {
    const may = page.may[action]
    const label = t(`hazard.action.${action}`)
    const wide = waited.includes(action)
    if (may === true) return { label, href: `/desk/hazards/${id}/act/${action}`, kind: wide ? 'primary' : 'plain', wide }
    return { label, disabledBecause: t(may ?? 'hazard.not_now', whyParams(view, pack, page)), wide }
  })
  return (
    <DeskCard title={t('hazards.next')} raised>
      {buttons.length > 0 ? <ActionList view={view} actions={buttons} /> : <p>{t('hazards.nothing_to_do')}</p>}
    </DeskCard>
  )
}

function Papers({ view, page }: { view: View; page: ReadPage }) {
  const papers = page.timeline.filter(({ fact }) => fact === 'told' || fact === 'ordered')
  if (papers.length === 0) return null
  return (
    <DeskCard title={view.t('hazards.papers')} flush>
      <DocumentList
        documents={papers.map(({ fact, payload, seq }) => ({
          title: view.t(`hazards.paper.${fact}`),
          number: String(payload.paper),
          href: `/desk/hazards/${page.found.id}/papers/${seq}`,
          open: view.t('hazards.open'),
        }))}
      />
    </DeskCard>
  )
}
