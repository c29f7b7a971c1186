/** docs/outreach-cover.md from the pack: which matters a search of everybody covers, and of each other why not. */
import { join } from 'node:path'
import { readHousePack } from '../src/core/matters/index.ts'
import { loadWords } from '../src/platform/words.ts'

const root = join(import.meta.dirname, '..')

/** The page as the pack makes it. @throws when the pack has an error */
export function outreachCover(): string {
  const { pack, errors } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), '2026-11-29', 'en')
  if (!pack) throw new Error(errors.map(({ message }) => message).join('\n'))
  const titles = new Map(pack.bases.map(({ code, title, number }) => [code, `${title.zh}（${number}）`]))
  const searched = pack.matters.flatMap(({ name, outreach }) =>
    outreach?.searched
      ? [
          `- **${name.zh}** ${name.en}. Basis: 《${titles.get(outreach.basis.document)}》 ${outreach.basis.clause}. ${
            outreach.one_page ? 'One page that she confirms is an application.' : 'She is told, and applies herself.'
          }`,
        ]
      : [],
  )
  const others = pack.matters.flatMap(({ name, outreach }) =>
    outreach?.searched
      ? []
      : [`**${name.zh}** ${name.en}. ${outreach ? `${outreach.why.zh}。 ${outreach.why.en}.` : 'The pack does not say why.'}`],
  )
  return `# Which matters are searched for, and why the others are not

Written from \`packs/guangzhou\` by \`scripts/make-docs.ts\`: what stands here is what the search reads.

A search of everybody (政策找人) looks at registers that people did not fill in for it. It covers a matter only where the pack names a
basis for looking, where the conditions stand in registers that are here, and where a missing benefit is a loss to somebody who does not
know of it. Whoever said “do not look for me” is left out.

## Searched for

${searched.join('\n')}

## Not searched for

${others.join('\n\n')}
`
}
