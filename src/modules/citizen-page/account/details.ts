/** One's own numbers in full, the bank account, the phone: all of them ask for A2. */
import { changePhone } from '../../../core/access/index.ts'
import { changeOwnBankAccount, maskPhone, readOwnIdentity } from '../../../core/people/index.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { BankPage } from './pages/bank.tsx'
import { DetailsPage } from './pages/details.tsx'
import { NewPhoneCodePage, NewPhonePage } from './pages/phone.tsx'

export function detailRoutes(rooms: Rooms): void {
  const { pages, platform, outbox } = rooms
  const { accounts, packs } = platform.services

  pages.get('/me/details', async (r) =>
    DetailsPage({
      view: r.view,
      own: await readOwnIdentity.run(r.call, {}),
      areaName: (code) => packs.inForce().areaIn(r.view.t, r.view.lang, code),
    }),
  )

  const bank = async (r: PageRequest, problem?: Problem) => {
    const own = await readOwnIdentity.run(r.call, {})
    const errors = problem && (Object.keys(problem.errors).length > 0 ? problem.errors : { number: problem.message })
    return BankPage({ view: r.view, own, newKey: r.newKey, typed: r.body, ...(errors ? { errors } : {}) })
  }
  pages.get('/me/bank', (r) => bank(r))
  pages.post(
    '/me/bank',
    async (r) => {
      await changeOwnBankAccount.run(r.call, { number: r.body.number ?? '', bank: r.body.bank ?? '' })
      return '/me/details'
    },
    bank,
  )

  const phone = async (r: PageRequest, problem?: Problem) => {
    // Asked of the use case that needs A2 too: the page leads to the second look before anything is typed.
    const own = await readOwnIdentity.run(r.call, {})
    const now = r.call.actor.kind === 'resident' ? await accounts.phoneOf(r.call.actor.accountId) : own.phone
    return NewPhonePage({
      view: r.view,
      now: now && maskPhone(now),
      typed: r.body.phone ?? '',
      ...(problem ? { errors: { phone: problem.message } } : {}),
    })
  }
  const code = async (r: PageRequest, problem?: Problem) =>
    NewPhoneCodePage({
      view: r.view,
      phone: r.body.phone ?? '',
      newKey: r.newKey,
      outbox: outbox !== null,
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  pages.get('/me/phone', (r) => phone(r))
  pages.post(
    '/me/phone',
    async (r) => {
      await readOwnIdentity.run(r.call, {})
      await accounts.requestPhoneCode(r.body.phone ?? '', r.call.now, r.request.ip)
      return code(r)
    },
    phone,
  )
  pages.post(
    '/me/phone/code',
    async (r) => {
      await changePhone.run(r.call, { phone: r.body.phone ?? '', code: r.body.code ?? '' })
      return `${paths.security}?done=phone`
    },
    code,
  )
}
