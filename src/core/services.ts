/** What the core adds to the platform's services; `app.ts` makes them. */

import type { Accounts, RateLimiter } from '../platform/accounts/index.ts'
import type { CryptoProvider } from '../platform/crypto/crypto.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { MapTiles } from '../platform/map-tiles.ts'
import type { MailProvider, TextProvider } from '../platform/outbound/index.ts'
import type { Words } from '../platform/words.ts'
import type { Packs } from './matters/packs.ts'

declare module '../platform/platform.ts' {
  interface Services {
    packs: Packs
    crypto: CryptoProvider
    files: FileStore
    words: Words
    accounts: Accounts
    rate: RateLimiter
    /** Address that QR codes point to. */
    publicUrl: string
    /** Who carries messages out of the house; null where nobody does. */
    outside: { sms: TextProvider | null; email: MailProvider | null }
    /** Folder of what must be known outside the database: seals and tombstones. */
    sealsDir: string
    /** A base map of approved tiles; null where none is installed. */
    tiles: MapTiles | null
    upload: { maxBytes: number; maxPixels: number }
  }
}
