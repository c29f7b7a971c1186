/**
 * Money on an official paper: with thousands and both places, and once more in capital numerals, which nobody can change
 * with a stroke (票据法 and 支付结算办法 annex 1 show how they are written; a paper that pays follows the same habit).
 */
const PLAIN = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

const refuse = (fen: number): void => {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`documents: ${fen} is no sum in fen`)
}

/** Fen as `1,200.00`, in yuan without the unit. */
export function plainYuan(fen: number): string {
  refuse(fen)
  return PLAIN.format(fen / 100)
}

/** Fen as `壹仟贰佰元整`, `壹仟零叁元零伍分`. */
export function capitalYuan(fen: number): string {
  refuse(fen)
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10]
  const whole = yuan > 0 ? `${capitals(yuan)}元` : ''
  if (jiao === 0 && rest === 0) return `${whole || '零元'}整`
  if (rest === 0) return `${whole}${DIGITS[jiao]}角整`
  // A nought stands for jiao that are missing between yuan and fen.
  const middle = jiao > 0 ? `${DIGITS[jiao]}角` : whole ? '零' : ''
  return `${whole}${middle}${DIGITS[rest]}分`
}

/** Four places a group; a run of noughts is said once, and not at the end of a group. */
function capitals(number: number): string {
  const places = [...String(number)].map(Number)
  let text = ''
  let nought = false
  let said = false
  places.forEach((digit, at) => {
    const left = places.length - 1 - at
    if (digit === 0) nought = text !== ''
    else {
      text += `${nought ? '零' : ''}${DIGITS[digit]}${PLACES[left % 4]}`
      nought = false
      said = true
    }
    if (left % 4 === 0) {
      if (said) text += GROUPS[left / 4]
      said = false
    }
  })
  return text
}
