/** A department asks: only what is on the list can be chosen, and beside it stands how something else comes onto it. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskEmpty, Note, Two } from '../../../../ui/desk/index.ts'
import { DateField, DeskHead, DeskPage, Form, type Problem, Radios, Select, TextArea, typedDay } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { AdmissionList } from '../use-cases.ts'
import { HowToApply } from './parts.tsx'

interface Props extends DeskShell, AdmissionList {
  pack: LoadedPack
  areas: readonly { code: string }[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['itemCode', 'area', 'what', 'dueOn'] as const

export function NewTaskPage({ pack, items, areas, body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const own = items.filter(({ mine, off }) => mine && !off)
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`tasks.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  const nameOf = (code: string) => {
    const name = shortArea(view, pack.areaIn(t, lang, code) || code)
    return code.length === 9 ? t('tasks.whole_street', { name }) : name
  }
  return (
    <DeskPage {...shell} {...errors} title={t('tasks.new')} labels={labels} current="/desk/tasks">
      <DeskHead crumbs={[{ href: '/desk/tasks', label: t('tasks.title') }]} title={t('tasks.new')} />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <HowToApply view={view} pack={pack}>
            <a href="/desk/tasks/admission">{t('tasks.admission')}</a>
          </HowToApply>
        }
      >
        {own.length === 0 ? (
          <DeskEmpty title={t('tasks.nothing_of_yours')}>{t('tasks.nothing_of_yours_why')}</DeskEmpty>
        ) : (
          <DeskCard>
            <Form view={view} action="/desk/tasks/new" idempotencyKey={newKey}>
              <Radios {...field('itemCode')} options={own.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))} />
              <Select
                {...field('area')}
                empty={t('borders.choose')}
                options={areas.map(({ code }) => ({ value: code, label: nameOf(code) }))}
              />
              <TextArea {...field('what')} hint={t('tasks.what_hint')} rows={4} maxLength={1000} />
              <DateField {...field('dueOn')} value={typedDay(body, 'dueOn')} />
              <p class="k-actions">
                <DeskButton kind="primary">{t('tasks.push')}</DeskButton>
                <DeskButton kind="quiet" href="/desk/tasks">
                  {t('tasks.leave')}
                </DeskButton>
              </p>
            </Form>
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}
