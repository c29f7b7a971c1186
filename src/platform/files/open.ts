/** The file store that the settings name. */
import { join, resolve } from 'node:path'
import type { S3Settings } from '../s3-settings.ts'
import { directory } from './directory.ts'
import type { FileStore } from './file-store.ts'
import { openBucket } from './s3-bucket.ts'
import { sealedFiles, type WrappingKeys } from './sealed-files.ts'

export interface FilePlace {
  /** The store itself, or with `s3` only what is on its way there. */
  filesDir: string
  s3?: S3Settings | null
}

/** @throws StartRefused when the S3-compatible store cannot be used, with what to do */
export async function openFiles({ filesDir, s3 }: FilePlace, crypto: WrappingKeys): Promise<FileStore> {
  const root = resolve(filesDir)
  return sealedFiles(s3 ? await openBucket(s3) : directory(root), join(root, 'incoming'), crypto)
}
