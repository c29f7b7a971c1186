import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { DeskCard, Lines } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { kindName } from '../desk/saying.ts'
import type { HazardFact } from '../store.ts'
import type { HazardPage } from '../use-cases/look.ts'

interface PaperProps extends DeskShell {
  pack: LoadedPack
  page: HazardPage
  row: HazardFact
}

/** What was told or ordered, to print and hand over. It names who was told and never who reported it. */
export function PaperPage({ pack, page, row, ...shell }: PaperProps) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, keeper } = page
  const { payload } = row
  const title = t(`hazards.paper.${row.fact}`)
  const number = String(payload.paper)
  return (
    <DeskPage {...shell} title={`${title} ${number}`}>
      <DeskHead
        title={title}
        crumbs={[
          { href: '/desk/hazards', label: t('hazards.title') },
          { href: `/desk/hazards/${found.id}`, label: found.number },
        ]}
        note={t('hazards.print')}
      />
      <DeskCard title={`${title} ${number}`}>
        <Lines
          stacks
          items={[
            { name: t('hazards.to'), value: keeper?.name ?? t('hazards.keeper_none') },
            { name: t('hazards.field.place'), value: found.state.place },
            { name: t('hazards.field.kind'), value: kindName(view, pack, found.state.kind) },
            { name: t('hazards.field.found'), value: found.state.found ?? '' },
            ...(payload.order ? [{ name: t('hazards.orders'), value: t(`hazard.order.${payload.order}`) }] : []),
            { name: t('hazards.field.told'), value: String(payload.text) },
            ...(payload.basis ? [{ name: t('hazards.basis'), value: String(payload.basis) }] : []),
            { name: t('hazards.from'), value: organisationIn(pack, view, row.organisationName ?? '') },
            { name: t('hazards.on'), value: formatDate(dayOf(row.recordedAt), lang, today) },
          ]}
        />
        {row.fact === 'told' && <p>{t('hazards.no_order')}</p>}
        {row.fact === 'ordered' && <p>{t('hazards.remedy')}</p>}
        <p class="k-quiet">{t('hazards.no_seal')}</p>
      </DeskCard>
    </DeskPage>
  )
}
