import type { ComponentChildren } from 'preact'
import type { View } from '../view.ts'
import { FormIds } from './field.tsx'

export interface FormProps {
  view: View
  action: string
  /** Made when the page is rendered: the same key sent twice is one act. */
  idempotencyKey?: string
  /** Needed for `FileField`. */
  multipart?: boolean
  class?: string
  /** What the ids of its fields begin with, where the page has other forms that ask for the same; say it to the page's `errorsOf`, too. */
  ids?: string
  children: ComponentChildren
}

/** A POST with the token and the key first, so that a streamed upload is checked before its files arrive. */
export const Form = ({ view, action, idempotencyKey, multipart, class: className, ids = '', children }: FormProps) => (
  <form
    method="post"
    action={action}
    class={className ?? 'k-form'}
    encType={multipart ? 'multipart/form-data' : undefined}
    // The server names the field, says what to do and keeps what was typed; the browser's own bubbles do none of it.
    noValidate
  >
    <input type="hidden" name="_csrf" value={view.csrf} />
    {idempotencyKey && <input type="hidden" name="_key" value={idempotencyKey} />}
    <FormIds.Provider value={ids}>{children}</FormIds.Provider>
  </form>
)
