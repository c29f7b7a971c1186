/**
 * The text of a file that somebody chose. Spreadsheets in China still write GB 18030 (or its older parts, GBK and GB 2312) unless told
 * otherwise; what is not UTF-8 is read as that, so that nobody must know what an encoding is.
 */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
