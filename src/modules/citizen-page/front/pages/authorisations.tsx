import type { OwnAuthorisation } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Confirm,
  Empty,
  Facts,
  formatDate,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Stack,
  Tick,
  type View,
} from '../../../../ui/index.ts'

interface ListProps {
  view: View
  pack: LoadedPack
  asked: readonly OwnAuthorisation[]
}

export function AuthorisationsPage({ view, pack, asked }: ListProps) {
  const { t } = view
  const waiting = asked.filter((one) => one.authorisedAt === null)
  const given = asked.filter((one) => one.authorisedAt !== null)
  return (
    <ResidentPage view={view} title={t('front.authorisations.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead title={t('front.authorisations.title')} lead={t('front.authorisations.lead')} />
      {waiting.length > 0 ? (
        <Stack>
          {waiting.map((one) => (
            <Card key={one.id}>
              <h2>{matterName(view, pack, one)}</h2>
              <What view={view} asked={one} />
              <Actions>
                <Button href={`/me/authorisations/${one.id}`}>{t('front.authorisations.look')}</Button>
              </Actions>
            </Card>
          ))}
        </Stack>
      ) : (
        <Empty icon="key" title={t('front.authorisations.none')} next={{ href: paths.home, label: t('front.to_home') }} />
      )}
      {given.length > 0 && (
        <Section id="given" title={t('front.authorisations.given')}>
          <Rows>
            {given.map((one) => (
              <Row
                key={one.id}
                icon="check"
                title={matterName(view, pack, one)}
                note={t('front.authorisations.given_note', { number: one.caseNumber, on: givenOn(view, one) })}
              />
            ))}
          </Rows>
        </Section>
      )}
    </ResidentPage>
  )
}

/** What is asked, for which case, and for no other. Whose case it is stands on no page of another adult. */
const What = ({ view, asked }: { view: View; asked: OwnAuthorisation }) => (
  <Facts
    facts={[
      { name: view.t('front.authorisations.what'), value: view.t('front.authorisations.what_text') },
      {
        name: view.t('front.authorisations.case'),
        value: <span class="num">{asked.caseNumber}</span>,
        source: view.t('front.authorisations.only'),
      },
      { name: view.t('front.authorisations.else'), value: view.t('front.authorisations.else_text') },
    ]}
  />
)

export function AuthorisationPage({
  view,
  pack,
  asked,
  formKey,
}: {
  view: View
  pack: LoadedPack
  asked: OwnAuthorisation
  formKey: string
}) {
  const { t } = view
  const title = t('front.authorisation.title')
  return (
    <ResidentPage view={view} title={title} back={{ href: '/me/authorisations', label: t('front.authorisations.title') }}>
      {asked.authorisedAt ? (
        <Card>
          <h1 class="govuk-heading-l">{t('front.authorisation.done')}</h1>
          <Tick>{t('front.authorisations.given_note', { number: asked.caseNumber, on: givenOn(view, asked) })}</Tick>
        </Card>
      ) : (
        <>
          <Confirm
            view={view}
            title={title}
            text={t('front.authorisation.text', { matter: matterName(view, pack, asked), number: asked.caseNumber })}
            action={`/me/authorisations/${asked.id}`}
            idempotencyKey={formKey}
            yes={t('front.authorisation.yes')}
            no={{ href: '/me/authorisations', label: t('front.authorisation.no') }}
          />
          <Section id="what" title={t('front.authorisation.more')}>
            <Card flush>
              <What view={view} asked={asked} />
            </Card>
          </Section>
        </>
      )}
    </ResidentPage>
  )
}

const givenOn = ({ lang, today }: View, { authorisedAt }: OwnAuthorisation): string =>
  authorisedAt ? formatDate(dayOf(authorisedAt), lang, today) : ''

const matterName = (view: View, pack: LoadedPack, { matterCode }: OwnAuthorisation): string => {
  const matter = pack.matters.find((one) => one.code === matterCode)
  return matter ? pick(matter.name, view.lang) : matterCode
}
