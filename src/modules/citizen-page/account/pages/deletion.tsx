import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { OwnKeeping, RetentionClass, Stay } from '../../../../core/retention/index.ts'
import { type HeldFactors, hasFactor } from '../../../../platform/accounts/index.ts'
import type { Day } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Form,
  formatDay,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'

export interface DeletionProps {
  view: View
  pack: LoadedPack
  keeping: OwnKeeping
  /** If she asks today. */
  on: Day
  /** Masked. */
  phone: string
  email: string | null
  held: HeldFactors
  bound: boolean
  /** The number may have another owner by now. */
  doubted: boolean
  /** Basis of a hold. */
  waits: string | null
  /** How she shows that it is she: a factor that she has, one that she showed just now, or a code to her phone. */
  proof: 'factor' | 'shown' | 'code'
}

/** What goes and what stays, of this account. */
export function DeletionPage(props: DeletionProps) {
  const { view, keeping, on, phone, waits, doubted, proof } = props
  const { t } = view
  const day = formatDay(on, view.lang, view.today)
  return (
    <ResidentPage view={view} title={t('deletion.title')} back={{ href: paths.security, label: t('own_account.title') }}>
      <PageHead title={t('deletion.title')} lead={t('deletion.lead', { day })} />
      {waits && <Inset>{t('deletion.waits', { basis: waits })}</Inset>}
      <Goes {...props} day={day} />
      <Stays {...props} />
      <Section id="how" title={t('deletion.how')}>
        <ul class="govuk-list govuk-list--bullet">
          <li>{t('deletion.how_now')}</li>
          <li>{t('deletion.how_undo', { phone, day })}</li>
          <li>{t('deletion.how_told')}</li>
          {keeping.cases.some((one) => one.open) && <li>{t('deletion.how_cases', { hotline: view.hotline ?? '' })}</li>}
        </ul>
      </Section>
      {doubted ? <Inset>{t('account.phone_doubted')}</Inset> : <Proof view={view} phone={phone} proof={proof} />}
    </ResidentPage>
  )
}

function Proof({ view, phone, proof }: Pick<DeletionProps, 'view' | 'phone' | 'proof'>) {
  const { t } = view
  if (proof === 'code')
    return (
      <Form view={view} action={`${paths.deletion}/code`}>
        <Text>{t('deletion.by_code', { phone })}</Text>
        <Actions>
          <Button kind="danger">{t('deletion.send')}</Button>
          <Button kind="secondary" href={paths.security}>
            {t('deletion.no')}
          </Button>
        </Actions>
      </Form>
    )
  const last = `${paths.deletion}/last`
  return (
    <>
      {proof === 'factor' && <Text>{t('deletion.by_factor')}</Text>}
      <Actions>
        <Button kind="danger" href={proof === 'shown' ? last : `${paths.confirm}?${new URLSearchParams({ next: last })}`}>
          {t('deletion.go')}
        </Button>
        <Button kind="secondary" href={paths.security}>
          {t('deletion.no')}
        </Button>
      </Actions>
    </>
  )
}

function Goes({ view, pack, keeping, phone, email, held, bound, day }: DeletionProps & { day: string }) {
  const { t, lang } = view
  const matters = keeping.drafts.map(({ matter }) => matterName(pack, matter, lang))
  return (
    <Section id="goes" title={t('deletion.goes', { day })}>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('deletion.goes_phone', { phone })}</li>
        {hasFactor(held) && <li>{t('deletion.goes_factors')}</li>}
        {email && <li>{t('deletion.goes_email', { email })}</li>}
        {matters.length > 0 && (
          <li>{t('deletion.goes_drafts', { n: matters.length, matters: matters.join(t('deletion.and')) })}</li>
        )}
        <li>{t('deletion.goes_settings')}</li>
        {bound && <li>{t('deletion.goes_binding')}</li>}
      </ul>
    </Section>
  )
}

function Stays({ view, pack, keeping, bound }: DeletionProps) {
  const { t, lang } = view
  const unread = [...keeping.classes, ...keeping.cases.flatMap(({ stays }) => stays.map((one) => one.class))].some(
    ({ verified }) => !verified,
  )
  const about = (n: number, kind: string) => {
    const found = keeping.classes.find((one) => one.kind === kind)
    return found && n > 0 ? <li key={kind}>{t(`deletion.stays_${kind}`, { n, ...forms(view, pack, found) })}</li> : null
  }
  return (
    <Section id="stays" title={t('deletion.stays')}>
      <Text>{t(bound ? 'deletion.stays_note' : 'deletion.stays_nothing')}</Text>
      {keeping.cases.map((one) => (
        <Card key={one.id}>
          <h3>
            {matterName(pack, one.matter, lang)} <span class="num">{one.number}</span>
          </h3>
          <Text>
            {t(one.open ? 'deletion.case_runs' : one.papers > 0 ? 'deletion.case_with_papers' : 'deletion.case', {
              n: one.papers,
            })}
          </Text>
          <ul class="govuk-list k-quiet">
            {one.stays.map((stay) => (
              <li key={stay.class.code}>{stayLine(view, pack, stay)}</li>
            ))}
          </ul>
        </Card>
      ))}
      {bound && (
        <ul class="govuk-list govuk-list--bullet">
          {about(1, 'person-without-tie')}
          {about(keeping.messages, 'message')}
          {about(keeping.looks, 'looks-month')}
          {about(1, 'ended-binding')}
          {about(1, 'acts-month')}
        </ul>
      )}
      {unread && <Text quiet>{t('deletion.unread')}</Text>}
    </Section>
  )
}

const matterName = (pack: LoadedPack, code: string, lang: View['lang']): string => {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, lang) : code
}

/** Name, basis and period of a class, for a sentence. */
function forms({ t, lang }: View, { pack }: LoadedPack, { name, basis, period }: RetentionClass) {
  const title = pack.bases.find(({ code }) => code === basis.document)?.title
  return {
    class: pick(name, lang),
    basis: basis.clause === 'promise' ? t('deletion.promise') : title ? pick(title, lang) : basis.document,
    period: t('deletion.period', { n: period.value, unit: period.unit }),
  }
}

function stayLine(view: View, pack: LoadedPack, { class: one, until }: Stay): string {
  const params = { ...forms(view, pack, one), end: one.ends, day: until ? formatDay(until, view.lang) : '' }
  return view.t(until ? 'deletion.stay_until' : 'deletion.stay_after', params)
}
