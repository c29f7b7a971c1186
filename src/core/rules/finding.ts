/**
 * What a check of rules and parameters found: where, and a code whose text is in the catalogue under that code.
 */
export interface CheckError {
  code: string
  file: string
  line: number
  /** 1 is the first; 1 also when only the line is known. */
  column: number
  /** Id of the rule or parameter, if it has one. */
  id: string
  params: Readonly<Record<string, string | number>>
}

export interface Place {
  line: number
  column: number
}
