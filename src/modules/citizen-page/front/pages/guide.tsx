import type { Checked, DraftLine, OwnCaseLine } from '../../../../core/cases/index.ts'
import { isFromLine, type LoadedPack, type Matter } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Details,
  Form,
  formatDate,
  Inset,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Stack,
  Text,
  Verdict,
  type View,
} from '../../../../ui/index.ts'
import type { Amount } from '../guide.ts'
import type { Visitor } from '../visitor.ts'
import { AmountSection, BasisSection, MaterialsSection, StepsSection, TermsSection } from './guide-parts.tsx'
import { OwnCheck } from './own-check.tsx'

export interface GuideProps {
  view: View
  pack: LoadedPack
  matter: Matter
  visitor: Visitor
  area: string
  formKey: string
  amount: Amount | null
  /** Null for who is not bound to a person, or has no place on record. */
  checked: Checked | null
  running: OwnCaseLine | null
  draft: DraftLine | null
}

export function GuidePage(props: GuideProps) {
  const { view, pack, matter, checked, amount } = props
  const { t, lang } = view
  const group = pack.pack.groups.find((one) => one.code === matter.group)
  return (
    <ResidentPage
      view={view}
      title={pick(matter.name, lang)}
      description={pick(matter.summary, lang)}
      back={{ href: paths.home, label: t('front.to_home') }}
    >
      <PageHead caption={group && pick(group.name, lang)} title={pick(matter.name, lang)} lead={pick(matter.summary, lang)} />
      {lang === 'en' && <Inset>{t('front.guide.chinese_prevails')}</Inset>}
      {checked ? (
        <OwnCheck {...props} checked={checked} after={<LapseNote {...props} />}>
          <Apply {...props} />
        </OwnCheck>
      ) : (
        <>
          <Card found>
            <h2>{t('front.guide.who')}</h2>
            <p>{pick(matter.who, lang)}</p>
            <Apply {...props} />
            {matter.conditions.length > 0 && <Link href={`/matters/${matter.code}/why`}>{t('explanations.matter.link')}</Link>}
          </Card>
          <LapseNote {...props} />
        </>
      )}
      {amount && <AmountSection {...props} amount={amount} />}
      {checked && (
        <Section id="who" title={t('front.guide.who')}>
          <Text>{pick(matter.who, lang)}</Text>
        </Section>
      )}
      <MaterialsSection {...props} />
      <StepsSection {...props} />
      <TermsSection {...props} />
      {matter.guide.length > 0 && (
        <Section id="more" title={t('front.guide.more')}>
          <Stack>
            {matter.guide.map((part) => (
              <Details key={part.title.zh} title={pick(part.title, lang)}>
                {pick(part.body, lang)}
              </Details>
            ))}
          </Stack>
        </Section>
      )}
      <BasisSection {...props} />
    </ResidentPage>
  )
}

/** The text has lapsed: nothing is refused because of it, and the page says what waits. */
function LapseNote({ view, pack, matter }: GuideProps) {
  const { lapsed, since, documents } = pack.lapseOf(matter.code, view.today)
  if (!lapsed || !since) return null
  const names = pack.pack.bases
    .filter((base) => documents.includes(base.code))
    .map((base) => view.t('front.law.plain', { title: pick(base.title, view.lang) }))
  return (
    <Verdict tone="hold" title={view.t('front.guide.lapsed')}>
      <p>
        {view.t('front.guide.lapsed_text', {
          names: names.join(view.t('front.join')),
          since: formatDate(since, view.lang, view.today),
        })}
      </p>
    </Verdict>
  )
}

/** One way in: go on with what was begun, look at what runs, or begin. */
function Apply({ view, pack, matter, visitor, formKey, running, draft }: GuideProps) {
  const { t } = view
  const waits = pack.lapseOf(matter.code, view.today).lapsed && <p class="k-quiet">{t('front.guide.lapsed_short')}</p>
  if (running)
    return (
      <>
        <p>{t('front.guide.running', { number: running.number })}</p>
        <Actions>
          <Button href={`/me/cases/${running.id}`}>{t('front.guide.to_case')}</Button>
        </Actions>
      </>
    )
  if (isFromLine(matter)) return <p>{t('line.from_explanation')}</p>
  if (!matter.catalogue.is_online) return <p>{t('front.guide.only_window')}</p>
  if (visitor === 'nobody')
    return (
      <>
        <Actions>
          <Button href={`${paths.signIn}?${new URLSearchParams({ next: `/matters/${matter.code}` })}`}>
            {t('front.guide.sign_in')}
          </Button>
        </Actions>
        {waits}
      </>
    )
  return (
    <Form view={view} action="/apply" idempotencyKey={formKey}>
      <input type="hidden" name="matter" value={matter.code} />
      <Actions>
        <Button>{t(draft ? 'front.guide.go_on' : 'front.guide.apply')}</Button>
      </Actions>
      {waits}
      {visitor === 'by-phone' && (
        <p class="k-quiet">
          {t('front.guide.bind_later')} <Link href="/privacy">{t('front.guide.why_bind')}</Link>
        </p>
      )}
    </Form>
  )
}
