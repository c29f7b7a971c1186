import { Actions, Button, Inset, PageHead, paths, ResidentPage, Text, type View } from '../../../../ui/index.ts'

/** The code, this once: only its hash is kept. */
export function CodePage({ view, code, days }: { view: View; code: string; days: number }) {
  const { t } = view
  return (
    <ResidentPage view={view} title={t('proxies.code_title')} back={{ href: paths.proxies, label: t('proxies.title') }}>
      <PageHead title={t('proxies.code_title')} lead={t('proxies.code_lead', { days })} />
      <Inset>
        <code class="k-proxy-code">{code}</code>
      </Inset>
      <Text>{t('proxies.code_once')}</Text>
      <Actions>
        <Button href={paths.proxies}>{t('proxies.code_done')}</Button>
      </Actions>
    </ResidentPage>
  )
}
