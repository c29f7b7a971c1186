/**
 * Photos of a form: made small on the phone, from their pixels alone, so that a week of them fits and nothing that the camera had
 * written into them goes along.
 */
import { button, element, find, most, say, tell } from './screen.ts'

export interface Chosen {
  id: string
  /** A JPEG in base64. */
  photo: string
}
/** As much as the node takes in one request, twice wrapped. */
const MOST_BYTES = 450_000
const SIDES = [1600, 1200, 900, 600]

const chosen: Record<string, Chosen[]> = { report: [], check: [] }
export const photosIn = (form: string): readonly Chosen[] => chosen[form] ?? []
export function setPhotos(form: string, photos: readonly Chosen[]): void {
  if (!(form in chosen)) return
  chosen[form] = [...photos]
  drawPhotos(form)
}

function drawPhotos(form: string): void {
  const list = document.querySelector<HTMLElement>(`[data-form="${form}"] [data-chosen]`)
  list?.replaceChildren(
    ...photosIn(form).map(({ id, photo }, n) => {
      const item = element('li', '')
      const picture = document.createElement('img')
      picture.src = `data:image/jpeg;base64,${photo}`
      picture.alt = say('photo', { n: n + 1 })
      const drop = button(say('photo_drop'), () =>
        setPhotos(
          form,
          photosIn(form).filter((one) => one.id !== id),
        ),
      )
      drop.setAttribute('aria-label', `${say('photo_drop')} ${picture.alt}`)
      item.append(picture, drop)
      return item
    }),
  )
}

async function small(file: File): Promise<string> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    for (const side of SIDES) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height))
      const canvas = document.createElement('canvas')
      canvas.width = Math.round(picture.width * scale)
      canvas.height = Math.round(picture.height * scale)
      const on = canvas.getContext('2d')!
      on.fillStyle = '#fff'
      on.fillRect(0, 0, canvas.width, canvas.height)
      on.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const base64 = canvas.toDataURL('image/jpeg', 0.8).split(',')[1]!
      if (base64.length * 0.75 <= MOST_BYTES) return base64
    }
  } finally {
    picture.close()
  }
  throw new Error('it does not become small')
}

export function takePhotos(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-photos]'))
    field.addEventListener('change', async () => {
      const form = field.form!.dataset.form!
      const said: string[] = []
      for (const file of field.files ?? []) {
        if (photosIn(form).length >= most) {
          said.push(say('photo_most', { n: most }))
          break
        }
        try {
          setPhotos(form, [...photosIn(form), { id: crypto.randomUUID(), photo: await small(file) }])
        } catch {
          said.push(say('photo_not_read'))
        }
      }
      field.value = ''
      tell(...said)
      if (said.length > 0) find('[data-said]').scrollIntoView()
    })
}
