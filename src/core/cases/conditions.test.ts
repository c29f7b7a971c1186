import assert from 'node:assert/strict'
import { test } from 'node:test'
import { provesAddress } from './conditions.ts'

const material = (code: string, proves?: 'address') => ({
  code,
  name: { zh: code, en: code },
  accepts: { zh: code, en: code },
  required: false,
  source: 'upload' as const,
  ...(proves ? { proves } : {}),
})
const registration = { materials: [material('photo'), material('lease', 'address')] }
const given = (code: string, withdrawnAt: Date | null = null) => ({ material: code, withdrawnAt })

test('a photo proves no address; a lease does until it is taken back', () => {
  assert.equal(provesAddress(registration, [given('photo')]), false)
  assert.equal(provesAddress(registration, [given('photo'), given('lease')]), true)
  assert.equal(provesAddress(registration, [given('lease', new Date('2026-11-24T02:00:00Z'))]), false)
})
