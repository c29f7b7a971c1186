import type { OwnProxy } from '../../../../core/access/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  type Errors,
  Form,
  formatDate,
  formatDateTime,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  Tick,
  type View,
} from '../../../../ui/index.ts'

interface ProxiesProps {
  view: View
  pack: LoadedPack
  proxies: readonly OwnProxy[]
  newKey: string
  done: string | undefined
  errors?: Errors
}

export const mattersText = (view: View, pack: LoadedPack, codes: readonly string[]): string =>
  codes
    .map((code) => pack.matters.find((matter) => matter.code === code))
    .map((matter) => (matter ? pick(matter.name, view.lang) : ''))
    .filter((name) => name !== '')
    .join(view.t('proxies.join'))

/** Who acts for me, and for whom I act. */
export function ProxiesPage({ view, pack, proxies, newKey, done, errors }: ProxiesProps) {
  const { t } = view
  const mine = proxies.filter((one) => one.side === 'principal' && one.state !== 'over')
  const others = proxies.filter((one) => one.side === 'proxy' && one.state === 'running')
  return (
    <ResidentPage
      view={view}
      title={t('proxies.title')}
      back={{ href: paths.me, label: t('ui.me') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('proxies.title')} lead={t('proxies.lead')} />
      {done === 'ended' && <Tick>{t('proxies.ended')}</Tick>}
      {errors?.main && <Inset>{errors.main}</Inset>}
      <Section id="mine" title={t('proxies.mine')}>
        {mine.length === 0 && <Text>{t('proxies.none_mine')}</Text>}
        {mine.map((one) => (
          <One key={one.id} view={view} pack={pack} one={one} newKey={newKey} />
        ))}
        <Actions>
          <Button kind="secondary" href={`${paths.proxies}/new`}>
            {t('proxies.give')}
          </Button>
        </Actions>
        <Text quiet>{t('proxies.at_window')}</Text>
      </Section>
      <Section id="others" title={t('proxies.others')}>
        {others.length === 0 && <Text>{t('proxies.none_others')}</Text>}
        {others.map((one) => (
          <One key={one.id} view={view} pack={pack} one={one} newKey={newKey} />
        ))}
        <Actions>
          <Button kind="secondary" href={`${paths.proxies}/take`}>
            {t('proxies.take')}
          </Button>
        </Actions>
      </Section>
    </ResidentPage>
  )
}

function One({ view, pack, one, newKey }: { view: View; pack: LoadedPack; one: OwnProxy; newKey: string }) {
  const { t, lang, today } = view
  const who = one.name ?? t('proxies.waiting', { until: one.codeUntil ? formatDateTime(one.codeUntil, lang, today) : '' })
  return (
    <Card>
      <h3 class="govuk-heading-s">{who}</h3>
      <Text>
        {t('proxies.what', { matters: mattersText(view, pack, one.matters), until: formatDate(one.validTo, lang, today) })}
      </Text>
      {one.side === 'proxy' && (
        <Actions>
          <Button href={`/for/${one.id}`}>{t('proxies.act', { name: one.name ?? '' })}</Button>
        </Actions>
      )}
      <Form view={view} action={`${paths.proxies}/${one.id}/end`} idempotencyKey={`${newKey}-${one.id.slice(0, 8)}`}>
        <Actions>
          <Button kind="danger">{t('proxies.end')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}
