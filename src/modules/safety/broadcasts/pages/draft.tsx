import type { Emergencies } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, MomentField, type Problem, Radios, Select, TextArea, TextField } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'

interface Props extends DeskShell {
  emergencies: Emergencies
  areas: readonly { code: string; name: string }[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

const FIELDS = [
  'kind',
  'colour',
  'area',
  'headline',
  'body',
  'headlineEn',
  'bodyEn',
  'issuer',
  'issuerNumber',
  'endsAt',
  'visits',
] as const

/** A text in plain words, for somebody else to read and to issue. */
export function DraftPage({ emergencies, areas, body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`broadcast.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} title={t('broadcast.write')} labels={labels} current="/desk/warnings">
      <DeskHead
        crumbs={[{ href: '/desk/warnings', label: t('broadcast.title') }]}
        title={t(body.corrects ? 'broadcast.correct' : 'broadcast.write')}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard note={t('broadcast.plain')}>
        <Form view={view} action="/desk/warnings/new" idempotencyKey={newKey}>
          <input type="hidden" name="corrects" value={body.corrects ?? ''} />
          <Select
            {...field('kind')}
            hint={emergencies.broadcasts
              .map(({ name, levels }) =>
                t('broadcast.who_issues', {
                  kind: pick(name, lang),
                  levels: levels.map((level) => t(`broadcast.level.${level}`)).join(t('event.join')),
                }),
              )
              .join(t('event.stop'))}
            options={emergencies.broadcasts.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
          />
          <Select
            {...field('colour')}
            empty={t('broadcast.no_colour')}
            options={emergencies.colours.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
          />
          <Select
            {...field('area')}
            options={areas.map(({ code, name }) => ({ value: code, label: shortArea(shell.view, name) }))}
          />
          <TextField {...field('headline')} maxLength={60} hint={t('broadcast.headline_hint')} />
          <TextArea {...field('body')} rows={4} maxLength={600} hint={t('broadcast.body_hint')} />
          <TextField {...field('headlineEn')} maxLength={120} optional />
          <TextArea {...field('bodyEn')} rows={3} optional />
          <TextField {...field('issuer')} maxLength={100} hint={t('broadcast.issuer_hint')} optional />
          <TextField {...field('issuerNumber')} maxLength={60} optional />
          <MomentField {...field('endsAt')} hint={t('broadcast.ends_hint')} />
          <Radios
            {...field('visits')}
            hint={t('broadcast.visits_hint')}
            options={[
              { value: 'yes', label: t('broadcast.visits_yes') },
              { value: 'no', label: t('broadcast.visits_no') },
            ]}
          />
          <DeskButton kind="primary">{t('broadcast.send_draft')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
