import type { OwnIdentity } from '../../../../core/people/index.ts'
import { Facts, formatDay, Link, PageHead, paths, ResidentPage, Section, Text, type View } from '../../../../ui/index.ts'

export interface DetailsProps {
  view: View
  own: OwnIdentity
  areaName: (code: string) => string
}

/** What is on file about oneself, without stars. */
export function DetailsPage({ view, own, areaName }: DetailsProps) {
  const { t } = view
  const none = t('own_account.not_known')
  const { facts } = own
  return (
    <ResidentPage view={view} title={t('own_account.details')} back={{ href: paths.security, label: t('own_account.title') }}>
      <PageHead title={t('own_account.details')} lead={t('own_account.details_lead')} />
      <Facts
        facts={[
          { name: t('own_account.fact.name'), value: own.name },
          { name: t('own_account.fact.id_number'), value: own.idNumber ?? none },
          { name: t('own_account.fact.phone'), value: own.phone ?? none },
          { name: t('own_account.fact.born_on'), value: facts.born_on ? formatDay(facts.born_on, view.lang) : none },
          { name: t('own_account.fact.home'), value: facts.dwelling?.address ?? (areaName(facts.living_area ?? '') || none) },
          {
            name: t('own_account.fact.account'),
            value: own.account?.number ?? none,
            ...(own.account?.bank ? { source: own.account.bank } : {}),
          },
        ]}
      />
      {own.account && (
        <Section>
          <Link href="/me/bank">{t('own_account.change_bank')}</Link>
        </Section>
      )}
      <Text quiet>{t('own_account.details_wrong')}</Text>
    </ResidentPage>
  )
}
