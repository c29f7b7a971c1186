import type { CasePage } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { type Action, ActionList, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { acts, isAct, isDirect, MOVED_ON } from '../acts.ts'
import type { DeskShell } from '../shell.ts'

/** Where the window writes down what somebody without a phone adds to her case. */
export const correctionHref = (caseId: string): string => `/desk/window/cases/${caseId}/correction`

/** 下一步: every act that the status allows this post, and beside each that waits, why. One of them is the main one. */
export function NextStep({ page, pack, shell, newKey }: { page: CasePage; pack: LoadedPack; shell: DeskShell; newKey: string }) {
  const { view } = shell
  const { t } = view
  const { found, may } = page
  const base = `/desk/cases/${found.id}/act`
  const offered = Object.keys(acts).filter((action) => isAct(action) && may[action] !== undefined) as (keyof typeof acts)[]
  const open = offered.filter((action) => may[action] === true)
  // Refusal codes are sentences; one that holds for all of them is said once.
  const reasons = new Set(offered.map((action) => may[action]))
  const only = offered.length > 1 && reasons.size === 1 && open.length === 0 ? [...reasons][0] : undefined
  // Who has just passed it on is told where it is, not that it is none of hers.
  const gone = typeof only === 'string' && MOVED_ON.has(only)
  const { survey } = found.state
  // A visit that waits for the second officer's word may be recorded anew; it is not what the case waits for.
  const waits = survey && !survey.confirmedOn && may.survey !== undefined ? survey : null
  const again = (action: string) => waits !== null && action === 'survey'
  const main = open.find((action) => acts[action].tone === 'primary' && !again(action))
  const where = pack.officeName(found.domain, found.state.handlingArea)
  if (offered.length === 0 || typeof only === 'string')
    return (
      <DeskCard title={t('desk.case.next')} note={shell.post.name}>
        <p>
          {gone
            ? t('desk.case.elsewhere', { area: where })
            : typeof only === 'string'
              ? t(only)
              : t(page.found.state.status === 'accepted' ? 'desk.case.elsewhere' : 'desk.case.nothing', { area: where })}
        </p>
      </DeskCard>
    )
  const buttons = [...open, ...offered.filter((action) => may[action] !== true)].map((action): Action => {
    const { tone, key, ...act } = acts[action]
    const state = may[action]
    return {
      label: t(again(action) ? 'desk.case.survey_again' : `case.action.${action}`),
      kind: action === main ? 'primary' : tone === 'danger' ? 'danger' : 'plain',
      wide: action === main || state !== true,
      ...(state === true ? (again(action) ? {} : { keyHint: key }) : { disabledBecause: t(String(state)) }),
      ...(isDirect({ tone, key, ...act })
        ? { post: { action: `${base}/${action}`, idempotencyKey: newKey } }
        : { href: `${base}/${action}` }),
    }
  })
  return (
    <DeskCard title={t('desk.case.next')} note={shell.post.name} raised>
      {may.answer_correction === true && (
        <Note>
          {t('desk.case.correction_waits')} <a href={correctionHref(found.id)}>{t('desk.case.correction_here')}</a>
        </Note>
      )}
      {waits && <Note>{t('desk.case.survey_waits', { first: waits.first.name, second: waits.second.name })}</Note>}
      <ActionList view={view} actions={buttons} />
    </DeskCard>
  )
}
