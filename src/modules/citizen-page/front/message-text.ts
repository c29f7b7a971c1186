/** A message in the reader's language: codes become the names that the pack has for them, days become words. Pure. */
import type { LoadedPack, Matter } from '../../../core/matters/index.ts'
import type { Message } from '../../../core/messages/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { formatDate, formatDay, plain, type View } from '../../../ui/index.ts'

/** Chosen by the texts where a parameter has nothing to tell. */
const NONE = 'none'

/** @param has whether the catalogue has a text: a kind that this version does not know yet still says that there is news */
export function messageText(view: View, pack: LoadedPack, { kind, params }: Message, has: (key: string) => boolean): string {
  const key = `message.${kind}`
  if (!has(key)) return view.t('front.messages.other')
  const matter = pack.matters.find((one) => one.code === params.matter)
  return view.t(key, {
    number: '',
    proxy: NONE,
    named: NONE,
    given: NONE,
    consent: NONE,
    ...Object.fromEntries(Object.entries(plain(params)).map(([name, value]) => [name, inWords(view, value)])),
    dueAt: typeof params.dueAt === 'string' ? formatDay(dayOf(new Date(params.dueAt)), view.lang, view.today) : NONE,
    matter: matterName(view, pack, params.matter),
    missing: missingNames(view, matter, params.missing),
    ...(params.class === undefined ? {} : ofIncident(view, pack, params)),
    ...steps(view, matter, params),
  })
}

/** What was reported by its name in the pack; a reason that is not owed is none. */
function ofIncident({ lang }: View, { pack }: LoadedPack, params: Message['params']) {
  const found = pack.incidents?.classes.find(({ code }) => code === params.class)
  return {
    incident: found ? pick(found.name, lang) : '',
    reason: typeof params.reason === 'string' ? params.reason : '',
    how: typeof params.how === 'string' ? params.how : NONE,
  }
}

function matterName(view: View, pack: LoadedPack, code: unknown): string {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, view.lang) : view.t('front.messages.case')
}

const inWords = ({ lang, today }: View, value: string | number): string | number =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value, lang, today) : value

/** A step may have left the pack since. Of all steps only the family's own authorisation is for people to do. */
function steps({ lang }: View, matter: Matter | undefined, { step, next }: Message['params']) {
  const named = (code: unknown) => matter?.steps.find((one) => one.code === code)
  const [done, coming] = [named(step), named(next)]
  return {
    step: done ? pick(done.name, lang) : NONE,
    next: coming && coming !== done ? pick(coming.name, lang) : NONE,
    plain: coming ? pick(coming.plain, lang) : '',
    yours: coming && coming !== done && coming.kind === 'authorisation' ? 'yes' : 'no',
  }
}

function missingNames(view: View, matter: Matter | undefined, missing: unknown): string {
  const names = (Array.isArray(missing) ? missing : []).flatMap((code) => {
    const name =
      matter?.materials.find((one) => one.code === code)?.name ?? matter?.questions.find((one) => one.code === code)?.ask
    return name ? [view.t('front.messages.quoted', { name: pick(name, view.lang) })] : []
  })
  return names.length > 0 ? names.join(view.t('front.join')) : view.t('front.messages.materials')
}
