import type { Area } from '../../../../core/areas/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Radios, Select, TextArea, TextField } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { PhotoField, UploadFirst } from '../../pages/photo-field.tsx'
import type { PhotosAsked } from '../../pages/photo-form.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  areas: readonly Area[]
  body: Readonly<Record<string, string>>
  /** The number of the one before, just taken. */
  sent: string | undefined
  newKey: string
  /** null where none are taken. */
  photos: PhotosAsked | null
  problem?: Problem
}

/** What was said on the phone, seen in the grid or found by an inspection. */
export function NewIncidentPage({ pack, areas, body, sent, newKey, photos, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const field = (name: string) => ({
    view,
    name,
    label: t(`incident_desk.new.${name === 'classCode' ? 'class' : name}`),
    value: body[name] ?? '',
    ...errors,
  })
  return (
    <DeskPage
      {...shell}
      {...errors}
      title={t('incident_desk.new.title')}
      labels={{ classCode: t('incident_desk.new.class'), area: t('incident_desk.new.area'), place: t('incident_desk.new.place') }}
    >
      <DeskHead
        crumbs={[{ href: '/desk/incidents', label: t('incident_desk.title') }]}
        title={t('incident_desk.new.title')}
        note={t('incident_desk.new.note')}
      />
      {sent && !problem && (
        <Note tone="good" live>
          {t('incident_desk.new.sent')}{' '}
          <a class="num" href={`/desk/incidents?list=open&number=${sent}`}>
            {sent}
          </a>
          {t('incident_desk.new.sent_next')}
        </Note>
      )}
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard>
        <Form view={view} action="/desk/incidents/new" idempotencyKey={newKey} multipart={photos !== null}>
          <Radios
            {...field('channel')}
            value={body.channel ?? 'worker'}
            options={(['worker', 'phone', 'inspection'] as const).map((channel) => ({
              value: channel,
              label: t(`incident_desk.channel.${channel}`),
            }))}
          />
          <Select
            {...field('classCode')}
            empty={t('incident_desk.choose')}
            options={pack.incidents.classes.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
          />
          <Select
            {...field('area')}
            value={body.area || (areas.length === 1 ? areas[0]!.code : '')}
            empty={t('incident_desk.choose')}
            options={areas.map(({ code }) => ({ value: code, label: shortArea(view, pack.areaIn(t, lang, code)) }))}
          />
          <TextField {...field('place')} hint={t('incident_desk.new.place_hint')} />
          <TextArea {...field('words')} hint={t('incident_desk.new.words_hint')} />
          {photos && (
            <>
              <PhotoField view={view} asked={photos} hint={t('incident_desk.new.photos_hint')} errors={problem?.errors} />
              <UploadFirst view={view} asked={photos} go="photos" />
            </>
          )}
          <TextField {...field('name')} hint={t('incident_desk.new.optional_hint')} />
          <TextField {...field('phone')} hint={t('incident_desk.new.optional_hint')} />
          <DeskButton kind="primary">{t('incident_desk.new.send')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
