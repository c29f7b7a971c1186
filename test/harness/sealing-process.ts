/** A process that seals without a pause until it is killed. `KAIFONG_TEST_SEALER` holds the login, the keys and the folder. */
import { sealedLogs } from '../../src/core/access/index.ts'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { openKeys, publicKeysOf } from '../../src/platform/crypto/keys.ts'
import { createSealer } from '../../src/platform/seals/index.ts'

const { login, keysDir, folder } = JSON.parse(process.env.KAIFONG_TEST_SEALER!)
const keys = await openKeys(keysDir, { create: false })
const sealer = createSealer({
  login,
  logs: sealedLogs,
  signer: createCrypto(keys),
  keys: publicKeysOf(keys),
  folder,
  clock: () => new Date(),
  log: { info() {}, warn() {}, error: (details, message) => console.error(message, details) },
  everySeconds: 1,
})
for (let told = false; ; ) {
  if ((await sealer.tick()) === 'sealed' && !told) {
    process.stdout.write('sealing\n')
    told = true
  }
}
