#!/usr/bin/env node
// npm test [-- files, folders, parts of names, options of node --test]: all tests, in the bundled Node 26.
require('./old-node.cjs')
const fs = require('node:fs')
const { at, hooks, launch, prepare, run } = require('./launch.cjs')

const ALL = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts']

/** Paths that hold the word, so that a part of a path names a file too. A word that names nothing must not pass as green. */
function filesFor(word) {
  if (word.includes('*')) return [word]
  const found = ['src', 'test'].flatMap((folder) =>
    fs
      .readdirSync(at(folder), { recursive: true })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.test\.tsx?$/.test(path) && path.includes(word.replace(/\/$/, ''))),
  )
  if (found.length === 0) {
    console.error(`没有测试文件的路径里有 “${word}”。No test file has “${word}” in its path.`)
    process.exit(1)
  }
  return found
}

launch(() => {
  prepare()
  const words = process.argv.slice(2)
  const options = words.filter((word) => word.startsWith('-'))
  // Node runs one file less at once than there are processors: on two of them most of the time is waiting. One more than there are
  // was tried: browsers that draw without a graphics card then wait on each other, and nothing is gained.
  if (!options.some((option) => option.startsWith('--test-concurrency')))
    options.push(`--test-concurrency=${Math.max(2, require('node:os').availableParallelism() - 1)}`)
  // A story that fails half way may leave a connection open: its file ends all the same, and one that waits for ever is told.
  options.push('--test-force-exit')
  if (!options.some((option) => option.startsWith('--test-timeout'))) options.push('--test-timeout=1200000')
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
    'KAIFONG_METRICS_TOKEN',
    'KAIFONG_PUBLIC_URL',
    'KAIFONG_S3_KEY_ID',
    'KAIFONG_S3_REGION',
    'KAIFONG_S3_SECRET',
    'KAIFONG_S3_SECRET_FILE',
    'KAIFONG_S3_URL',
    'KAIFONG_SEALS',
    'KAIFONG_SEAL_SECONDS',
  ])
    delete env[name]
  for (const name of Object.keys(env)) if (/^PG[A-Z]+$/.test(name)) delete env[name]
  run(hooks().concat('--test', '--test-global-setup=bin/test-setup.mjs', options, named.length > 0 ? named : ALL), env)
})
