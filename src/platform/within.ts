/** @returns whether `work` ended within `ms`; what it throws is thrown */
export async function within(ms: number, work: PromiseLike<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((tell) => {
    timer = setTimeout(tell, ms, false)
  })
  try {
    return await Promise.race([work.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}
