#!/usr/bin/env node
// npm start: installs what is missing, then runs the server in the bundled Node 26.
require('./old-node.cjs')
const { hooks, launch, prepare, run } = require('./launch.cjs')

launch(() => {
  prepare()
  run(hooks().concat('src/main.ts', 'start', process.argv.slice(2)), process.env)
})
