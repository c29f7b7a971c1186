// Ends this process in good order when the one that started it is gone: kill -9 of the launcher, or of a test run,
// must not leave anything that holds the port or the data.
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  // The launcher's number comes along, because it may die before we look. Only for us: our own children have us.
  const parent = Number(process.env.KAIFONG_LAUNCHER ?? process.ppid)
  delete process.env.KAIFONG_LAUNCHER
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
