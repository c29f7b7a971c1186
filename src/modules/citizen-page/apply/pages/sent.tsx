import type { SentCase } from '../../../../core/cases/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  formatDate,
  formatDay,
  Inset,
  Link,
  PageHead,
  ResidentPage,
  Text,
  Tick,
  type View,
} from '../../../../ui/index.ts'
import { StatusTag } from './cases.tsx'

interface SentProps {
  view: View
  sent: SentCase
  /** Where one acts for her. */
  home: string
  name: string
  done: string | undefined
}

/** What somebody sent for another: what is to do now, its receipt, and taking it back. How it is decided is told to the other alone. */
export function SentPage({ view, sent: { found, matter, receiptId, ownWordOpen, may }, home, name, done }: SentProps) {
  const { t, lang, today } = view
  const at = `${home}/cases/${found.id}`
  const { status, correction } = found.state
  return (
    <ResidentPage view={view} title={pick(matter.name, lang)} back={{ href: home, label: t('proxies.for', { name }) }}>
      <PageHead
        title={pick(matter.name, lang)}
        caption={t('proxies.received', { number: found.number, on: formatDate(dayOf(found.receivedAt), lang, today) })}
        tag={<StatusTag view={view} status={status} />}
      />
      {(done === 'corrected' || done === 'withdrawn') && <Tick>{t(`proxies.sent.${done}`, { name })}</Tick>}
      <Inset>{t('proxies.she_sees', { name })}</Inset>
      {may.answerCorrection && correction ? (
        <Card found>
          <h2>{t('own.now.correct', { day: formatDay(correction.answerBy, lang, today) })}</h2>
          <p>{correction.text}</p>
          <Actions>
            <Button href={`${at}/correction`}>{t('own.now.correct_do')}</Button>
          </Actions>
        </Card>
      ) : (
        <Text>{t('proxies.sent.news', { name })}</Text>
      )}
      {ownWordOpen && <Text>{t('proxies.sent.own_word', { name })}</Text>}
      {receiptId && (
        <Actions>
          <Button kind="secondary" href={`${at}/receipt`} icon="download">
            {t('own.receipt.save')}
          </Button>
        </Actions>
      )}
      {may.withdraw && <Link href={`${at}/withdrawal`}>{t('own.withdraw.link')}</Link>}
    </ResidentPage>
  )
}
