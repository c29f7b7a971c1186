import { type Config, StartRefused } from '../platform/config.ts'
import { attachEmbedded, hasCluster } from '../platform/postgres/index.ts'
import { quiet } from './console.ts'

/** The database beside a running start, which this command neither stops nor waits for, or one that nobody runs. */
export async function beside<T>(config: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  if (!config.databaseUrl && !hasCluster(config.dataDir))
    throw new StartRefused(
      `There is no database in ${config.dataDir}. Set KAIFONG_DATA, or DATABASE_URL, to the one that is meant.`,
    )
  const embedded = config.databaseUrl ? null : await attachEmbedded({ dataDir: config.dataDir, log: quiet })
  try {
    return await work(config.databaseUrl ?? embedded!.ownerUrl)
  } finally {
    await embedded?.stop()
  }
}
