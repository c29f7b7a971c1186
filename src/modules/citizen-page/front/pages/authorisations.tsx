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
  type Errors,
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
  const waiting = asked.filter((one) => one.authorisedAt === null && !one.over)
  const given = asked.filter((one) => one.authorisedAt !== null)
  return (
    <ResidentPage view={view} title={t('front.authorisations.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead title={t('front.authorisations.title')} lead={t('front.authorisations.lead')} />
      {waiting.length > 0 ? (
        <Stack>
          {waiting.map((one) => (
            <Card key={one.id}>
              <h2>{matterName(view, pack, one)}</h2>
              <What view={view} pack={pack} asked={one} />
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
              <Row key={one.id} icon="check" title={matterName(view, pack, one)} note={givenNote(view, one)} />
            ))}
          </Rows>
        </Section>
      )}
    </ResidentPage>
  )
}

/** Who asks, for what, what is looked at and until when, and that no is an answer. Of the applicant it says the name alone. */
function What({ view, pack, asked }: { view: View; pack: LoadedPack; asked: OwnAuthorisation }) {
  const { t, lang, today } = view
  return (
    <Facts
      facts={[
        { name: t('front.authorisations.who'), value: asked.applicantName },
        { name: t('front.authorisations.matter'), value: matterName(view, pack, asked) },
        { name: t('front.authorisations.on'), value: formatDate(asked.appliedOn, lang, today) },
        { name: t('front.authorisations.what'), value: t('front.authorisations.what_text') },
        {
          name: t('front.authorisations.until'),
          value: t('front.authorisations.until_text'),
          source: t('front.authorisations.only', { number: asked.caseNumber }),
        },
        { name: t('front.authorisations.else'), value: t('front.authorisations.else_text') },
      ]}
    />
  )
}

export function AuthorisationPage({
  view,
  pack,
  asked,
  formKey,
  errors,
}: {
  view: View
  pack: LoadedPack
  asked: OwnAuthorisation
  formKey: string
  errors?: Errors
}) {
  const { t } = view
  const title = t('front.authorisation.title')
  return (
    <ResidentPage
      view={view}
      title={title}
      back={{ href: '/me/authorisations', label: t('front.authorisations.title') }}
      {...(errors ? { errors } : {})}
    >
      {asked.authorisedAt ? (
        <Card>
          <h1 class="govuk-heading-l">{t('front.authorisation.done')}</h1>
          <Tick>{givenNote(view, asked)}</Tick>
        </Card>
      ) : asked.over ? (
        <Card>
          <h1 class="govuk-heading-l">{t('front.authorisation.over')}</h1>
          <p>{t('front.authorisation.over_text', { number: asked.caseNumber })}</p>
        </Card>
      ) : (
        <>
          <Confirm
            view={view}
            title={title}
            text={t('front.authorisation.text', {
              who: asked.applicantName,
              on: formatDate(asked.appliedOn, view.lang, view.today),
              matter: matterName(view, pack, asked),
            })}
            action={`/me/authorisations/${asked.id}`}
            idempotencyKey={formKey}
            yes={t('front.authorisation.yes')}
            no={{ href: '/me/authorisations', label: t('front.authorisation.no') }}
          >
            <p>{t('front.authorisation.free')}</p>
          </Confirm>
          <Section id="what" title={t('front.authorisation.more')}>
            <Card flush>
              <What view={view} pack={pack} asked={asked} />
            </Card>
          </Section>
        </>
      )}
    </ResidentPage>
  )
}

const givenNote = ({ t, lang, today }: View, { authorisedAt, authorisedHow, caseNumber }: OwnAuthorisation): string =>
  t(authorisedHow === 'paper' ? 'front.authorisations.given_paper' : 'front.authorisations.given_note', {
    number: caseNumber,
    on: authorisedAt ? formatDate(dayOf(authorisedAt), lang, today) : '',
  })

const matterName = (view: View, pack: LoadedPack, { matterCode }: OwnAuthorisation): string => {
  const matter = pack.matters.find((one) => one.code === matterCode)
  return matter ? pick(matter.name, view.lang) : matterCode
}
