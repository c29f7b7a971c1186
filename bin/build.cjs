#!/usr/bin/env node
// npm run build: what a start would install and build, without starting.
require('./old-node.cjs')
const { launch, prepare } = require('./launch.cjs')

launch(prepare)
