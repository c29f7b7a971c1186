// Node loads no --import in the process that runs the tests, only in those of the files. Without this the run itself
// would be tied to nobody, and the harness could read no .tsx.
import './tied.mjs'
import './tsx-hook.mjs'

export const { globalSetup, globalTeardown } = await import('../test/harness/global-setup.ts')
