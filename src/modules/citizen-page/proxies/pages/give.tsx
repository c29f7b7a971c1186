import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Checkboxes,
  DateField,
  type Errors,
  Form,
  PageHead,
  paths,
  ResidentPage,
  type View,
} from '../../../../ui/index.ts'

interface GiveProps {
  view: View
  pack: LoadedPack
  matters: string[]
  until: { year: string; month: string; day: string }
  newKey: string
  errors?: Errors
}

/** What somebody may do for me, and until when. Nothing is ticked beforehand. */
export function GivePage({ view, pack, matters, until, newKey, errors }: GiveProps) {
  const { t, lang } = view
  return (
    <ResidentPage
      view={view}
      title={t('proxies.give_title')}
      back={{ href: paths.proxies, label: t('proxies.title') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('proxies.give_title')} lead={t('proxies.give_lead')} />
      <Form view={view} action={`${paths.proxies}/new`} idempotencyKey={newKey}>
        <Checkboxes
          view={view}
          name="matters"
          label={t('proxies.which')}
          values={matters}
          options={pack.begun.map((matter) => ({ value: matter.code, label: pick(matter.name, lang) }))}
          {...(errors ? { errors } : {})}
        />
        <DateField
          view={view}
          name="validTo"
          label={t('proxies.until')}
          hint={t('proxies.until_hint')}
          value={until}
          {...(errors ? { errors } : {})}
        />
        <Actions>
          <Button>{t('proxies.make_code')}</Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}
