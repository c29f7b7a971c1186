/** The forms: what they ask for, and the record that they make. */
import { phoneInstant } from './clock.ts'
import type { Doing } from './phone.ts'
import { say, tell } from './screen.ts'
import type { ToCheck } from './talk.ts'

export interface Draft {
  kind: string
  seenAt: string
  [name: string]: unknown
}

const missing = (form: HTMLFormElement, name: string, text: string): boolean => {
  const field = form.elements.namedItem(name) as HTMLInputElement
  if (field.value.trim() !== '') return false
  tell(say(text))
  field.focus()
  return true
}
const typedIn = (form: HTMLFormElement, name: string): string =>
  (form.elements.namedItem(name) as HTMLInputElement).value.toWellFormed().replaceAll('\0', '').trim()

interface At {
  place: { lon: number; lat: number } | null
  checking: ToCheck | null
  doing: Doing | null
}
/** What a form makes, by its name; null after it has said what is missing. */
export const written: Record<string, (form: HTMLFormElement, at: At, pressed: HTMLElement | null) => Draft | null> = {
  report(form, { place }) {
    if (missing(form, 'classCode', 'choose_class') || missing(form, 'words', 'say_words') || missing(form, 'area', 'choose_area'))
      return null
    if (!place && missing(form, 'text', 'say_where')) return null
    const where = { area: typedIn(form, 'area'), text: typedIn(form, 'text'), ...(place ? { ...place, crs: 'WGS84' } : {}) }
    return {
      kind: 'report',
      seenAt: phoneInstant(),
      classCode: typedIn(form, 'classCode'),
      words: typedIn(form, 'words'),
      place: where,
    }
  },
  check(form, { checking }, pressed) {
    if (!checking) return null
    const passed = (pressed as HTMLButtonElement | null)?.value === 'yes'
    if (!passed && missing(form, 'note', 'say_why')) return null
    return {
      kind: 'check',
      seenAt: phoneInstant(),
      incidentId: checking.id,
      seq: checking.seq,
      passed,
      note: typedIn(form, 'note'),
    }
  },
  task(form, { doing }, pressed) {
    if (!doing || missing(form, 'words', 'say_task')) return null
    return {
      kind: 'task',
      seenAt: phoneInstant(),
      taskId: doing.id,
      seq: doing.seq,
      area: doing.area,
      did: (pressed as HTMLButtonElement | null)?.value === 'yes',
      words: typedIn(form, 'words'),
    }
  },
  visit(form) {
    if (missing(form, 'area', 'choose_area') || missing(form, 'words', 'say_words')) return null
    return { kind: 'visit', seenAt: phoneInstant(), area: typedIn(form, 'area'), words: typedIn(form, 'words') }
  },
}
