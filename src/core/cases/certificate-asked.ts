/** 居委会证明: which certificate a case asks for, and whether a committee issues it at all. Pure. */
import { type Certificate, findCertificates, type LoadedPack, type Matter, mustNotIssue } from '../matters/index.ts'
import type { Answers } from './answer.ts'

/** The answer that names it. */
const NAME = 'certificate-name'

const asked = ({ pack }: LoadedPack, { code }: Pick<Matter, 'code'>, answers: Answers): string | null => {
  const answer = answers[NAME]
  return pack.certificates?.matter === code && answer?.kind === 'text' ? answer.text : null
}

/** What the case asks for, where the list says that no committee issues it. */
export function notIssued(pack: LoadedPack, matter: Pick<Matter, 'code'>, answers: Answers): Certificate | null {
  const name = asked(pack, matter, answers)
  return name === null ? null : mustNotIssue(pack, name)
}

/** A name that is on neither list: who certifies it says why. */
export function isUnlisted(pack: LoadedPack, matter: Pick<Matter, 'code'>, answers: Answers): boolean {
  const name = asked(pack, matter, answers)
  return name !== null && !findCertificates(pack, name).some(({ list }) => list === 'may')
}
