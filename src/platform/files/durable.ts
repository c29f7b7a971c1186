import { open } from 'node:fs/promises'

/** A new name in a folder that is not synced may be gone after a power cut, however well the file itself was. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // a folder cannot be opened there
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
