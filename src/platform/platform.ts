/**
 * What every use case may reach. Core rooms add their own services by module augmentation of `Services`, so that the
 * platform stays without domain.
 */
import type { Guard } from './actor.ts'
import type { Database } from './database/database.ts'

export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

// biome-ignore lint/suspicious/noEmptyInterface: rooms add to it
export interface Services {}

export interface Platform {
  db: Database
  guard: Guard
  log: Log
  /** The only clock. Tests hold it; everything below takes `now` as an argument. */
  clock: () => Date
  services: Services
}
