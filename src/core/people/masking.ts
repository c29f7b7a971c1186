/**
 * How much of a person a page shows before the reader has said what for.
 */

/** 复姓 that are still borne. A name of two characters is read as surname and given name all the same. */
const COMPOUND = new Set(
  '欧阳 上官 司徒 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 西门 端木 百里 呼延 轩辕 钟离 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太史 申屠 仲孙 鲜于 司空 司寇 拓跋 独孤 万俟 赫连 第五 梁丘 左丘 东郭 谷梁'.split(
    ' ',
  ),
)

/** The surname, by which a work list may call a case. A name of another form (with · or Latin letters) gives its first sign. */
export function surnameOf(name: string): string {
  const signs = [...name.trim()]
  const two = signs.slice(0, 2).join('')
  return signs.length > 2 && COMPOUND.has(two) ? two : (signs[0] ?? '')
}

/** 陈**: always two stars, since the length of a given name narrows down who it is. */
export const maskName = (name: string): string => `${surnameOf(name)}**`

/**
 * 4401************1X. A person knows her own number by the city and the last two signs. Four at the end would give it
 * away: with the day of birth beside it on the page, two digits of the district are all that is left to guess.
 */
export const maskIdNumber = (number: string): string => `${number.slice(0, 4)}${'*'.repeat(12)}${number.slice(-2)}`

/** 100****0001 */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`
