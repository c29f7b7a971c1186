#!/usr/bin/env node
// npm run chaos -- --kills N --json: people work while Node and PostgreSQL are killed in turn.
require('./old-node.cjs')
const { hooks, launch, prepare, run } = require('./launch.cjs')

launch(() => {
  prepare()
  run(hooks().concat('test/chaos/run.ts', process.argv.slice(2)), process.env)
})
