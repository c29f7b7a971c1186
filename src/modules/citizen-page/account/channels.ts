/** 通知方式: on which channels news reaches her outside the inbox, and the e-mail address that she proves. */
import {
  chooseChannels,
  listChannels,
  proveEmail,
  quietHours,
  removeEmail,
  requestEmailCode,
} from '../../../core/messages/index.ts'
import { type PageRequest, type Problem, paths, readMany } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { ChannelsPage } from './pages/channels.tsx'
import { EmailCodePage, EmailPage } from './pages/email.tsx'

const CHANNELS = paths.channels

export function channelRoutes({ pages, platform, outbox }: Rooms): void {
  const { packs } = platform.services

  const show = async (r: PageRequest, problem?: Problem) =>
    ChannelsPage({
      view: r.view,
      channels: await listChannels.run(r.call, {}),
      night: quietHours(packs.inForce(), r.call.now),
      newKey: r.newKey,
      done: r.query.done,
      ...(problem ? { errors: { main: problem.message } } : {}),
    })
  pages.get(CHANNELS, (r) => show(r))
  pages.post(
    CHANNELS,
    async (r) => {
      await chooseChannels.run(r.call, { sms: wanted(r, 'sms'), email: wanted(r, 'email') })
      return `${CHANNELS}?done=saved`
    },
    show,
  )
  pages.post(
    `${CHANNELS}/email/removal`,
    async (r) => {
      await removeEmail.run(r.call, {})
      return `${CHANNELS}?done=removed`
    },
    show,
  )

  const address = async (r: PageRequest, problem?: Problem) => {
    // Asked of the use case: who has no such page is sent away before anything is typed.
    const channels = await listChannels.run(r.call, {})
    const held = channels.find((each) => each.channel === 'email')?.to ?? null
    const typed = r.body.email ?? ''
    return EmailPage({ view: r.view, held, typed, ...(problem ? { errors: { email: problem.message } } : {}) })
  }
  const code = async (r: PageRequest, problem?: Problem) =>
    EmailCodePage({
      view: r.view,
      email: r.body.email ?? '',
      newKey: r.newKey,
      outbox: outbox !== null,
      ...(problem ? { errors: { code: problem.message } } : {}),
    })
  pages.get(`${CHANNELS}/email`, (r) => address(r))
  pages.post(
    `${CHANNELS}/email`,
    async (r) => {
      await requestEmailCode.run(r.call, { email: r.body.email ?? '' })
      return code(r)
    },
    address,
  )
  pages.post(
    `${CHANNELS}/email/code`,
    async (r) => {
      await proveEmail.run(r.call, { email: r.body.email ?? '', code: r.body.code ?? '' })
      return `${CHANNELS}?done=email`
    },
    code,
  )
}

const wanted = ({ body }: PageRequest, channel: string): boolean => readMany(body.channel).includes(channel)
