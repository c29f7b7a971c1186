/** npm run chaos -- [--kills N | --attack NAME] [--folder F] [--port P] [--json]: exit code 0 only when nothing is wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { attacks } from './attacks.ts'
import { chaos } from './chaos.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    attack: { type: 'string' },
    folder: { type: 'string' },
    port: { type: 'string', default: '0' },
    json: { type: 'boolean' },
  },
})
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'kaifong-chaos-'))
const attack = values.attack === undefined ? null : attacks[values.attack]
if (attack === undefined) throw new Error(`no such attack; there are: ${Object.keys(attacks).join(', ')}`)
const port = Number(values.port)
const outcome = attack ? await attack(folder, port) : await chaos({ kills: Number(values.kills), folder, port })
const { wrong, ...figures } = outcome
if (values.json) process.stdout.write(`${JSON.stringify(outcome)}\n`)
else
  for (const [name, figure] of Object.entries(figures))
    process.stdout.write(`${name.padEnd(20)} ${typeof figure === 'object' ? JSON.stringify(figure) : figure}\n`)
if (wrong.length > 0) {
  // What was found lies where it was, for whoever looks.
  process.stderr.write(`${wrong.slice(0, 20).join('\n')}\nEverything is in ${folder}\n`)
  process.exitCode = 1
} else if (!values.folder) rmSync(folder, { recursive: true, force: true })
