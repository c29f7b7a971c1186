/** The register of cameras at the desk. */
import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, DeskEmpty, DeskPager, DeskTag, Note, Table, Two } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  Form,
  MomentField,
  NumberField,
  type Problem,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { systems } from '../../../grid/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { Camera } from '../camera.ts'
import { CAMERAS_A_PAGE } from '../use-cases.ts'
import { purposeName } from './public.tsx'

interface Base extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
}
const errorsOf = (problem?: Problem) => (problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {})

interface ListProps extends Base {
  cameras: readonly Camera[]
  page: number
  more: boolean
}

export function DeskCamerasPage({ pack, emergencies, cameras, page, more, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang } = view
  const from = (page - 1) * CAMERAS_A_PAGE
  return (
    <DeskPage {...shell} title={t('camera.title')}>
      <DeskHead title={t('camera.title')} note={t('camera.no_picture')}>
        <DeskButton kind="primary" href="/desk/cameras/new">
          {t('camera.add')}
        </DeskButton>
      </DeskHead>
      {cameras.length === 0 ? (
        <DeskEmpty title={t('camera.none')} />
      ) : (
        <DeskCard title={t('camera.list')} flush>
          <Table<Camera>
            caption={t('camera.list')}
            rows={cameras}
            keyOf={(one) => one.id}
            keys
            stack
            columns={[
              { title: t('camera.place'), cell: (one) => <a href={`/desk/cameras/${one.id}`}>{one.place}</a> },
              { title: t('camera.where'), cell: (one) => shortArea(view, pack.areaIn(t, lang, one.area) || one.area) },
              { title: t('camera.purpose'), cell: (one) => purposeName(view, emergencies, one.purpose) },
              { title: t('camera.keeper'), cell: (one) => one.keeper },
              { title: t('camera.retention'), right: true, cell: (one) => t('camera.days', { n: one.retentionDays }) },
              {
                title: t('camera.sign'),
                cell: (one) => (
                  <DeskTag tone={one.sign ? 'good' : 'warn'}>{t(one.sign ? 'camera.sign_there' : 'camera.sign_missing')}</DeskTag>
                ),
              },
            ]}
          />
          {(page > 1 || more) && (
            <DeskPager
              view={view}
              from={from + 1}
              to={from + cameras.length}
              {...(page > 1 ? { previous: `/desk/cameras?page=${page - 1}` } : {})}
              {...(more ? { next: `/desk/cameras?page=${page + 1}` } : {})}
            />
          )}
        </DeskCard>
      )}
    </DeskPage>
  )
}

interface NewProps extends Base {
  areas: readonly { code: string; name: string }[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['area', 'place', 'purpose', 'keeper', 'contact', 'retentionDays', 'sign', 'basis', 'lon', 'lat', 'crs'] as const

export function NewCameraPage({ emergencies, areas, body, newKey, problem, pack: _, ...shell }: NewProps) {
  const { view } = shell
  const { t, lang } = view
  const errors = errorsOf(problem)
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`camera.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} title={t('camera.add')} labels={labels} current="/desk/cameras">
      <DeskHead
        crumbs={[{ href: '/desk/cameras', label: t('camera.title') }]}
        title={t(body.replaces ? 'camera.correct' : 'camera.add')}
        note={t('camera.no_picture')}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard>
        <Form view={view} action="/desk/cameras/new" idempotencyKey={newKey}>
          <input type="hidden" name="replaces" value={body.replaces ?? ''} />
          <Select {...field('area')} options={areas.map(({ code, name }) => ({ value: code, label: name }))} />
          <TextField {...field('place')} maxLength={200} />
          <Select
            {...field('purpose')}
            options={emergencies.cameras.purposes.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
          />
          <TextField {...field('keeper')} maxLength={100} />
          <TextField {...field('contact')} maxLength={60} hint={t('camera.contact_hint')} />
          <NumberField {...field('retentionDays')} unit={t('camera.day')} />
          <Radios
            {...field('sign')}
            options={[
              { value: 'yes', label: t('camera.sign_there') },
              { value: 'no', label: t('camera.sign_missing') },
            ]}
          />
          <TextField {...field('basis')} maxLength={200} hint={t('camera.basis_hint')} />
          <TextField {...field('lon')} optional inputmode="decimal" width="half" maxLength={20} hint={t('camera.point_hint')} />
          <TextField {...field('lat')} optional inputmode="decimal" width="half" maxLength={20} />
          <Select {...field('crs')} options={systems.map((crs) => ({ value: crs, label: t(`camera.crs.${crs}`) }))} />
          <DeskButton kind="primary">{t('camera.save')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}

interface OneProps extends Base {
  camera: Camera
  inHand: boolean
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

export function DeskCameraPage({ pack, emergencies, camera, inHand, body, newKey, problem, ...shell }: OneProps) {
  const { view } = shell
  const { t, lang } = view
  const errors = errorsOf(problem)
  const labels = Object.fromEntries(
    ['organ', 'organNumber', 'from', 'to', 'reason', 'why'].map((name) => [name, t(`footage.field.${name}`)]),
  )
  const field = (name: string) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} title={camera.place} labels={labels} current="/desk/cameras">
      <DeskHead
        crumbs={[{ href: '/desk/cameras', label: t('camera.title') }]}
        title={camera.place}
        note={shortArea(view, pack.areaIn(t, lang, camera.area) || camera.area)}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          inHand && (
            <>
              <DeskCard title={t('footage.receive')} note={t('footage.receive_note')}>
                <Form view={view} action={`/desk/cameras/${camera.id}/request`} idempotencyKey={`${newKey}-request`}>
                  <TextField {...field('organ')} maxLength={100} />
                  <TextField {...field('organNumber')} maxLength={60} />
                  <MomentField {...field('from')} />
                  <MomentField {...field('to')} />
                  <TextArea {...field('reason')} rows={3} />
                  <DeskButton kind="primary">{t('footage.receive')}</DeskButton>
                </Form>
              </DeskCard>
              <DeskCard title={t('camera.change')}>
                <div class="k-form">
                  <DeskButton href={`/desk/cameras/new?replaces=${camera.id}`}>{t('camera.correct')}</DeskButton>
                </div>
                <Form view={view} action={`/desk/cameras/${camera.id}/remove`} idempotencyKey={`${newKey}-remove`}>
                  <TextField {...field('why')} maxLength={500} />
                  <DeskButton kind="danger">{t('camera.remove')}</DeskButton>
                </Form>
              </DeskCard>
            </>
          )
        }
      >
        <DeskCard title={t('camera.entry')}>
          <Datagrid
            facts={[
              { name: t('camera.purpose'), value: purposeName(view, emergencies, camera.purpose) },
              { name: t('camera.keeper'), value: `${camera.keeper} ${camera.contact}` },
              { name: t('camera.retention'), value: t('camera.days', { n: camera.retentionDays }) },
              { name: t('camera.sign'), value: t(camera.sign ? 'camera.sign_there' : 'camera.sign_missing') },
              { name: t('camera.basis'), value: camera.basis },
              ...(camera.crs
                ? [{ name: t('camera.point', { crs: camera.crs }), value: `${camera.lon}, ${camera.lat}` }]
                : [{ name: t('camera.point_missing'), value: t('camera.point_none') }]),
            ]}
          />
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
