#!/usr/bin/env node
// npm run kaifong -- <command>: any command of src/main.ts in the bundled Node 26.
require('./old-node.cjs')
const { hooks, launch, prepare, run } = require('./launch.cjs')

launch(() => {
  prepare()
  run(hooks().concat('src/main.ts', process.argv.slice(2)), process.env)
})
