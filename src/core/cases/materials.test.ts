import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Material } from '../matters/index.ts'
import { notOnRecord, openReasons } from './materials.ts'

const material = (code: string, more: Partial<Material>): Material => ({
  code,
  name: { zh: code, en: code },
  required: false,
  source: 'upload',
  accepts: { zh: code, en: code },
  ...more,
})

test('what is required has a reason and a basis, what proves a fact says how else it was checked, and the rest may be left out', () => {
  const missing = [material('photo', { required: true }), material('lease', { proves: 'address' }), material('note', {})]
  const paths = (without: Parameters<typeof openReasons>[1]) => openReasons(missing, without).map(({ path }) => path)
  assert.deepEqual(paths([]), ['/without-photo-reason', '/without-photo-basis', '/without-lease-reason'])
  assert.deepEqual(
    paths([
      { material: 'photo', reason: '相机坏了', basis: '通知第三条' },
      { material: 'lease', reason: '上门看过', basis: '' },
    ]),
    [],
  )
})

test('what the registers may hold is looked for where it stands: of her hukou, of her permit, or of either', () => {
  const shared = (code: string, register?: Material['register']) =>
    material(code, { source: 'shared', ...(register && { register }) })
  const materials = [
    shared('identity'),
    shared('book', 'hukou'),
    shared('either', 'hukou-or-permit'),
    shared('card', 'disability'),
  ]
  const sought = (facts: Partial<Parameters<typeof notOnRecord>[1]>) =>
    notOnRecord({ materials }, { hukou_area: null, permit: null, disability: null, ...facts }).map(({ code }) => code)
  assert.deepEqual(sought({}), ['book', 'either', 'card'])
  assert.deepEqual(sought({ hukou_area: '440106007002' }), ['card'])
  assert.deepEqual(sought({ permit: { since: '2026-01-01', until: '2027-01-01' } }), ['book', 'card'])
})
