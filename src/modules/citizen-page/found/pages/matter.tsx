import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import type { FoundPage } from '../../../../core/outreach/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  CheckList,
  type Errors,
  Form,
  formatDate,
  Inset,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'
import { Lapsed } from '../../apply/pages/lapsed.tsx'
import type { Typed } from '../../apply/request.ts'
import { changeText, checksOf, standingText } from '../saying.ts'
import { Monthly } from './cards.tsx'
import { ConfirmForm } from './confirm.tsx'
import { Choice } from './list.tsx'

export interface MatterProps {
  view: View
  pack: LoadedPack
  matter: Matter
  own: FoundPage
  typed: Typed
  errors: Errors
  formKey: string
}

/** One benefit that she was found for: how much, why, what is still to be checked, and the one button. */
export function FoundMatterPage(props: MatterProps) {
  const { view, pack, matter, own, errors } = props
  const { t, lang, today } = view
  const { found } = own
  return (
    <ResidentPage
      view={view}
      title={pick(matter.name, lang)}
      back={{ href: paths.found, label: t('found.to_list') }}
      errors={errors}
    >
      <PageHead
        title={pick(matter.name, lang)}
        caption={`${t('found.title')} · ${t('found.day', { day: formatDate(found.day, lang, today) })}`}
        lead={pick(matter.summary, lang)}
      />
      <Answer view={view} own={own} />
      <Reasons view={view} pack={pack} own={own} />
      {matter.conditions.length > 0 && <Link href={`/matters/${matter.code}/why`}>{t('explanations.matter.link')}</Link>}
      <Lapsed view={view} lapse={pack.lapseOf(matter.code, today)} />
      <WayIn {...props} />
      <Section id="stop" title={t(found.stopped ? 'found.stop.choices' : 'found.stop.title')}>
        <Text>{t(found.stopped ? 'found.stop.stopped' : 'found.stop.text')}</Text>
        <Choice view={view} name="" code={matter.code} stopped={found.stopped} newKey={props.formKey} />
      </Section>
    </ResidentPage>
  )
}

export function Answer({ view, own: { found }, name }: { view: View; own: FoundPage; name?: string }) {
  const { t } = view
  const changed = changeText(view, found, name)
  return (
    <Card found={found.standing !== 'gone'}>
      <h2>{standingText(view, found, name)}</h2>
      <Monthly view={view} found={found} note={t('found.by_record')} />
      {changed && <Inset>{changed}</Inset>}
      <p>{name ? t('found.proxy.lead', { name, day: formatDate(found.day, view.lang, view.today) }) : t('found.no_decision')}</p>
    </Card>
  )
}

const SECTIONS = [
  ['not_met', 'unmet'],
  ['met', 'why'],
  ['unknown', 'still'],
] as const

export const Reasons = ({
  view,
  pack,
  own: { found },
  name,
}: {
  view: View
  pack: LoadedPack
  own: FoundPage
  name?: string
}) => (
  <>
    {SECTIONS.map(([state, key]) => {
      const checks = checksOf(view, pack, found, state, name !== undefined)
      if (checks.length === 0) return null
      return (
        <Section key={key} id={key} title={name && key === 'why' ? view.t('found.proxy.why', { name }) : view.t(`found.${key}`)}>
          <Card>
            <CheckList view={view} checks={checks} />
          </Card>
        </Section>
      )
    })}
  </>
)

/** Applied already, one page, or the ordinary way: one of them. */
function WayIn(props: MatterProps) {
  const { view, matter, own, formKey } = props
  const { t } = view
  if (own.found.running)
    return (
      <Actions>
        <Button href={`/me/cases/${own.found.running.caseId}`}>{t('found.to_case')}</Button>
      </Actions>
    )
  const oneStep = typeof own.page !== 'string' && own.found.standing !== 'gone'
  return (
    <>
      {oneStep && <ConfirmForm {...props} action={`${paths.found}/${matter.code}`} />}
      <Form view={view} action="/apply" idempotencyKey={formKey}>
        <input type="hidden" name="matter" value={matter.code} />
        <Text quiet={oneStep}>{t(oneStep ? 'found.page.otherwise' : 'found.page.ordinary')}</Text>
        <Actions>
          <Button kind={oneStep ? 'secondary' : 'primary'}>
            {t(oneStep ? 'found.page.otherwise_button' : 'found.page.ordinary_button')}
          </Button>
        </Actions>
      </Form>
    </>
  )
}
