import { dayOf } from '../../../../platform/time.ts'
import { Actions, Button, Card, Clock, formatDay, Text, type View } from '../../../../ui/index.ts'
import { promiseOf } from '../due.ts'
import type { CaseProps } from './case.tsx'

/** The answer first: what the applicant has to do now, and by when the office has to. */
export function Now({ view, own, pack, now }: CaseProps) {
  const { t, lang } = view
  const { found, matter } = own
  const { status, correction } = found.state
  const step = matter.steps.find((s) => s.code === found.state.step)
  if (status === 'correcting' && correction)
    return (
      <Card found>
        <h2>{t('own.now.correct', { day: formatDay(correction.answerBy, lang, view.today) })}</h2>
        <p>{correction.text}</p>
        <Text quiet>{t('own.now.correct_late')}</Text>
        <Actions>
          <Button href={`/me/cases/${found.id}/correction`}>{t('own.now.correct_do')}</Button>
        </Actions>
      </Card>
    )
  if (status === 'not_accepted') return <GoElsewhere view={view} own={own} />
  const waits = status === 'accepted' && step?.kind === 'authorisation'
  const running = promiseOf(own, pack, now)
  return (
    <Card>
      <h2>
        {t(waits && own.unauthorised.length > 0 ? 'own.now.authorise' : own.may.agree ? 'own.now.office' : 'own.now.nothing')}
      </h2>
      {waits && own.unauthorised.length > 0 && (
        <>
          <p>{t('own.now.missing_words')}</p>
          <ul>
            {own.unauthorised.map((name) => (
              <li key={name}>
                <b>{name}</b>
              </li>
            ))}
          </ul>
          <p>{t('own.now.how_to_authorise')}</p>
        </>
      )}
      <p>{sentence(view, { own, overdue: running?.due.kind === 'overdue', clock: Boolean(running?.line) })}</p>
      {running?.line && <Clock view={view} due={running.due} {...running.line} />}
    </Card>
  )
}

/** Not ours: the right organ first, as the officer recorded it, and who helps to get there. */
function GoElsewhere({ view: { t }, own: { found, matter, timeline } }: Pick<CaseProps, 'view' | 'own'>) {
  const refused = timeline.find((row) => row.fact === 'competence_refused')?.payload
  const organ = String(refused?.organ ?? '')
  const phone = matter.catalogue.link_way
  return (
    <Card found>
      <h2>{t('own.now.elsewhere', { organ })}</h2>
      <p>{t('own.now.not_accepted', { organ, reason: String(refused?.reason ?? '') })}</p>
      <p>{t('own.now.not_accepted_help', { phone, number: found.number })}</p>
    </Card>
  )
}

function sentence(view: View, { own, overdue, clock }: Pick<CaseProps, 'own'> & { overdue: boolean; clock: boolean }): string {
  const { t, lang, today } = view
  const { found, matter } = own
  const { status, dueAt, dueProvisional, pauses, issuedAt, deliveredAt, outcome } = found.state
  const day = dueAt ? formatDay(dayOf(dueAt), lang, today) : ''
  const late = overdue || (dueAt !== null && dayOf(dueAt) < today)
  // The clock below says it with the day.
  const provisional = (said: string) => (dueProvisional && !clock ? t('own.provisional', { said }) : said)
  switch (status) {
    case 'received':
      return dueAt ? provisional(t(late ? 'own.now.received_late' : 'own.now.received', { day })) : t('own.now.received_open')
    case 'accepted':
      return dueAt
        ? provisional(t(late ? 'own.now.accepted_late' : 'own.now.accepted', { day, phone: matter.catalogue.link_way }))
        : t('own.now.accepted_open')
    case 'paused': {
      const pause = pauses.findLast((p) => p.to === null)
      return t('own.now.paused', {
        from: pause ? formatDay(pause.from, lang, today) : '',
        why: pause?.type ?? '',
        basis: pause?.basis ?? '',
        notice: pause?.notice ?? '',
      })
    }
    case 'decided':
      return t(deliveredAt ? 'own.now.delivered' : issuedAt ? 'own.now.issued' : 'own.now.decided')
    case 'withdrawn':
      return t('own.now.withdrawn')
    default:
      return t(outcome ? 'own.now.closed' : 'own.now.over')
  }
}
