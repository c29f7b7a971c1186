/** Somebody whom nobody here has on record: what stands on the card, and where she lives. */
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Errors, Form, Radios, Select, TextField } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

export interface Community {
  value: string
  label: string
}

export interface RegisterProps extends DeskShell {
  communities: readonly Community[]
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  /** The number was looked up just now, and nobody was found. */
  notOnRecord?: boolean
  message?: string
  /** Somebody has this number already, within reach. */
  knownId?: string
}

const FIELDS = ['name', 'idNumber', 'community', 'address', 'hukou', 'hukouCode'] as const

export function RegisterPage({
  communities,
  newKey,
  typed = {},
  errors,
  notOnRecord,
  message,
  knownId,
  ...shell
}: RegisterProps) {
  const { view } = shell
  const { t } = view
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`window.register.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({
    view,
    name,
    label: labels[name]!,
    value: typed[name] ?? '',
    ...(errors ? { errors } : {}),
  })
  return (
    <DeskPage
      {...shell}
      title={t('window.register.title')}
      current="/desk/window"
      {...(errors ? { errors } : {})}
      labels={labels}
    >
      <DeskHead title={t('window.register.title')} crumbs={[{ href: '/desk/window', label: t('window.start.title') }]} />
      {notOnRecord && (
        <Note tone="warn" live>
          <p>{t('window.register.not_on_record')}</p>
          <p>
            <a href="/desk/window">{t('window.register.look_again')}</a>
          </p>
        </Note>
      )}
      {message && (
        <Note tone="bad" live>
          <p>{message}</p>
          {knownId && (
            <p>
              <a href={`/desk/people/${knownId}`}>{t('window.register.open_known')}</a>
            </p>
          )}
        </Note>
      )}
      <DeskCard title={t('window.register.card')}>
        <Form view={view} action="/desk/window/register" idempotencyKey={newKey}>
          <TextField {...field('name')} hint={t('window.register.name_hint')} autocomplete="off" width="half" maxLength={50} />
          <TextField {...field('idNumber')} hint={t('window.start.id_hint')} autocomplete="off" width="half" spellcheck={false} />
          <Select {...field('community')} empty={t('window.choose')} options={communities} />
          <TextField {...field('address')} hint={t('window.register.address_hint')} autocomplete="off" maxLength={100} />
          <Radios
            {...field('hukou')}
            options={[
              { value: 'here', label: t('window.register.hukou_here') },
              {
                value: 'elsewhere',
                label: t('window.register.hukou_elsewhere'),
                more: (
                  <TextField
                    {...field('hukouCode')}
                    hint={t('window.register.hukouCode_hint')}
                    autocomplete="off"
                    inputmode="numeric"
                    width="short"
                    maxLength={12}
                  />
                ),
              },
            ]}
          />
          <div class="k-actions">
            <DeskButton kind="primary">{t('window.register.go')}</DeskButton>
          </div>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
