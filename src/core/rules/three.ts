/**
 * Kleene's three-valued logic. Unknown is a value, not an error: whatever rests on it is unknown too, unless the rest
 * settles the answer. So no answer turns from yes to no, or back, when a fact becomes known.
 */
export const UNKNOWN = Symbol('unknown')
export type Value = boolean | number | string | typeof UNKNOWN | readonly Value[]
export type Truth = boolean | typeof UNKNOWN

/** Known through and through: a list may be known while one of its elements is not. */
export const isWhollyKnown = (value: Value): boolean =>
  Array.isArray(value) ? value.every((each: Value) => isWhollyKnown(each)) : value !== UNKNOWN

export const not = (value: Value): Truth => (value === UNKNOWN ? UNKNOWN : !value)

export function and(left: Value, right: () => Value): Truth {
  if (left === false) return false
  const other = right()
  if (other === false) return false
  return left === UNKNOWN || other === UNKNOWN ? UNKNOWN : true
}

export function or(left: Value, right: () => Value): Truth {
  if (left === true) return true
  const other = right()
  if (other === true) return true
  return left === UNKNOWN || other === UNKNOWN ? UNKNOWN : false
}

/** Lists of different length, or with one pair known to differ, differ whatever the unknown elements are. */
export function equal(left: Value, right: Value): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right
  if (left.length !== right.length) return false
  let answer: Truth = true
  for (const [index, each] of left.entries()) {
    const same = equal(each, right[index])
    if (same === false) return false
    if (same === UNKNOWN) answer = UNKNOWN
  }
  return answer
}

export type Comparison = '<' | '<=' | '>' | '>='

/** Integers, texts and days; a day compares as its text. */
export function compare(op: Comparison, left: Value, right: Value): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN
  switch (op) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

/** Membership is `exists(e, e == value)`: nothing is in an empty list, not even something unknown. */
export const contains = (list: Value, value: Value): Truth => exists(list, (each) => equal(value, each))

export function all(list: Value, holds: (each: Value) => Value): Truth {
  if (list === UNKNOWN) return UNKNOWN
  let answer: Truth = true
  for (const each of list as readonly Value[]) {
    const held = holds(each)
    if (held === false) return false
    if (held === UNKNOWN) answer = UNKNOWN
  }
  return answer
}

export function exists(list: Value, holds: (each: Value) => Value): Truth {
  if (list === UNKNOWN) return UNKNOWN
  let answer: Truth = false
  for (const each of list as readonly Value[]) {
    const held = holds(each)
    if (held === true) return true
    if (held === UNKNOWN) answer = UNKNOWN
  }
  return answer
}

export function existsOne(list: Value, holds: (each: Value) => Value): Truth {
  if (list === UNKNOWN) return UNKNOWN
  let held = 0
  let open = 0
  for (const each of list as readonly Value[]) {
    const answer = holds(each)
    if (answer === UNKNOWN) open += 1
    else if (answer) held += 1
    if (held > 1) return false
  }
  return open > 0 ? UNKNOWN : held === 1
}

/** The elements for which `holds`, each made into something. One open answer leaves the list's length, so the list, unknown. */
export function select(list: Value, holds: (each: Value) => Value, make: (each: Value) => Value): Value {
  if (list === UNKNOWN) return UNKNOWN
  const kept: Value[] = []
  for (const each of list as readonly Value[]) {
    const held = holds(each)
    if (held === UNKNOWN) return UNKNOWN
    if (held) kept.push(make(each))
  }
  return kept
}

/** With an unknown condition the answer is known only if both branches give the same. */
export function choose(condition: Value, met: () => Value, unmet: () => Value): Value {
  if (condition === true) return met()
  if (condition === false) return unmet()
  const answer = met()
  return equal(answer, unmet()) === true ? answer : UNKNOWN
}
