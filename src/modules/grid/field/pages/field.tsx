import { Document, LanguageSwitch, type View } from '../../../../ui/index.ts'

export const FIELD_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="#000"/><path d="M256 84c-74 0-132 58-132 130 0 98 132 214 132 214s132-116 132-214c0-72-58-130-132-130z" fill="#fff"/><path d="m196 214 42 42 82-84" fill="none" stroke="#000" stroke-width="34" stroke-linecap="round" stroke-linejoin="round"/></svg>'

/** What the script says, by name: it asks for no text that is not here. */
const SAID = [
  'online', 'offline', 'signed_out', 'no_post', 'revoked', 'locked', 'never', 'kept', 'full', 'not_kept', 'sent_now', 'nothing', 'clock_behind', 'clock_ahead', 'hours', 'days', 'pruned', 'others', 'sealed', 'queued', 'sent', 'conflict', 'refused', 'as_note', 'edit', 'drop', 'drop_sure', 'passed', 'failed', 'report', 'check', 'visit', 'no_checks', 'place_found', 'place_not_found', 'place_seeking', 'choose_class', 'choose_area', 'say_words', 'say_where', 'say_why', 'recover', 'recovered', 'unsent_ask', 'locked_only', 'contact_at', 'no_contact', 'photo', 'photo_drop', 'photo_most', 'photo_not_read', 'photos', 'task', 'do_task', 'task_did', 'task_back', 'say_task', 'no_tasks', 'due', 'late', 'task_off', 'grids', 'more_along', 'join', 'no_room', 'not_locked', 'not_recovered', 'offline_recover', 'show_more', 'place_kept',
] as const // biome-ignore format: a list

/** Drawn whole by the server and without anybody in it; `src/ui/field/app.ts` brings it to life. */
/** @param most photos of one record; 0 where none are taken */
export function FieldPage({ view, most }: { view: View; most: number }) {
  const { t } = view
  const says = Object.fromEntries(SAID.map((name) => [name, t(`field.app.${name}`)]))
  return (
    <Document view={view} title={t('field.app.name')} desk bodyClass="f-body">
      <link rel="manifest" href="/desk/field/manifest.webmanifest" />
      <main
        class="f-app"
        id="main"
        tabIndex={-1}
        data-field
        data-lang={view.lang}
        data-most={most}
        data-says={JSON.stringify(says)}
      >
        <h1>{t('field.app.name')}</h1>
        <noscript>
          <p>{t('field.app.no_script')}</p>
          <p>
            <a class="f-big" href="/desk/incidents/new">
              {t('field.app.instead_report')}
            </a>
            <a class="f-big" href="/desk/incidents">
              {t('field.app.instead_check')}
            </a>
          </p>
        </noscript>
        <p class="f-said" data-said role="status" />
        <div data-app hidden>
          <Home view={view} />
          <ReportForm view={view} most={most} />
          <CheckForm view={view} most={most} />
          <TaskForm view={view} />
          <VisitForm view={view} />
          <section data-view="queue" hidden>
            <Back view={view} />
            <h2>{t('field.app.queue')}</h2>
            <ul class="f-list" data-list="records" />
          </section>
          <section data-view="leave" hidden>
            <h2>{t('field.app.sign_out')}</h2>
            <p data-ask />
            <button class="f-big f-first" type="button" data-do="send-first">
              {t('field.app.send_first')}
            </button>
            <button class="f-big" type="button" data-do="leave-now">
              {t('field.app.leave_now')}
            </button>
            <Back view={view} />
          </section>
        </div>
        <p class="f-foot">
          <LanguageSwitch view={view} />
          <a href="/desk">{t('field.app.to_desk')}</a>
        </p>
      </main>
      <script type="module" src={view.assets.fieldJs} />
    </Document>
  )
}

const Back = ({ view }: { view: View }) => (
  <button class="f-big" type="button" data-do="home">
    {view.t('field.app.back')}
  </button>
)

function Home({ view: { t } }: { view: View }) {
  return (
    <section data-view="home">
      <p class="f-state" data-state />
      <p class="f-counts" data-counts />
      <p data-grids />
      <a class="f-big f-first" href="/desk/sign-in?next=%2Fdesk%2Ffield" data-sign-in hidden>
        {t('field.app.sign_in')}
      </a>
      <a class="f-big" href="/desk/post?next=%2Fdesk%2Ffield" data-choose-post hidden>
        {t('field.app.choose_post')}
      </a>
      <button class="f-big f-first" type="button" data-do="report">
        {t('field.app.report')}
      </button>
      <button class="f-big f-first" type="button" data-do="check">
        {t('field.app.check')} <span data-checks />
      </button>
      <button class="f-big f-first" type="button" data-do="visit">
        {t('field.app.visit')}
      </button>
      <button class="f-big f-first" type="button" data-do="tasks">
        {t('field.app.tasks')} <span data-tasks />
      </button>
      <button class="f-big" type="button" data-do="send">
        {t('field.app.send')}
      </button>
      <button class="f-big" type="button" data-do="queue">
        {t('field.app.queue')}
      </button>
      <button class="f-big" type="button" data-do="recover" hidden />
      <button class="f-big" type="button" data-do="leave" hidden>
        {t('field.app.sign_out')}
      </button>
    </section>
  )
}

const Area = ({ view: { t } }: { view: View }) => (
  <label>
    {t('field.app.area')}
    <select name="area" data-options="communities" required />
  </label>
)

interface WordsProps {
  view: View
  name: string
  label: string
  rows?: number
  most?: number
}
const Words = ({ view: { t }, name, label, rows = 4, most = 2000 }: WordsProps) => (
  <label>
    {t(`field.app.${label}`)}
    <textarea name={name} rows={rows} maxLength={most} />
  </label>
)

/** Chosen from the camera or the gallery; the script makes them small and shows them here. */
const Photos = ({ view: { t }, most }: { view: View; most: number }) =>
  most > 0 ? (
    <>
      <label class="f-big">
        {t('field.app.add_photo', { most })}
        <input class="govuk-visually-hidden" type="file" accept="image/*" multiple data-photos />
      </label>
      <ul class="k-photos" data-chosen />
    </>
  ) : null

function ReportForm({ view, most }: { view: View; most: number }) {
  const { t } = view
  return (
    <section data-view="report" hidden>
      <Back view={view} />
      <h2>{t('field.app.report')}</h2>
      <form data-form="report" noValidate>
        <label>
          {t('field.app.class')}
          <select name="classCode" data-options="classes" required />
        </label>
        <Words view={view} name="words" label="words" />
        <Area view={view} />
        <label>
          {t('field.app.where')}
          <input name="text" maxLength={300} autocomplete="off" />
        </label>
        <button class="f-big" type="button" data-do="locate">
          {t('field.app.locate')}
        </button>
        <p data-place role="status" />
        <button class="f-big" type="button" data-do="unlocate" hidden>
          {t('field.app.unlocate')}
        </button>
        <Photos view={view} most={most} />
        <button class="f-big f-first" type="submit">
          {t('field.app.keep')}
        </button>
      </form>
    </section>
  )
}

function CheckForm({ view, most }: { view: View; most: number }) {
  const { t } = view
  return (
    <section data-view="check" hidden>
      <Back view={view} />
      <h2>{t('field.app.check')}</h2>
      <p>{t('field.app.check_hint')}</p>
      <ul class="f-list" data-list="checks" />
      <form data-form="check" noValidate hidden>
        <p class="f-state" data-about />
        <Words view={view} name="note" label="check_note" most={500} />
        <Photos view={view} most={most} />
        <button class="f-big f-good" type="submit" name="passed" value="yes">
          {t('field.app.passed')}
        </button>
        <button class="f-big f-bad" type="submit" name="passed" value="no">
          {t('field.app.failed')}
        </button>
      </form>
    </section>
  )
}

function TaskForm({ view }: { view: View }) {
  const { t } = view
  return (
    <section data-view="tasks" hidden>
      <Back view={view} />
      <h2>{t('field.app.tasks')}</h2>
      <p>{t('field.app.tasks_hint')}</p>
      <ul class="f-list" data-list="tasks" />
      <form data-form="task" noValidate hidden>
        <p class="f-state" data-about />
        <Words view={view} name="words" label="task_words" most={1000} />
        <button class="f-big f-good" type="submit" name="did" value="yes">
          {t('field.app.task_did')}
        </button>
        <button class="f-big f-bad" type="submit" name="did" value="no">
          {t('field.app.task_back')}
        </button>
      </form>
      <a class="f-big" href="/desk/tasks">
        {t('field.app.tasks_desk')}
      </a>
    </section>
  )
}

function VisitForm({ view }: { view: View }) {
  const { t } = view
  return (
    <section data-view="visit" hidden>
      <Back view={view} />
      <h2>{t('field.app.visit')}</h2>
      <form data-form="visit" noValidate>
        <Area view={view} />
        <Words view={view} name="words" label="visit_words" rows={6} />
        <button class="f-big f-first" type="submit">
          {t('field.app.keep')}
        </button>
      </form>
    </section>
  )
}
