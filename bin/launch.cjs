'use strict'
// Makes a fresh clone ready and runs the bundled Node. Plain CommonJS for any Node from 18 on: npm runs no prestart
// under --ignore-scripts, and the machine's own Node reads no TypeScript.
const { spawn, spawnSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const { constants } = require('node:os')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const root = path.dirname(__dirname)
const at = (...parts) => path.join(root, ...parts)
const NODE = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const PROC = fs.existsSync('/proc/self/stat')
const say = (text) => process.stderr.write(`${text}\n`)

class Stop extends Error {}

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw new Stop(`${file} cannot be read (${error.message}).`)
  }
}

/** Why the parts must be installed, or undefined. npm writes its hidden lock last, so an interrupted install shows. */
function whatIsMissing() {
  const wanted = readJson(at('package-lock.json'))
  if (!wanted) throw new Stop(`${at('package-lock.json')} is missing; this is not a complete copy of Kaifong. Clone it again.`)
  const found = readJson(at('node_modules', '.package-lock.json'))
  if (!found) return fs.existsSync(at('node_modules')) ? 'an earlier installation did not finish' : 'nothing is installed yet'
  for (const [place, part] of Object.entries(wanted.packages)) {
    if (place === '') continue
    const there = found.packages[place]
    // Optional parts for other machines are in the lock and nowhere else.
    if (!there && part.optional) continue
    if (!there || there.version !== part.version) return `${place} is not at ${part.version}`
    if (!fs.existsSync(at(place, 'package.json'))) return `${place} is gone`
  }
  return undefined
}

function npm(args, options) {
  const own = process.env.npm_execpath
  const env = Object.assign({}, process.env)
  // The part `node` calls npm from its install script, and must find the one that belongs to this Node.
  env.PATH = path.dirname(process.execPath) + path.delimiter + (env.PATH || '')
  const given = Object.assign({ cwd: root, stdio: ['ignore', 2, 2], env }, options)
  const ran =
    own && path.basename(own) === 'npm-cli.js'
      ? spawnSync(process.execPath, [own].concat(args), given)
      : spawnSync('npm', args, Object.assign({ shell: process.platform === 'win32' }, given))
  if (ran.error) throw new Stop(`npm could not be run (${ran.error.message}). Install npm 11 and start again.`)
  if (ran.signal) process.exit(128 + constants.signals[ran.signal])
  return ran.status
}

function install(reason) {
  say(`Kaifong: installing its parts (${reason}). The first time this takes some minutes.`)
  // Building the pages' styles needs the development parts, even where NODE_ENV says production.
  if (npm(['ci', '--include=dev', '--loglevel=error']) !== 0) {
    throw new Stop(
      'npm ci failed; its reason is above. When that is repaired, start again: an unfinished installation is begun anew.',
    )
  }
}

const wantedNode = () => `v${readJson(at('node_modules', 'node', 'package.json')).version}`

function nodeRuns() {
  const ran = spawnSync(NODE, ['--version'], { encoding: 'utf8' })
  return ran.status === 0 && ran.stdout.trim() === wantedNode()
}

/** Under --ignore-scripts the part `node` comes without its program. Its installer fetches it. */
function repairNode() {
  say(`Kaifong: fetching Node ${wantedNode()}, which npm left out.`)
  const env = Object.assign({}, process.env, { npm_config_ignore_scripts: 'false', npm_config_global: 'false' })
  env.PATH = path.dirname(process.execPath) + path.delimiter + (env.PATH || '')
  let how = ''
  // Twice: the first try failed once without a word and the second went through.
  for (let attempt = 0; attempt < 2; attempt++) {
    const ran = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: at('node_modules', 'node'),
      stdio: ['ignore', 2, 2],
      env,
    })
    if (nodeRuns()) return
    how = ran.error ? ran.error.message : `its installer ended with ${ran.signal || ran.status}`
  }
  throw new Stop(
    `${NODE} is not Node ${wantedNode()} or does not run on this machine; ${how}. Delete node_modules and start again; if it still fails, this system has no Node 26 from npm.`,
  )
}

/** A hash over what Vite reads: times would miss a deleted file and mistake a copied folder. */
function hashOfSources() {
  const hash = createHash('sha256')
  const read = (file) =>
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0')
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) walk(file)
      else if (/\.s?css$/.test(entry.name)) read(file)
      else if (/\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && file.startsWith(at('src', 'ui'))) read(file)
    }
  }
  walk(at('src'))
  read(at('vite.config.ts'))
  read(at('package-lock.json'))
  return hash.digest('hex')
}

const STAMP = at('dist', '.sources')

/** The hash to build, or undefined if what is there is right. */
function assetsToBuild() {
  if (!fs.existsSync(at('vite.config.ts'))) return undefined
  const hash = hashOfSources()
  const built = fs.existsSync(STAMP) ? fs.readFileSync(STAMP, 'utf8').trim() : ''
  return built === hash ? undefined : hash
}

function buildAssets(hash) {
  say('Kaifong: building the styles of the pages.')
  const ran = spawnSync(NODE, [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (ran.status !== 0) throw new Stop('The styles could not be built; the reason is above.')
  fs.writeFileSync(STAMP, `${hash}\n`)
}

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Process numbers are used again, in a restarted container nearly always. */
function prepares(pid) {
  if (pid === process.pid || !alive(pid)) return false
  if (!PROC) return true
  const args = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return args.some((arg) => /(start|run|test|check)\.cjs$/.test(arg))
}

/** npm ci deletes node_modules first: two at once in one folder would destroy each other's work. */
function alone(work) {
  const file = at('.cache', 'preparing.pid')
  try {
    fs.mkdirSync(at('.cache'), { recursive: true })
  } catch (error) {
    throw new Stop(
      `${root} must be prepared, and you may not write there (${error.code}). Start it once as the user whose folder it is.`,
    )
  }
  for (let told = false; ; ) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new Stop(`${file} cannot be written (${error.code}). Start once as the user whose folder this is.`)
    }
    let other = 0
    try {
      other = Number(fs.readFileSync(file, 'utf8'))
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
    // Empty for a moment between its making and its writing.
    if (other && !prepares(other)) fs.rmSync(file, { force: true })
    else if (!told) {
      say(`Kaifong: process ${other || 'another'} is preparing this folder; waiting for it.`)
      told = true
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

/** Everything that a start needs: parts, Node 26, styles. Writes nothing if all is there. */
function prepare() {
  if (whatIsMissing() === undefined && nodeRuns() && assetsToBuild() === undefined) return
  alone(() => {
    const reason = whatIsMissing()
    if (reason) install(reason)
    if (!nodeRuns()) repairNode()
    const hash = assetsToBuild()
    if (hash) buildAssets(hash)
  })
}

/** Arguments of the bundled Node that every program of ours needs. */
const hooks = () => ['tied.mjs', 'tsx-hook.mjs'].flatMap((name) => ['--import', pathToFileURL(path.join(__dirname, name)).href])

/** Name and parent of a process; of one that is gone, an empty name and parent 0. `ps` is not on every small machine. */
function lookUp(pid) {
  if (!PROC) {
    const [parent = '0', ...name] = String(
      spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout || '',
    )
      .trim()
      .split(/ +/)
    return { name: path.basename(name.join(' ')), parent: Number(parent) || 0 }
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = stat.lastIndexOf(')')
    return { name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(stat.slice(end + 2).split(' ')[1]) }
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error
    return { name: '', parent: 0 }
  }
}

/**
 * True when npm, which started us, is gone. kill <npm> takes its shell along and leaves us; kill -9 leaves the shell,
 * too, which waits for us: then its own parent has changed. Without npm we may outlive a terminal (nohup).
 */
function watchNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return () => false
  const shell = process.ppid
  const { name, parent: npmPid } = lookUp(shell)
  // A shell that ends in exec has become us, and npm is our parent.
  const between = /^-?(da|ba|z|a|k)?sh$/.test(name)
  // Elsewhere than on Linux each look would be another process; there npm's being alive must do.
  return () => process.ppid !== shell || (between && (PROC ? lookUp(shell).parent !== npmPid : !alive(npmPid)))
}

// Now, because npm may be killed while we install.
const npmIsGone = watchNpm()

/** Runs the bundled Node with us as its keeper: signals go on to it, its code comes back, and it never outlives us. */
function run(args, env) {
  if (npmIsGone()) throw new Stop('npm has ended in the meantime; not starting.')
  const child = spawn(NODE, args, {
    cwd: root,
    stdio: 'inherit',
    env: Object.assign({ NODE_COMPILE_CACHE: at('.cache', 'compile') }, env, { KAIFONG_LAUNCHER: String(process.pid) }),
  })
  child.on('error', (error) => fail(new Stop(`${NODE} could not be started (${error.message}).`)))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C reaches the child from the terminal already; the second one would be taken for impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY) setTimeout(() => child.kill(signal), 1000)
      else child.kill(signal)
    })
  }
  const watch = setInterval(() => {
    if (!npmIsGone()) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 500)
}

function fail(error) {
  say(error instanceof Stop ? `Kaifong: ${error.message}` : error.stack)
  process.exit(1)
}

/** Runs `work` and reports in words what stops it. */
function launch(work) {
  try {
    work()
  } catch (error) {
    fail(error)
  }
}

module.exports = { NODE, at, hooks, launch, prepare, root, run, say }
