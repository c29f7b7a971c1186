/** Numbers of the law are Chinese numerals; anything else says in words that the clause is still to be looked up. */
export const isClauseKnown = (clause: string): boolean =>
  /^[\p{Number}〇零一二三四五六七八九十百至、，第条款项（）,–-]+$/u.test(clause)

/** It says itself what its numbers count: 第二十四条第一款. */
export const isClauseNamed = (clause: string): boolean => /[第条]/u.test(clause)
