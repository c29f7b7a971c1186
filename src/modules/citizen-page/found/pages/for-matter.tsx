import type { Proxied } from '../../../../core/access/index.ts'
import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import type { FoundPage } from '../../../../core/outreach/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, type Errors, Form, Inset, PageHead, ResidentPage, Text, type View } from '../../../../ui/index.ts'
import { Lapsed } from '../../apply/pages/lapsed.tsx'
import type { Typed } from '../../apply/request.ts'
import { ConfirmForm } from './confirm.tsx'
import { Answer, Reasons } from './matter.tsx'

interface ForMatterProps {
  view: View
  pack: LoadedPack
  matter: Matter
  actor: Proxied
  own: FoundPage
  typed: Typed
  errors: Errors
  formKey: string
}

/** The same page for whoever acts for her: what she cannot confirm for the other, she is told how it is done. */
export function ForMatterPage({ view, pack, matter, actor, own, typed, errors, formKey }: ForMatterProps) {
  const { t, lang } = view
  const { name } = actor
  const why = own.found.running ? null : own.found.standing === 'gone' ? 'gone' : typeof own.page === 'string' ? own.page : null
  return (
    <ResidentPage
      view={view}
      title={pick(matter.name, lang)}
      back={{ href: `/for/${actor.proxyId}`, label: t('proxies.for', { name }) }}
      errors={errors}
    >
      <PageHead title={pick(matter.name, lang)} caption={t('found.proxy.title', { name })} lead={pick(matter.summary, lang)} />
      <Inset>{t('proxies.she_sees', { name })}</Inset>
      <Answer view={view} own={own} name={name} />
      <Reasons view={view} pack={pack} own={own} name={name} />
      <Lapsed view={view} lapse={pack.lapseOf(matter.code, view.today)} />
      {why && <Inset>{t(`found.proxy.${why}`, { name })}</Inset>}
      {(why === 'ordinary' || why === 'gone') && (
        <Form view={view} action={`/for/${actor.proxyId}/apply`} idempotencyKey={formKey}>
          <input type="hidden" name="matter" value={matter.code} />
          <Actions>
            <Button icon="pen">{t('proxies.apply', { name })}</Button>
          </Actions>
        </Form>
      )}
      {!why && !own.found.running && (
        <>
          <ConfirmForm
            view={view}
            pack={pack}
            own={own}
            action={`/for/${actor.proxyId}/found/${matter.code}`}
            typed={typed}
            errors={errors}
            formKey={formKey}
            name={name}
          />
          <Text quiet>{t('found.proxy.wrong', { name })}</Text>
        </>
      )}
    </ResidentPage>
  )
}
