import type { OfficersSignIn } from '../../../core/access/index.ts'
import { DeskButton, DeskCard, Lines, Note, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, formatTime, type Problem, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { CHANGES } from './changes.tsx'
import { Refused } from './parts.tsx'
import { SIGN_INS, State } from './sign-ins.tsx'

const DONE = ['ended', 'released']

export interface SignInProps extends DeskShell {
  officer: OfficersSignIn
  typed: Record<string, string>
  newKey: string
  done?: string | undefined
  problem?: Problem | undefined
}

/** One officer: where she is signed in, and what rests after wrong tries. */
export function SignInPage({ officer, typed, newKey, done, problem, ...shell }: SignInProps) {
  const { view } = shell
  const { t, lang, today } = view
  const path = `${SIGN_INS}/${officer.officerId}`
  const end = (session: string, label: string, danger = false) => (
    <Form view={view} action={`${path}/end`} class="k-inline-form">
      <input type="hidden" name="session" value={session} />
      <DeskButton small {...(danger ? { kind: 'danger' as const } : {})}>
        {label}
      </DeskButton>
    </Form>
  )
  return (
    <DeskPage
      {...shell}
      current={SIGN_INS}
      title={officer.name}
      errors={problem?.errors}
      labels={{ reason: t('administration.sign_ins.why') }}
    >
      <DeskHead
        title={officer.name}
        crumbs={[{ href: SIGN_INS, label: t('administration.sign_ins.title') }]}
        note={`${officer.organisation} · ${officer.number}`}
      >
        <State view={view} officer={officer} />
      </DeskHead>
      {done && DONE.includes(done) && (
        <Note tone="good" live>
          {t(`administration.sign_ins.done.${done}`)}
        </Note>
      )}
      <Refused problem={problem} />
      <Two
        side={
          <DeskCard title={t('administration.sign_ins.rests')} raised={officer.rests.length > 0}>
            {officer.rests.length === 0 ? (
              <p class="k-quiet">{t('administration.sign_ins.no_rests')}</p>
            ) : (
              <Form view={view} action={`${path}/release`} idempotencyKey={newKey}>
                <Lines
                  items={officer.rests.map((rest) => ({
                    name: t(`administration.sign_ins.rest.${rest.what}`),
                    value: t('administration.sign_ins.from_until', {
                      from: formatTime(rest.since),
                      until: formatTime(rest.until),
                    }),
                  }))}
                />
                <TextField
                  view={view}
                  name="reason"
                  label={t('administration.sign_ins.why')}
                  hint={t('administration.sign_ins.why_hint')}
                  value={typed.reason}
                  errors={problem?.errors}
                  maxLength={200}
                />
                <DeskButton kind="primary">{t('administration.sign_ins.release')}</DeskButton>
              </Form>
            )}
          </DeskCard>
        }
      >
        <DeskCard title={t('administration.sign_ins.sessions')} note={t('administration.sign_ins.sessions_note')}>
          {officer.sessions.length === 0 ? (
            <p class="k-quiet">{t('administration.sign_ins.not_signed_in')}</p>
          ) : (
            <Lines
              items={officer.sessions.map((one) => ({
                name: t('administration.sign_ins.session', {
                  device: t(`account.device.${one.device}`),
                  from: formatDateTime(one.firstAt, lang, today),
                  last: formatDateTime(one.lastAt, lang, today),
                }),
                value: end(one.id, t('administration.sign_ins.end')),
              }))}
            />
          )}
          {officer.sessions.length > 0 && end('all', t('administration.sign_ins.end_all'), true)}
        </DeskCard>
        <DeskCard title={t('administration.changes.title')}>
          <p class="k-quiet">
            {t(officer.proposes ? 'administration.sign_ins.reset_note' : 'administration.sign_ins.ask_system')}
          </p>
          {officer.proposes && (
            <p class="k-actions">
              <DeskButton small href={`${CHANGES}/reset/${officer.officerId}`}>
                {t('administration.change.propose_reset')}
              </DeskButton>
              {!officer.stoppedAt && (
                <DeskButton small href={`${CHANGES}/stop/${officer.officerId}`}>
                  {t('administration.change.propose_stop')}
                </DeskButton>
              )}
              {officer.stoppedAt && (
                <DeskButton small href={`${CHANGES}/restart/${officer.officerId}`}>
                  {t('administration.change.propose_restart')}
                </DeskButton>
              )}
            </p>
          )}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
