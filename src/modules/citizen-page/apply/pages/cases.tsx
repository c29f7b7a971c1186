import type { DraftLine, OwnCaseLine } from '../../../../core/cases/index.ts'
import { isProvisional } from '../../../../core/clocks/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Empty,
  formatDate,
  formatDay,
  Link,
  PageHead,
  ResidentPage,
  Row,
  Rows,
  Section,
  Stack,
  Tag,
  type Tone,
  Verdict,
  type View,
} from '../../../../ui/index.ts'

const TONES: Record<string, Tone> = {
  received: 'info',
  correcting: 'warn',
  accepted: 'info',
  paused: 'hold',
  decided: 'good',
  closed: 'plain',
  not_accepted: 'bad',
  withdrawn: 'plain',
}

export const StatusTag = ({ view, status }: { view: View; status: string }) => (
  <Tag tone={TONES[status] ?? 'info'}>{view.t(`case.status.${status}`)}</Tag>
)

interface CasesProps {
  view: View
  pack: LoadedPack
  cases: readonly OwnCaseLine[]
  drafts: readonly DraftLine[]
  /** She has just put one aside. */
  kept: boolean
}

/** What is being handled and what is still being written. */
export function CasesPage({ view, pack, cases, drafts, kept }: CasesProps) {
  const { t, lang } = view
  // A matter may have left the pack; its cases have not.
  const nameOf = (code: string) => pick(pack.matters.find((m) => m.code === code)?.name ?? { zh: code, en: code }, lang)
  return (
    <ResidentPage view={view} title={t('own.title')} back={{ href: '/', label: t('own.home') }}>
      <PageHead title={t('own.title')} />
      {kept && drafts.length > 0 && (
        <Verdict tone="good" title={t('own.kept.title')} live>
          <p>{t('own.kept.text')}</p>
        </Verdict>
      )}
      {drafts.length > 0 && (
        <Section title={t('own.drafts')} id="drafts">
          {drafts.map((draft) => (
            <Stack key={draft.id}>
              <Rows>
                <Row
                  href={`/apply/${draft.id}`}
                  icon="pen"
                  title={nameOf(draft.matterCode)}
                  note={t('own.draft_note', { day: formatDay(dayOf(draft.updatedAt), lang, view.today) })}
                />
              </Rows>
              <Link href={`/apply/${draft.id}/discard`}>
                {t('own.discard')}
                <span class="govuk-visually-hidden"> ({nameOf(draft.matterCode)})</span>
              </Link>
            </Stack>
          ))}
        </Section>
      )}
      {cases.length > 0 && (
        <Section title={t('own.cases')} id="cases">
          <Rows>
            {cases.map((line) => (
              <Row
                key={line.id}
                href={`/me/cases/${line.id}`}
                icon="file"
                title={nameOf(line.matterCode)}
                note={noteOf(view, pack, line)}
                tag={<StatusTag view={view} status={line.status} />}
              />
            ))}
          </Rows>
        </Section>
      )}
      {cases.length === 0 && drafts.length === 0 && (
        <Empty title={t('own.none.title')} next={{ href: '/', label: t('own.none.next') }}>
          {t('own.none.text')}
        </Empty>
      )}
    </ResidentPage>
  )
}

function noteOf({ t, lang, today }: View, pack: LoadedPack, line: OwnCaseLine): string {
  const number = t('own.number_on', { number: line.number, day: formatDate(dayOf(line.receivedAt), lang, today) })
  const on = line.answerBy ?? (line.dueAt && dayOf(line.dueAt))
  if (!on) return number
  const day = formatDay(on, lang, today)
  const key = line.answerBy
    ? 'own.line.answer_by'
    : on < today
      ? 'own.line.overdue'
      : line.status === 'received'
        ? 'own.line.acceptance'
        : 'own.line.promise'
  const said = t(key, { day })
  return t('own.line.both', {
    number,
    said: !line.answerBy && isProvisional(on, pack.calendar) ? t('own.provisional', { said }) : said,
  })
}
