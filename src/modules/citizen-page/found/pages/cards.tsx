import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { OwnFound } from '../../../../core/outreach/index.ts'
import { Actions, Button, Card, Figure, formatDate, formatYuan, Text, type View } from '../../../../ui/index.ts'
import { fromDay, monthlyFen, nameOf, standingText } from '../saying.ts'

export interface CardProps {
  view: View
  pack: LoadedPack
  found: OwnFound
  /** Where it is looked at. */
  href: string
  /** Of the principal, for a proxy. */
  name?: string
}

/** One benefit that was found: what, how much, how sure, and the way in. */
export function FoundCard({ view, pack, found, href, name }: CardProps) {
  const { t } = view
  return (
    <Card found={found.standing !== 'gone'}>
      <h3 class="govuk-heading-m">{nameOf(view, pack, found.matterCode)}</h3>
      <Monthly view={view} found={found} />
      <Text>{standingText(view, found, name)}</Text>
      <Actions>
        {found.running && !name ? (
          <Button kind="secondary" href={`/me/cases/${found.running.caseId}`}>
            {t('found.to_case')}
          </Button>
        ) : (
          <Button kind="secondary" href={href}>
            {t('found.look')}
            <span class="govuk-visually-hidden"> ({nameOf(view, pack, found.matterCode)})</span>
          </Button>
        )}
      </Actions>
    </Card>
  )
}

export function Monthly({ view, found, note }: { view: View; found: OwnFound; note?: string }) {
  const { t, lang } = view
  const fen = monthlyFen(found)
  if (fen === null) return null
  const from = fromDay(found)
  const said = from ? t('front.own.from_day', { day: formatDate(from, lang, view.today) }) : note
  return (
    <Figure before={t('found.every_month')} value={formatYuan(fen)} unit={t('ui.field.yuan')} {...(said ? { note: said } : {})} />
  )
}
