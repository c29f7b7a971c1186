import type { DraftView } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Checkboxes,
  CheckList,
  type Errors,
  Figure,
  Form,
  formatYuan,
  Inset,
  Link,
  PageHead,
  ResidentPage,
  Section,
  SummaryCard,
  type View,
} from '../../../../ui/index.ts'
import { answerText } from '../answers.tsx'
import { checksOf } from '../conditions.ts'
import type { Way } from '../way.ts'
import { Lapsed } from './lapsed.tsx'
import { NotIssued } from './not-issued.tsx'
import { Changed, Whose } from './question.tsx'
import { WorkingOut } from './working.tsx'

export interface CheckProps {
  view: View
  way: Way
  pack: LoadedPack
  page: DraftView
  errors: Errors
  formKey: string
}

/** Everything once more before it is sent, with what the conditions say. */
export function CheckPage({ view, way, pack, page, errors, formKey }: CheckProps) {
  const { t, lang } = view
  const { draft } = page
  const { matter } = draft
  const of = draft.asked.length + 1
  const last = draft.asked.at(-1)
  return (
    <ResidentPage
      view={view}
      title={t('apply.check.title')}
      {...(last ? { back: { href: `${way.draft}/${last.code}`, label: t('apply.back') } } : {})}
      errors={errors}
    >
      <Whose view={view} way={way} />
      <Changed view={view} changed={draft.changed} />
      <NotIssued view={view} pack={pack} draft={draft} />
      <PageHead title={t('apply.check.title')} caption={t('apply.step', { matter: pick(matter.name, lang), at: of, of })} />
      <Lapsed view={view} lapse={pack.lapseOf(matter.code, view.today)} />
      <div class="k-stack">
        {draft.asked.map((question) => (
          <SummaryCard
            key={question.code}
            title={pick(question.ask, lang)}
            facts={[
              {
                name: t('apply.check.answer'),
                value: answerText(view, question, draft.answers[question.code] as never, page, page.materials),
              },
            ]}
            change={{
              href: `${way.draft}/${question.code}`,
              label: t(page.open.includes(question.code) ? 'apply.check.fill' : 'apply.check.change'),
            }}
          />
        ))}
      </div>
      <NotOnRecord view={view} way={way} pack={pack} page={page} />
      <Conditions view={view} pack={pack} page={page} />
      <Sending view={view} way={way} page={page} errors={errors} formKey={formKey} />
      <Link href={way.later} mid>
        {t('apply.later')}
      </Link>
    </ResidentPage>
  )
}

/** A paper that the registers need not hold: that none was found is said, and what she can do; she may send without it. */
function NotOnRecord({ view, way, pack, page: { notOnRecord, materials } }: Pick<CheckProps, 'view' | 'way' | 'pack' | 'page'>) {
  const { t, lang } = view
  return (
    <>
      {notOnRecord.map(({ code, name, required, obtain }) => {
        const given = materials.filter((file) => file.material === code)
        return (
          <Card key={code} found={given.length === 0 && required}>
            <h2>{t('apply.paper.title', { name: pick(name, lang) })}</h2>
            {given.length > 0 ? (
              <p>{t('apply.paper.given', { names: given.map((file) => file.name).join(t('apply.paper.join')) })}</p>
            ) : (
              <>
                <p>{t('apply.paper.text')}</p>
                <p>{t(required ? 'apply.paper.required' : 'apply.paper.optional')}</p>
              </>
            )}
            <Actions>
              <Button kind="secondary" href={`${way.draft}/${code}`}>
                {t(given.length > 0 ? 'apply.check.change' : 'apply.paper.attach', { name: pick(name, lang) })}
              </Button>
            </Actions>
            {obtain && given.length === 0 && (
              <Link href={`/matters/${obtain}`}>{t('apply.paper.obtain', { matter: pick(pack.matter(obtain).name, lang) })}</Link>
            )}
          </Card>
        )
      })}
    </>
  )
}

function Conditions({ view, pack, page: { checked, draft } }: Pick<CheckProps, 'view' | 'pack' | 'page'>) {
  const { t } = view
  if (draft.matter.conditions.length === 0) return null
  return (
    <Section title={t('apply.conditions.title')} id="conditions">
      {checked ? (
        <Card>
          <p>
            {t(
              checked.lines.some((line) => line.result === 'not_met')
                ? 'apply.conditions.some_unmet'
                : checked.lines.some((line) => line.result === 'unknown')
                  ? 'apply.conditions.some_open'
                  : 'apply.conditions.all_met',
            )}
          </p>
          <CheckList view={view} checks={checksOf(view, pack, checked)} />
          {checked.amountFen !== null && (
            <>
              <Figure
                before={t('apply.conditions.amount')}
                value={formatYuan(checked.amountFen)}
                unit={t('ui.field.yuan')}
                note={t('apply.conditions.amount_note')}
              />
              <WorkingOut view={view} working={checked.working} amountFen={checked.amountFen} />
            </>
          )}
        </Card>
      ) : (
        <Inset>{t('apply.conditions.later')}</Inset>
      )}
    </Section>
  )
}

function Sending({
  view,
  way,
  page: { draft, facts, open },
  errors,
  formKey,
}: Pick<CheckProps, 'view' | 'way' | 'page' | 'errors' | 'formKey'>) {
  const { t } = view
  // What needs identity first cannot be filled in before it, and is not what keeps the person here.
  const waits = draft.asked.filter((q) => open.includes(q.code) && (facts || q.kind !== 'confirm'))
  if (waits.length > 0)
    return (
      <Card>
        <h2>{t('apply.check.open', { n: waits.length })}</h2>
        <Actions>
          <Button href={`${way.draft}/${waits[0]!.code}`}>{t('apply.check.fill_next')}</Button>
        </Actions>
      </Card>
    )
  if (!facts)
    return (
      <Card>
        <h2>{t('apply.identity.needed')}</h2>
        <p>{t('apply.identity.short')}</p>
        <Actions>
          <Button href={`${way.draft}/identity`}>{t('apply.identity.how')}</Button>
        </Actions>
      </Card>
    )
  return (
    <Form view={view} action={`${way.draft}/send`} idempotencyKey={formKey}>
      <Checkboxes
        view={view}
        name="declared"
        label={t('apply.declare.title')}
        options={[
          { value: 'yes', label: way.name ? t('apply.declare.for_another', { name: way.name }) : t('apply.declare.text') },
        ]}
        errors={errors}
      />
      <Actions>
        <Button icon="send">{t('apply.send')}</Button>
      </Actions>
    </Form>
  )
}
