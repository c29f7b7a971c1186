import type { ComponentChildren } from 'preact'
import type { DemoCast } from '../../../../demo/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note, Table } from '../../../../ui/desk/index.ts'
import { DoorPage, type Errors, Form, PasswordField, paths, TextField, type View } from '../../../../ui/index.ts'

export interface SignInProps {
  view: View
  username?: string
  next?: string
  cast: DemoCast | null
  errors?: Errors
  /** The session before this one ended by itself. */
  ended?: 'idle' | 'age' | null
  /** She comes from setting her first password. */
  isSet?: boolean
  /** Other ways in. */
  more?: ComponentChildren
}

export const SignInPage = ({ view, username, next, cast, errors, ended, isSet, more }: SignInProps) => (
  <DoorPage view={view} title={view.t('desk.sign_in.title')} note={view.t('desk.sign_in.note')} errors={errors} kept={false}>
    {isSet && (
      <Note tone="good" live>
        {view.t('desk.sign_in.password_set')}
      </Note>
    )}
    {ended && <Note tone="warn">{view.t(`desk.sign_in.ended_${ended}`)}</Note>}
    <Form view={view} action={paths.deskSignIn}>
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        view={view}
        name="username"
        label={view.t('desk.sign_in.username')}
        value={username}
        errors={errors}
        autocomplete="username"
        spellcheck={false}
      />
      <PasswordField view={view} name="password" label={view.t('desk.sign_in.password')} errors={errors} />
      <DeskButton kind="primary">{view.t('desk.sign_in.button')}</DeskButton>
    </Form>
    {more}
    <p class="k-quiet">{view.t('desk.sign_in.seen')}</p>
    <p class="k-quiet">{view.t('desk.sign_in.help')}</p>
    {cast && <Officers view={view} cast={cast} next={next} />}
  </DoorPage>
)

/** Only of a demo: who there is, and one tap that fills in the name. */
const Officers = ({ view, cast, next }: { view: View; cast: DemoCast; next?: string }) => (
  <DeskCard title={view.t('desk.sign_in.demo')} note={view.t('desk.sign_in.demo_password', { password: cast.password })} flush>
    <Table
      caption={view.t('desk.sign_in.demo')}
      rows={cast.officers}
      keyOf={(officer) => officer.username}
      columns={[
        {
          title: view.t('desk.sign_in.username'),
          cell: (officer) => (
            <a
              href={`${paths.deskSignIn}?${new URLSearchParams({ username: officer.username, ...(next ? { next } : {}) })}#password`}
            >
              {officer.username}
            </a>
          ),
        },
        {
          title: view.t('desk.sign_in.who'),
          cell: (officer) => (
            <>
              {officer.name} <span class="k-quiet">{pick(officer.story, view.lang)}</span>
            </>
          ),
        },
      ]}
    />
  </DeskCard>
)
