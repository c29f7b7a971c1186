/** So many at a time; the others wait in the order in which they came, not too many and not too long. */
export interface Turns {
  /** @returns what ends the turn; null when too many wait already, or it took too long */
  take(): Promise<(() => void) | null>
}

export function createTurns(atOnce: number, waiting: number, waitMs: number): Turns {
  const queue: ((turn: (() => void) | null) => void)[] = []
  let running = 0
  const turn = (): (() => void) => {
    let over = false
    return () => {
      if (over) return
      over = true
      const next = queue.shift()
      if (next) next(turn())
      else running--
    }
  }
  return {
    take() {
      if (running < atOnce) {
        running++
        return Promise.resolve(turn())
      }
      if (queue.length >= waiting) return Promise.resolve(null)
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          queue.splice(queue.indexOf(entry), 1)
          resolve(null)
        }, waitMs)
        const entry = (given: (() => void) | null) => {
          clearTimeout(late)
          resolve(given)
        }
        queue.push(entry)
      })
    },
  }
}
