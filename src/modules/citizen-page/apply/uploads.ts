import type { UploadedFile } from '../../../platform/http/server.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, plain } from '../../../ui/index.ts'

/** Keeps file after file; the first that is refused is named, at the field of its material. */
export async function storeUploads(
  r: PageRequest,
  store: (file: UploadedFile, n: number) => Promise<unknown>,
  material: string,
  files: readonly UploadedFile[] = r.uploads,
): Promise<void> {
  for (const [n, file] of files.entries()) {
    try {
      await store(file, n)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid' || !error.code.match(/^(attachment|file)\./)) throw error
      throw new Refusal('apply.file.refused', 'invalid', {
        name: file.name,
        why: r.view.t(error.code, plain(error.params)),
        fields: [{ path: `/file-${material}` }],
      })
    }
  }
}
