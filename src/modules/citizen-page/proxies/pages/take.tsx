import { Actions, Button, type Errors, Form, PageHead, paths, ResidentPage, TextField, type View } from '../../../../ui/index.ts'

export function TakePage({ view, code, newKey, errors }: { view: View; code: string; newKey: string; errors?: Errors }) {
  const { t } = view
  return (
    <ResidentPage
      view={view}
      title={t('proxies.take_title')}
      back={{ href: paths.proxies, label: t('proxies.title') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('proxies.take_title')} lead={t('proxies.take_lead')} />
      <Form view={view} action={`${paths.proxies}/take`} idempotencyKey={newKey}>
        <TextField
          view={view}
          name="code"
          label={t('proxies.code_label')}
          hint={t('proxies.code_hint')}
          value={code}
          autocomplete="off"
          spellcheck={false}
          {...(errors ? { errors } : {})}
        />
        <Actions>
          <Button>{t('proxies.take_go')}</Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}
