/** A scene whose messages leave: a mail server, an SMS gateway, and people who are told something. */
import { sendMessages } from '../../src/core/messages/index.ts'
import type { NodeOptions } from '../../src/node.ts'
import { newId } from '../../src/platform/id.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { openScene, type Scene } from './scene.ts'
import { openSmsGateway, type SmsGateway } from './sms-gateway.ts'

export interface OutsideScene extends Scene {
  mail: MailServer
  gateway: SmsGateway
  outbound: NonNullable<NodeOptions['outbound']>
  /** As an act does it: a message in the inbox, now. @returns its id */
  message(personId: string, kind?: string, params?: object): Promise<string>
  sweep(): ReturnType<typeof sendMessages>
  /** Dispatch rows of a person, oldest message first. */
  rowsOf(personId: string): Promise<DispatchRow[]>
  later(seconds: number): void
  /** The code in the newest letter to that address. */
  mailedCode(email: string): string
}

export interface DispatchRow {
  channel: string
  state: string
  fault: string | null
  attempts: number
  parcel: string | null
  delivered: boolean
  undelivered: boolean
}

/** Ten in the morning, Shanghai. The first sweep has run: what is told from here on leaves. */
export async function openOutsideScene(behaviour: Parameters<typeof openMailServer>[0] = {}): Promise<OutsideScene> {
  let clock = () => new Date('2026-11-24T02:00:00Z')
  const [mail, gateway] = [await openMailServer(behaviour), await openSmsGateway(() => clock())]
  const outbound: OutsideScene['outbound'] = {
    email: { host: '127.0.0.1', port: mail.port, secure: false, plain: true, login: null, from: 'no-reply@street.example.org' },
    sms: { url: gateway.url, secret: gateway.secret },
  }
  const scene = await openScene('2026-11-24T02:00:00Z', { outbound })
  clock = scene.now
  const close = scene.close
  const self: OutsideScene = Object.assign(scene, {
    mail,
    gateway,
    outbound,
    async message(personId: string, kind = 'accepted', params: object = {}) {
      const id = newId(scene.now())
      await scene.owner.query(
        'insert into messages.message (id, person_id, kind, params, case_id, made_at) values ($1, $2, $3, $4, null, $5)',
        [id, personId, kind, JSON.stringify(params), scene.now()],
      )
      return id
    },
    sweep: () => sendMessages(scene.node.platform),
    async rowsOf(personId: string) {
      const { rows } = await scene.owner.query<DispatchRow>(
        `select d.channel, d.state, d.fault, d.attempts, d.parcel_id as parcel, d.delivered_at is not null as delivered,
           d.undelivered_at is not null as undelivered
         from messages.dispatch d join messages.message m on m.id = d.message_id where d.person_id = $1 order by m.made_at, d.channel desc`,
        [personId],
      )
      return rows
    },
    later: (seconds: number) => scene.at(new Date(scene.now().getTime() + seconds * 1000).toISOString()),
    mailedCode(email: string) {
      const text = mail.received.findLast((one) => one.to.includes(email))?.text ?? ''
      return /\d{6}/.exec(text)?.[0] ?? ''
    },
    async close() {
      await close()
      await mail.close()
      await gateway.close()
    },
  })
  await self.sweep()
  self.later(60)
  return self
}

/** She proves an address through the API, as her page does. */
export async function withEmail(
  scene: OutsideScene,
  who: Awaited<ReturnType<Scene['resident']>>,
  email: string,
): Promise<{ status: number }> {
  await who.post('/api/v1/me/email/code', { email })
  return who.post('/api/v1/me/email', { email, code: scene.mailedCode(email) })
}
