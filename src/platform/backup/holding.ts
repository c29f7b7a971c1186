/** What the house tells this room of its tables, since the platform knows none of them. */
export interface Sealed {
  table: string
  column: string
  ring: 'field' | 'wrap'
  /** Under which it was sealed; of a `wrap` column the stored name of the file. */
  context: string
  /** Secrets of the house itself, of no use to who leaves: sealed also in an opened export. */
  never?: 'opened'
}

/** A column that names files of the store, with the wrapped key beside it. */
export interface StoredColumn {
  table: string
  name: string
  wrappedKey: string
  /** SHA-256 of the file as people see it. */
  plainHash: string
  /** Sealed: the name under which it was given. Without it the file is made from another and is not written readable. */
  label?: { column: string; context: string }
}

export interface Holding {
  /** Tables that are not kept, each with its reason. */
  leftOut: Readonly<Record<string, string>>
  sealed: readonly Sealed[]
  stored: readonly StoredColumn[]
}
