#!/usr/bin/env node
// npm test [-- files, folders, parts of names, options of node --test]: all tests, in the bundled Node 26.
require('./old-node.cjs')
const fs = require('node:fs')
const { at, hooks, launch, prepare, run } = require('./launch.cjs')

const ALL = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts']

function filesFor(word) {
  if (word.includes('*')) return [word]
  const found = fs.statSync(at(word), { throwIfNoEntry: false })
  if (found?.isFile()) return [word]
  if (found) return [`${word.replace(/\/$/, '')}/**/*.test.ts`, `${word.replace(/\/$/, '')}/**/*.test.tsx`]
  return [`src/**/*${word}*.test.ts`, `src/**/*${word}*.test.tsx`, `test/**/*${word}*.test.ts`]
}

launch(() => {
  prepare()
  const words = process.argv.slice(2)
  const options = words.filter((word) => word.startsWith('-'))
  const named = words.filter((word) => !word.startsWith('-')).flatMap(filesFor)
  const env = Object.assign({}, process.env)
  // Tests make their own database, folders and addresses; those of a real street must stay out of their reach.
  for (const name of [
    'DATABASE_URL',
    'HOST',
    'PORT',
    'KAIFONG_DATA',
    'KAIFONG_DEMO',
    'KAIFONG_KEYS',
    'KAIFONG_PUBLIC_URL',
    'KAIFONG_SEALS',
    'KAIFONG_SEAL_SECONDS',
  ])
    delete env[name]
  for (const name of Object.keys(env)) if (/^PG[A-Z]+$/.test(name)) delete env[name]
  run(hooks().concat('--test', '--test-global-setup=bin/test-setup.mjs', options, named.length > 0 ? named : ALL), env)
})
