/** The page of one thing that is done for a person without reading her: who it is, masked, and what went wrong. */
import type { ComponentChildren } from 'preact'
import type { Hit } from '../../../../core/people/index.ts'
import { Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Errors } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

export interface PersonFormProps extends DeskShell {
  hit: Hit
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

interface FrameProps extends DeskShell {
  title: string
  /** The person's page. */
  at: string
  hit: Hit
  errors: Errors | undefined
  /** Field name → its label, for the summary of what is wrong. */
  labels: Readonly<Record<string, string>>
  message: string | undefined
  children: ComponentChildren
}

export function PersonForm({ title, at, hit, errors, labels, message, children, ...shell }: FrameProps) {
  return (
    <DeskPage {...shell} title={title} current="/desk/people" {...(errors ? { errors } : {})} labels={labels}>
      <DeskHead
        title={title}
        crumbs={[
          { href: '/desk/people', label: shell.view.t('desk.nav.people') },
          { href: at, label: hit.shownName },
        ]}
      />
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {children}
    </DeskPage>
  )
}
