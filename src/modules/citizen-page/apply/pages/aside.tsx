/** Pages beside the way: identity first, sent already, throw away. */
import type { Draft } from '../../../../core/cases/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Card, Confirm, Facts, Inset, PageHead, ResidentPage, Text, type View } from '../../../../ui/index.ts'
import type { Way } from '../way.ts'

/** What a phone alone cannot do, and how it is made good: once, at a window, with the card. */
export function IdentityPage({ view, draft }: { view: View; draft: Draft }) {
  const { t, lang } = view
  return (
    <ResidentPage
      view={view}
      title={t('apply.identity.needed')}
      back={{ href: `/apply/${draft.id}/check`, label: t('apply.back') }}
    >
      <PageHead title={t('apply.identity.needed')} caption={pick(draft.matter.name, lang)} lead={t('apply.identity.lead')} />
      <Card>
        <h2>{t('apply.identity.do')}</h2>
        <ol>
          <li>{t('apply.identity.step_1')}</li>
          <li>{t('apply.identity.step_2')}</li>
          <li>{t('apply.identity.step_3')}</li>
        </ol>
        <Facts
          facts={draft.matter.places.map((place) => ({
            name: t('apply.identity.where'),
            value: pick(place.name, lang),
            source: pick(place.hours, lang),
          }))}
        />
      </Card>
      <Inset>{t('apply.identity.kept')}</Inset>
      <Actions>
        <Button href="/me/cases">{t('apply.to_cases')}</Button>
      </Actions>
    </ResidentPage>
  )
}

/** Sent once already: says so, and leads to what came of it. */
export const AlreadyPage = ({ view, message, to }: { view: View; message: string; to: { href: string; label: string } }) => (
  <ResidentPage view={view} title={view.t('apply.already.title')}>
    <PageHead title={view.t('apply.already.title')} lead={message} />
    <Text quiet>{view.t('apply.already.text')}</Text>
    <Actions>
      <Button href={to.href}>{to.label}</Button>
    </Actions>
  </ResidentPage>
)

export const DiscardPage = ({ view, draft, way, formKey }: { view: View; draft: Draft; way: Way; formKey: string }) => (
  <ResidentPage view={view} title={view.t('apply.discard.title')}>
    <Confirm
      view={view}
      title={view.t('apply.discard.title')}
      text={view.t('apply.discard.text', { matter: pick(draft.matter.name, view.lang) })}
      action={`${way.draft}/discard`}
      yes={view.t('apply.discard.yes')}
      no={{ href: way.home, label: view.t('apply.discard.no') }}
      danger
      idempotencyKey={formKey}
    />
  </ResidentPage>
)
