/** Signs that stand on a screen and on no paper. A rare Chinese character is none of them: that one a font can be given. */
export const pictographsIn = (text: string): string[] => [
  ...new Set(text.match(/[\p{Extended_Pictographic}\p{Co}\p{Cn}]/gu) ?? []),
]
