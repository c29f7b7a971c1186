#!/usr/bin/env node
// npm run bench: every figure a ratio in one run.
require('./old-node.cjs')
const { hooks, launch, prepare, run } = require('./launch.cjs')

launch(() => {
  prepare()
  run(hooks().concat('bench/run.ts', process.argv.slice(2)), process.env)
})
