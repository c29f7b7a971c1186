import type { Officer, OfficersPost } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'
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
        <Form view={view} action={`${back}/posts/${ending.id}/end`} idempotencyKey={newKey}>
          <p class="k-quiet">{t('administration.officer.end_post_note')}</p>
          <TextField
            view={view}
            name="reason"
            label={t('administration.reason')}
            value={typed.reason}
            errors={problem?.errors}
            maxLength={200}
          />
          <p class="k-actions">
            <DeskButton kind="danger">{t('administration.officer.end_post')}</DeskButton>
            <DeskButton kind="quiet" href={back}>
              {t('administration.back')}
            </DeskButton>
          </p>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
