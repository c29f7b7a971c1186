import type { Officer, OfficersPost } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Datagrid, DeskCard } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Problem } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused, Sure } from './parts.tsx'
import { areaWords, dateWords, lineWords, roleWords } from './post-words.ts'

export interface EndPostProps extends DeskShell {
  officer: Officer
  ending: OfficersPost
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** Asks once, since the post stops with the next request. */
export function EndPostPage({ officer, ending, pack, typed, newKey, problem, ...shell }: EndPostProps) {
  const { view } = shell
  const { t } = view
  const back = `/desk/administration/officers/${officer.id}`
  return (
    <DeskPage
      {...shell}
      current="/desk/administration/officers"
      title={t('administration.officer.end_post')}
      errors={problem?.errors}
      labels={{ reason: t('administration.reason') }}
    >
      <DeskHead title={t('administration.officer.end_post')} crumbs={[{ href: back, label: officer.name }]} />
      <Refused problem={problem} />
      <DeskCard title={roleWords(view, pack, ending.role)} note={dateWords(view, ending)}>
        <Datagrid
          facts={[
            { name: t('administration.organisation'), value: ending.organisation },
            { name: t('administration.areas'), value: areaWords(view, pack, ending.areas) },
            { name: t('administration.lines'), value: lineWords(view, pack, ending.domains) },
          ]}
        />
        <Sure
          view={view}
          action={`${back}/posts/${ending.id}/end`}
          newKey={newKey}
          reason={{ label: t('administration.reason'), typed: typed.reason }}
          problem={problem}
          does={t('administration.officer.end_post')}
          back={back}
        >
          <p class="k-quiet">{t('administration.officer.end_post_note')}</p>
        </Sure>
      </DeskCard>
    </DeskPage>
  )
}
