/** Real ciphers under a key of this run: a value that is copied into another column does not open here either. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { FieldCrypto } from '../../src/core/people/person.ts'

export function testCrypto(): FieldCrypto {
  const key = randomBytes(32)
  const blind = (value: string, context: string) => createHmac('sha256', key).update(`${context}\0${value}`).digest()
  return {
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, context) {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
      cipher.setAuthTag(sealed.subarray(-16))
      return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('utf8')
    },
    blind,
    blinds: (value, context) => [blind(value, context)],
  }
}
