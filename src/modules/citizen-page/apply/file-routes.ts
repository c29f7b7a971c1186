import { readDocument, readFile } from '../../../core/documents/index.ts'
import type { PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { idIn } from './request.ts'

/** Bytes of one's own: a picture to be shown opens in the page, whatever else is saved. */
export function fileRoutes({ pages }: Rooms): void {
  const send = (as?: 'shown' | 'preview') => async (r: PageRequest) => {
    const fileId = idIn(r, 'fileId', 'file.not_found')
    const { bytes, mediaType, name, shown } = await readFile.run(r.call, { fileId, ...(as ? { as } : {}) })
    return { bytes, mediaType, name, download: !shown }
  }
  pages.file('/files/:fileId', send())
  pages.file('/files/:fileId/shown', send('shown'))
  pages.file('/files/:fileId/preview', send('preview'))
  // A PDF is saved: opened without any right, as `pages.file` sends it, a browser's own viewer would not draw it.
  pages.file('/documents/:documentId', async (r) => {
    const { bytes, mediaType, name } = await readDocument.run(r.call, { documentId: idIn(r, 'documentId', 'document.not_found') })
    return { bytes, mediaType, name, download: true }
  })
}
