/** The sum behind an amount, right under it, with what each number is and how sure it is. */
import type { Checked } from '../../../../core/cases/index.ts'
import { type ParameterRead, sumText } from '../../../../core/rules/index.ts'
import { Facts, formatMoney, formatNumber, Tag, type View } from '../../../../ui/index.ts'

/** A sum in one line: 1,200 元 × 3 − 2,100 元. */
export const sumOf = (view: View, working: Checked['working'], isMoney: (fact: string) => boolean = isFen): string =>
  sumText(working, (token) => shown(view, token, isMoney))

const isFen = (fact: string): boolean => fact.endsWith('_fen')

type Token = Exclude<Checked['working'][number], { kind: 'sign' | 'open' | 'close' }>

export function WorkingOut({ view, working, amountFen }: { view: View; working: Checked['working']; amountFen: number }) {
  const { t, lang } = view
  const [only] = working
  if (!only) return null
  if (working.length === 1) return only.kind === 'parameter' ? <Sure view={view} read={only.read} /> : null
  const named = working.filter((token) => token.kind === 'parameter' || token.kind === 'fact')
  return (
    <div class="k-stack">
      <p class="num">
        {t('apply.working.sum', {
          sum: sumOf(view, working),
          total: formatMoney(amountFen, lang),
        })}
      </p>
      <Facts
        facts={named.map((token) => ({
          name: token.kind === 'parameter' ? t('apply.working.number') : t(`fact.${token.name}`),
          value: shown(view, token),
          ...(token.kind === 'parameter' ? { source: <Sure view={view} read={token.read} /> } : {}),
        }))}
      />
    </div>
  )
}

function shown({ lang }: View, token: Token, isMoney = isFen): string {
  switch (token.kind) {
    case 'number':
      return formatNumber(token.value)
    case 'fact':
      return isMoney(token.name) ? formatMoney(token.value, lang) : formatNumber(token.value)
    case 'parameter':
      return token.read.unit?.startsWith('fen') ? formatMoney(Number(token.read.value), lang) : String(token.read.value)
  }
}

/** A sample says so, and so does what nobody has verified. */
function Sure({ view, read }: { view: View; read: ParameterRead }) {
  if (read.demo) return <Tag tone="warn">{view.t('front.sample')}</Tag>
  return read.verified ? null : <Tag tone="hold">{view.t('front.unverified')}</Tag>
}
