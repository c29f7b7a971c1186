import { type LoadedPack, officeIn } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import {
  Actions,
  Button,
  type Errors,
  Facts,
  Form,
  formatDate,
  formatDay,
  Inset,
  PageHead,
  paths,
  Radios,
  ResidentPage,
  Row,
  Rows,
  Section,
  Tag,
  Text,
  TextArea,
  TextField,
  Timeline,
  Verdict,
  type View,
} from '../../../ui/index.ts'
import type { Communities } from '../community.ts'
import { kindName, statusTone } from '../desk/saying.ts'
import { stageOf } from '../possible.ts'
import type { OwnReport, OwnReportPage as ReadPage } from '../use-cases/report.ts'

/** The button that looks for communities and sends nothing. */
export const FIND = 'find'

interface ReportProps {
  view: View
  pack: LoadedPack
  /** Communities to choose from: her own, and those that have the name that she looked for. */
  areas: readonly string[]
  /** What she looked for found this; null before she looked. */
  named: Communities | null
  body: Readonly<Record<string, string>>
  newKey: string
  errors?: Errors
}

/** What is dangerous, and where. Nobody is told who says it. */
export function ReportPage({ view, pack, areas, named, body, newKey, errors }: ReportProps) {
  const { t, lang } = view
  const rest = errors ? { errors } : {}
  return (
    <ResidentPage
      view={view}
      title={t('hazards.own.new')}
      back={{ href: paths.hazards, label: t('hazards.own.title') }}
      {...rest}
    >
      <PageHead title={t('hazards.own.new')} lead={t('hazards.own.lead')} />
      <Inset>{t('hazards.own.urgent')}</Inset>
      <Form view={view} action={paths.reportHazard} idempotencyKey={newKey}>
        <Radios
          view={view}
          name="kind"
          label={t('hazards.own.kind')}
          value={body.kind ?? ''}
          options={(pack.pack.hazards?.kinds ?? []).map(({ code, name, look_for }) => ({
            value: code,
            label: pick(name, lang),
            hint: pick(look_for, lang),
          }))}
          {...rest}
        />
        <TextField
          view={view}
          name="community"
          label={t('hazards.own.find_community')}
          hint={t('hazards.own.find_community_hint')}
          value={body.community ?? ''}
          autocomplete="off"
          optional={areas.length > 0}
          {...rest}
        />
        <Actions>
          <Button kind="secondary" name="go" value={FIND}>
            {t('hazards.own.find')}
          </Button>
        </Actions>
        {named && named.codes.length === 0 && <Text>{t('hazards.own.none_found')}</Text>}
        {areas.length > 0 && (
          <Radios
            view={view}
            name="area"
            label={t('hazards.own.community')}
            value={body.area ?? ''}
            options={areas.map((code) => ({ value: code, label: pack.areaRowIn(t, lang, code) }))}
            {...rest}
          />
        )}
        {named?.more && <Text quiet>{t('hazards.own.more_found')}</Text>}
        <TextField
          view={view}
          name="place"
          label={t('hazards.own.place')}
          hint={t('hazards.own.place_hint')}
          value={body.place ?? ''}
          autocomplete="off"
          {...rest}
        />
        <TextArea
          view={view}
          name="text"
          label={t('hazards.own.text')}
          hint={t('hazards.own.text_hint')}
          value={body.text ?? ''}
          rows={4}
          maxLength={1000}
          {...rest}
        />
        <Text quiet>{t('hazards.own.hidden')}</Text>
        <Actions>
          <Button>{t('hazards.own.send')}</Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}

/** One's own reports, and what came of each. */
export function OwnReportsPage({ view, pack, reports }: { view: View; pack: LoadedPack; reports: readonly OwnReport[] }) {
  const { t, lang, today } = view
  return (
    <ResidentPage view={view} title={t('hazards.own.title')} back={{ href: paths.me, label: t('ui.me') }}>
      <PageHead title={t('hazards.own.title')} lead={t('hazards.own.hidden')} />
      <Actions>
        <Button href={paths.reportHazard}>{t('hazards.own.new')}</Button>
      </Actions>
      {reports.length === 0 ? (
        <Text>{t('hazards.own.none')}</Text>
      ) : (
        <Rows>
          {reports.map((one) => (
            <Row
              key={one.id}
              href={`${paths.hazards}/${one.id}`}
              title={kindName(view, pack, one.kind)}
              note={`${one.place} · ${formatDate(dayOf(one.reportedAt), lang, today)} · ${one.number}`}
              tag={<Tag tone={statusTone(one.status)}>{t(`hazards.own.status.${stageOf(one)}`)}</Tag>}
            />
          ))}
        </Rows>
      )}
    </ResidentPage>
  )
}

/** Where one report stands: who has it, until when, and what has been done. */
export function OwnReportPage({ view, pack, page, sent }: { view: View; pack: LoadedPack; page: ReadPage; sent: boolean }) {
  const { t, lang, today } = view
  const ended = page.status === 'closed' || page.status === 'dismissed'
  return (
    <ResidentPage
      view={view}
      title={`${kindName(view, pack, page.kind)} ${page.number}`}
      back={{ href: paths.hazards, label: t('hazards.own.title') }}
    >
      <PageHead title={kindName(view, pack, page.kind)} caption={<span class="num">{page.number}</span>} />
      <Verdict tone={page.status === 'closed' ? 'good' : 'info'} title={t(`hazards.own.status.${stageOf(page)}`)} live={sent}>
        <p>{sent ? t('hazards.own.sent', { number: page.number }) : t(`hazards.own.means.${stageOf(page)}`)}</p>
        {page.answer && !page.sameAs && <p>{page.answer}</p>}
        {page.sameAs && <p>{t('hazards.own.same', { number: page.sameAs })}</p>}
      </Verdict>
      <Facts
        facts={[
          { name: t('hazards.own.place'), value: page.place },
          { name: t('hazards.own.community'), value: pack.areaRowIn(t, lang, page.area) },
          ...(ended ? [] : [{ name: t('hazards.own.with'), value: officeIn(pack, view, page.domain, page.handlingArea) }]),
          ...(!ended && page.dueAt
            ? [
                {
                  name: t('hazards.own.by'),
                  value: t(page.dueProvisional ? 'hazards.own.about' : 'hazards.own.promise', {
                    day: formatDay(dayOf(page.dueAt), lang, today),
                  }),
                },
              ]
            : []),
          { name: t('hazards.own.words'), value: page.words },
        ]}
      />
      {!ended && view.hotline && (
        <Rows>
          <Row
            href={`tel:${view.hotline}`}
            icon="phone"
            title={t('hazards.own.call', { number: view.hotline })}
            note={t('hazards.own.call_note', {
              number: page.sameAs ?? page.number,
              office: officeIn(pack, view, page.domain, page.handlingArea),
            })}
          />
        </Rows>
      )}
      <Section id="course" title={t('hazards.course')}>
        <Timeline
          view={view}
          entries={page.course.map(({ fact, at }) => ({
            state: 'done' as const,
            title: t(`hazard.fact.${fact}`),
            note: formatDate(dayOf(at), lang, today),
          }))}
        />
      </Section>
    </ResidentPage>
  )
}
