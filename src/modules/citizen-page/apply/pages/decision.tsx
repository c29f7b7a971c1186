import { isFromLine } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Card, Figure, formatDay, formatYuan, Stack, Verdict } from '../../../../ui/index.ts'
import type { CaseProps } from './case.tsx'
import { WorkingOut } from './working.tsx'

/** Of a grant the paper is the one that the guide promised. */
const REFUSED = 'decision_refused'

/** What was decided, why, and where to turn. */
export function Decision({ view, own: { found, matter, timeline, documents, decidedWorking }, newest }: CaseProps) {
  const { t, lang, today } = view
  const { outcome, amountFen, decidedAt } = found.state
  const decided = timeline.findLast((row) => row.fact === 'decided')
  const reasons = String(decided?.payload.reasons ?? '')
  const basis = String(decided?.payload.basis ?? '')
  const { kinds } = newest.pack.documents
  const kind = outcome === 'granted' || isFromLine(matter) ? matter.catalogue.result.sample : REFUSED
  const paper = documents.findLast((d) => d.kind === kind && !d.voidAt && kinds.some((k) => k.code === d.kind))
  const on = decidedAt ? dayOf(decidedAt) : today
  return (
    <Stack>
      <Verdict tone={outcome === 'granted' ? 'good' : 'bad'} title={t(`own.decision.${outcome}`)}>
        {outcome === 'granted' && amountFen !== null && (
          <>
            <Figure
              before={t(matter.one_off ? 'own.decision.once' : 'own.decision.a_month')}
              value={formatYuan(amountFen)}
              unit={t('ui.field.yuan')}
            />
            <WorkingOut view={view} working={decidedWorking} amountFen={amountFen} />
          </>
        )}
        <p>{t('own.decision.on', { day: formatDay(on, lang, today), office: decided?.organisationName ?? '' })}</p>
        {reasons && <p>{t('own.decision.reasons', { reasons })}</p>}
        {basis && <p>{t('own.decision.basis', { basis })}</p>}
        {paper && (
          <Actions>
            <Button href={`/documents/${paper.id}`} icon="file">
              {t('own.decision.paper', { name: pick(kinds.find((k) => k.code === paper.kind)!.title, lang) })}
            </Button>
          </Actions>
        )}
      </Verdict>
      <Card>
        <h2>{t('own.decision.disagree')}</h2>
        <p>
          {t('own.decision.remedies', {
            days: newest.number('remedy.reconsideration', found.originArea, on),
            organ: pick(newest.remedyOrgan('reconsideration', found.originArea, on), lang),
            months: newest.number('remedy.lawsuit', found.originArea, on),
            court: pick(newest.remedyOrgan('lawsuit', found.originArea, on), lang),
          })}
        </p>
      </Card>
    </Stack>
  )
}
