import type { Officer, OfficersPost } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Datagrid, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused, Sure } from './parts.tsx'
import { areaWords, roleWords } from './post-words.ts'

export interface EndOfficerProps extends DeskShell {
  officer: Officer
  posts: readonly OfficersPost[]
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** Asks once, and says what goes with it: nobody can bring the account back. */
export function EndOfficerPage({ officer, posts, pack, typed, newKey, problem, ...shell }: EndOfficerProps) {
  const { view } = shell
  const { t, today } = view
  const back = `/desk/administration/officers/${officer.id}`
  const held = posts.filter((post) => !post.endedAt && (post.validTo === null || post.validTo >= today))
  const labels = { reason: t('administration.end_reason') }
  return (
    <DeskPage
      {...shell}
      current="/desk/administration/officers"
      title={t('administration.officer.end')}
      errors={problem?.errors}
      labels={labels}
    >
      <DeskHead title={t('administration.officer.end')} crumbs={[{ href: back, label: officer.name }]} />
      <Refused problem={problem} />
      <DeskCard title={officer.name} note={`${officer.organisation} · ${officer.number}`}>
        {officer.endedAt ? (
          <p class="k-quiet">{t('administration.officer.ended_why')}</p>
        ) : (
          <>
            {held.length > 0 && (
              <Datagrid
                facts={held.map((post) => ({ name: roleWords(view, pack, post.role), value: areaWords(view, pack, post.areas) }))}
              />
            )}
            <Note tone="warn">{t('administration.officer.end_sure', { name: officer.name, n: held.length })}</Note>
            <Sure
              view={view}
              action={`${back}/end`}
              newKey={newKey}
              reason={{ label: labels.reason, typed: typed.reason }}
              problem={problem}
              does={t('administration.officer.end')}
              back={back}
            />
          </>
        )}
      </DeskCard>
    </DeskPage>
  )
}
