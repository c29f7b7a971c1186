#!/usr/bin/env node
// npm run check: types, form, imports, clock, unused parts. All run, so that one round shows everything.
require('./old-node.cjs')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { NODE, at, launch, prepare, root, say } = require('./launch.cjs')

const tool = (name) => {
  const folder = at('node_modules', ...name.split('/'))
  const { bin } = JSON.parse(fs.readFileSync(`${folder}/package.json`, 'utf8'))
  return `${folder}/${typeof bin === 'string' ? bin : Object.values(bin)[0]}`
}

const shown = (name, args) => spawnSync(NODE, [tool(name)].concat(args), { cwd: root, stdio: 'inherit' }).status === 0

/** Read as JSON, because it has said “no violations” after reading nothing: it cannot use TypeScript 7, and needs swc. */
function imports() {
  const folders = ['src', 'test', 'scripts', 'bench'].filter((folder) => fs.existsSync(at(folder)))
  const ran = spawnSync(
    NODE,
    [tool('dependency-cruiser'), '--config', '.dependency-cruiser.cjs', '--output-type', 'json'].concat(folders),
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  let read
  try {
    read = JSON.parse(ran.stdout)
  } catch (_error) {
    say(`dependency-cruiser gave no answer:\n${ran.stderr}`)
    return false
  }
  const { summary, modules } = read
  for (const { rule, from, to, cycle } of summary.violations) {
    const way = cycle && cycle.length > 0 ? cycle.map((step) => step.name).join(' → ') : to
    say(`${rule.severity} ${rule.name}: ${from} → ${way}`)
  }
  const own = modules.filter((module) => /^(src|test|scripts|bench)\//.test(module.source))
  const edges = own.reduce((sum, module) => sum + module.dependencies.length, 0)
  const typed = own.some((module) => module.dependencies.some((to) => to.dependencyTypes.includes('type-only')))
  if (own.length === 0 || edges === 0 || !typed) {
    say(
      `dependency-cruiser read ${own.length} modules and ${edges} imports${typed ? '' : ', none of them a type import'}: it is blind. Is @swc/core installed?`,
    )
    return false
  }
  say(`imports: ${own.length} modules, ${edges} imports, ${summary.error} against the rules`)
  return summary.error === 0
}

/** Time is an argument: below the platform nobody asks for it, in code or in SQL. */
function clock() {
  const ASKS =
    /\bnew Date\(\)|\bDate\.now\(\)|\bTemporal\.Now\b|(?<!performance\.)\bnow\(\)|\b(current|clock|statement|transaction)_(date|time|timestamp)\b/
  // In a browser there is nobody to be given it by.
  const PHONE = at('src', 'ui', 'field', 'clock.ts')
  const files = ['core', 'modules', 'ui', 'demo']
    .filter((folder) => fs.existsSync(at('src', folder)))
    .flatMap((folder) => fs.readdirSync(at('src', folder), { recursive: true }).map((name) => at('src', folder, name)))
    .filter((file) => /\.(tsx?|sql)$/.test(file) && !/\.test\.tsx?$/.test(file) && file !== PHONE)
  const asking = files.flatMap((file) =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, i) =>
        ASKS.test(line) && !/^\s*(\/\/|\*|\/\*|--)/.test(line) ? [`${path.relative(root, file)}:${i + 1}: ${line.trim()}`] : [],
      ),
  )
  for (const line of asking) say(`asks for the time instead of taking it as an argument: ${line}`)
  if (files.length === 0) say('the clock check read no file')
  return files.length > 0 && asking.length === 0
}

launch(() => {
  prepare()
  const steps = {
    types: () => shown('typescript', ['-p', '.']),
    form: () => shown('@biomejs/biome', ['check', '--error-on-warnings']),
    imports,
    clock,
    unused: () => shown('knip', ['--no-progress']),
  }
  const failed = Object.keys(steps).filter((name) => !steps[name]())
  say(failed.length === 0 ? 'check: all good' : `check: failed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
})
