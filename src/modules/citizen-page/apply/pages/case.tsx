import { type OwnCase, questionsFor } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  CheckList,
  Details,
  type Errors,
  Form,
  Inset,
  Link,
  PageHead,
  paths,
  Rating,
  ResidentPage,
  Row,
  Rows,
  Section,
  SummaryCard,
  Text,
  Timeline,
  Verdict,
  type View,
} from '../../../../ui/index.ts'
import { answerText } from '../answers.tsx'
import { checksOf } from '../conditions.ts'
import { courseOf, shownGrade } from '../course.ts'
import { StatusTag } from './cases.tsx'
import { Decision } from './decision.tsx'
import { Lapsed } from './lapsed.tsx'
import { Materials } from './materials.tsx'
import { Months } from './months.tsx'
import { Now } from './now.tsx'

export interface CaseProps {
  view: View
  own: OwnCase
  /** The pack whose procedure the case follows. */
  pack: LoadedPack
  /** The newest: what conditions are judged by. */
  newest: LoadedPack
  now: Date
  errors: Errors
  formKey: string
}

/** Who sent it for her, and how she stops it: the case, and whoever acts for her. */
function ByProxy({ view, own: { found, timeline, may } }: CaseProps) {
  const { t } = view
  const { proxyId, proxyName } = timeline[0]?.payload ?? {}
  if (!proxyId || !['received', 'correcting', 'accepted', 'paused'].includes(found.state.status)) return null
  return (
    <Inset>
      <p>{t('own.by_proxy', { name: String(proxyName ?? 'none') })}</p>
      {may.withdraw && (
        <p>
          <Link href={`/me/cases/${found.id}/withdrawal`}>{t('own.withdraw.link')}</Link>
        </p>
      )}
      <p>
        <Link href={paths.proxies}>{t('own.by_proxy_end')}</Link>
      </p>
    </Inset>
  )
}

/** Her own word to the check, which nobody who acts for her can give: what is looked at, and the two ways. */
function OwnWord({ view, own: { found, matter, may }, formKey }: CaseProps) {
  if (!may.agree) return null
  const { t, lang } = view
  return (
    <Card found>
      <h2>{t('own.agree.title')}</h2>
      <p>{t('own.agree.text', { matter: pick(matter.name, lang) })}</p>
      <Form view={view} action={`/me/cases/${found.id}/agreement`} idempotencyKey={`${formKey}-agree`}>
        <Actions>
          <Button>{t('own.agree.button')}</Button>
        </Actions>
      </Form>
      <Text quiet>{t('own.agree.paper', { phone: matter.catalogue.link_way })}</Text>
    </Card>
  )
}

/** One's own case: what to do now, by when it is answered, how it got here, and everything that belongs to it. */
export function CasePage(props: CaseProps) {
  const { view, own, newest, errors, formKey } = props
  const { found, matter, may } = own
  const { t, lang } = view
  const running = ['received', 'correcting', 'accepted', 'paused'].includes(found.state.status)
  return (
    <ResidentPage view={view} title={pick(matter.name, lang)} back={{ href: '/me/cases', label: t('own.title') }} errors={errors}>
      <PageHead
        title={pick(matter.name, lang)}
        caption={t('own.number', { number: found.number })}
        tag={<StatusTag view={view} status={found.state.status} />}
      />
      <ByProxy {...props} />
      <OwnWord {...props} />
      <Now {...props} />
      {running && !found.state.lapseBasis && <Lapsed view={view} lapse={own.lapsed} running />}
      {found.state.outcome && <Decision {...props} />}
      <Months view={view} own={own} newest={newest} />
      <Rated view={view} own={own} />
      {may.rate && (
        <Card>
          <Form view={view} action={`/me/cases/${found.id}/rating`} idempotencyKey={formKey}>
            <Rating view={view} name="grade" hint={t('own.rate.hint')} errors={errors} />
            <Button kind="secondary">{t('own.rate.send')}</Button>
          </Form>
        </Card>
      )}
      <Course view={view} own={own} newest={newest} />
      <Materials view={view} own={own} />
      {own.checked.lines.length > 0 && (
        <Details title={t('own.conditions')}>
          <Text>{t('apply.conditions.person_decides')}</Text>
          <CheckList view={view} checks={checksOf(view, newest, own.checked)} />
        </Details>
      )}
      {Object.keys(own.answers).length > 0 && (
        <Details title={t('own.answers')}>
          <SummaryCard
            title={t('own.answers')}
            facts={questionsFor(matter, own.answers).map((q) => ({
              name: pick(q.ask, lang),
              value: answerText(view, q, own.answers[q.code] as never, own, own.materials),
            }))}
          />
        </Details>
      )}
      <Further {...props} />
    </ResidentPage>
  )
}

/** Thanks, what she said, and what becomes of it. */
function Rated({ view: { t }, own: { found, matter } }: Pick<CaseProps, 'view' | 'own'>) {
  const { rating } = found.state
  if (rating === null) return null
  const grade = shownGrade(rating)
  return (
    <div id="rated">
      <Verdict tone="good" title={t('own.rated.title')}>
        <p>{t('own.rated.given', { grade: t(`ui.rating.${grade}`) })}</p>
        <p>{t('own.rated.kept')}</p>
        {grade <= 2 && <p>{t('own.rated.unhappy', { phone: matter.catalogue.link_way, number: found.number })}</p>}
      </Verdict>
    </div>
  )
}

function Course({ view, own, newest }: Pick<CaseProps, 'view' | 'own' | 'newest'>) {
  const kinds = newest.pack.documents.kinds
  return (
    <Section title={view.t('own.course.title')} id="course">
      <Timeline
        view={view}
        entries={courseOf(view, own).map(({ state, title, note, documents }) => ({
          state,
          title,
          note,
          children:
            documents.length > 0
              ? documents.map((d) => (
                  <Button key={d.id} kind="secondary" small href={`/documents/${d.id}`} icon="file">
                    {pick(kinds.find((k) => k.code === d.kind)?.title ?? { zh: d.number, en: d.number }, view.lang)}
                    {d.voidAt && view.t(d.voidWhy === 'superseded' ? 'own.course.superseded' : 'own.course.void')}
                  </Button>
                ))
              : undefined,
        }))}
      />
    </Section>
  )
}

function Further({ view, own: { found, matter, may, checked } }: CaseProps) {
  const { t } = view
  const { link_way, supervise_way } = matter.catalogue
  return (
    <Rows label={t('own.further')}>
      {(checked.lines.length > 0 || found.about !== '') && (
        <Row
          icon="info"
          href={`/me/cases/${found.id}/why`}
          title={t(found.about === '' ? 'explanations.own.link' : 'explanations.line.link')}
          note={t(found.about === '' ? 'explanations.own.link_note' : 'explanations.line.link_note')}
        />
      )}
      <Row
        icon="phone"
        {...(/^[0-9-]+$/.test(link_way) ? { href: `tel:${link_way}` } : {})}
        title={t('own.ask.title')}
        note={t('own.ask.text', { number: found.number, phone: link_way })}
      />
      <Row icon="clock" title={t('own.late.title')} note={t('own.late.text', { phone: pick(supervise_way, view.lang) })} />
      {may.withdraw && (
        <Row icon="x" href={`/me/cases/${found.id}/withdrawal`} title={t('own.withdraw.link')} note={t('own.withdraw.until')} />
      )}
    </Rows>
  )
}
