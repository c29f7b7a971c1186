/** What the forms of the window do; each answers with the next page. */
import * as cases from '../../../core/cases/index.ts'
import { addCaseFile } from '../../../core/documents/index.ts'
import * as people from '../../../core/people/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { KEEP, type PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { readWithout } from '../desk/fields.ts'
import { dayTyped, typedOf } from './typed.ts'

const refuse = (field: string, code: string): Refusal => new Refusal(code, 'invalid', { fields: [{ path: `/${field}`, code }] })

const personPage = (personId: string, done: string) =>
  `/desk/people/${personId}?${new URLSearchParams({ for: 'window-service', done })}`

const filesOf = (r: PageRequest) => r.uploads.filter((upload) => upload.field.startsWith('file-') && upload.bytes.length > 0)

async function addAll(r: PageRequest, caseId: string, files: ReturnType<typeof filesOf>): Promise<string[]> {
  const added: string[] = []
  for (const { field, name, bytes } of files) {
    // One key a form: each file of it is an act of its own.
    const call = { ...r.call, ...(r.call.key ? { key: `${r.call.key}-${field}`.slice(0, 80) } : {}) }
    try {
      const { materialId } = await addCaseFile.run(call, { caseId, material: field.slice(5), fileName: name, bytes })
      added.push(materialId)
    } catch (error) {
      throw error instanceof Refusal && error.kind === 'invalid'
        ? new Refusal(error.code, 'invalid', { ...error.params, fields: [{ path: `/${field}` }] })
        : error
    }
  }
  return added
}

export function acts({ platform }: Rooms) {
  const text = (r: PageRequest, name: string): string => r.body[name] ?? ''
  return {
    async find(r: PageRequest): Promise<string> {
      const { hit } = await people.findPerson.run(r.call, { idNumber: text(r, 'idNumber') })
      if (!hit) throw refuse('idNumber', 'window.not_on_record')
      return `/desk/people/${hit.personId}`
    },

    async register(r: PageRequest): Promise<string> {
      const typed = Object.fromEntries(
        ['name', 'idNumber', 'hukou', 'hukouCode', 'community', 'address'].map((name) => [name, text(r, name)]),
      )
      const { personId } = await people.registerPerson.run(r.call, typed)
      return personPage(personId, 'registered')
    },

    async bind(r: PageRequest): Promise<string> {
      const { personId } = await people.bindAccount.run(r.call, {
        personId: r.params.personId,
        phone: text(r, 'phone'),
        documentSeen: text(r, 'documentSeen'),
      })
      return personPage(personId, 'bound')
    },

    async unbind(r: PageRequest): Promise<string> {
      const { personId } = await people.unbindAccount.run(r.call, { personId: r.params.personId, reason: text(r, 'reason') })
      return personPage(personId, 'unbound')
    },

    async recordDwelling(r: PageRequest): Promise<string> {
      const typed = { community: text(r, 'community'), address: text(r, 'address'), since: dayTyped(r.body, 'since') }
      const { personId } = await people.recordDwelling.run(r.call, { personId: r.params.personId, ...typed })
      return personPage(personId, 'dwelling')
    },

    async receive(r: PageRequest): Promise<string> {
      const { personId, matterCode } = r.params
      const { caseId } = await cases.receiveAtWindow.run(r.call, { personId, matterCode, typed: typedOf(r.body) })
      return `/desk/window/cases/${caseId}`
    },

    /** On the spot: decided and issued, so that the certificate can be printed. */
    async registerCase(r: PageRequest): Promise<string> {
      const { caseId } = r.params
      await cases.registerCase.run(r.call, { caseId, reasons: text(r, 'reasons'), without: readWithout(r.body) })
      await cases.issueDecision.run(r.call, { caseId })
      return `/desk/window/cases/${caseId}`
    },

    /** Closes the case, so it goes over a page that says so and asks once. */
    async handOver(r: PageRequest): Promise<string | typeof KEEP> {
      const { caseId } = r.params
      if (r.body.again) return KEEP
      const taker = text(r, 'taker')
      if (taker !== 'self' && taker !== 'other') throw refuse('taker', 'answer.choose')
      const name = cases.plainText(text(r, 'takerName'))
      if (taker === 'other' && name === '') throw refuse('takerName', 'answer.missing')
      if (r.body.sure !== 'yes') return KEEP
      // The delivery slip is a document, and documents issue in Chinese.
      const to = taker === 'self' ? platform.services.words.in('zh')('window.handed.self') : name
      await cases.deliverDecision.run(r.call, { caseId, how: 'window', to })
      await cases.closeCase.run(r.call, { caseId })
      return `/desk/window/cases/${caseId}`
    },

    /** Files first, then the answers: what came in stays, whatever is still to be mended. */
    async correct(r: PageRequest): Promise<string> {
      const { caseId = '' } = r.params
      await addAll(r, caseId, filesOf(r))
      const { note = '', declared, ...typed } = typedOf(r.body)
      const said = declared === 'yes' ? { declared } : {}
      await cases.answerCorrectionAtWindow.run(r.call, { caseId, typed, note, ...said })
      return `/desk/cases/${caseId}?done=correction`
    },

    async addFiles(r: PageRequest): Promise<string> {
      const { caseId } = r.params
      const files = filesOf(r)
      if (files.length === 0) throw new Refusal('window.no_file', 'conflict')
      const added = await addAll(r, caseId ?? '', files)
      return `/desk/window/cases/${caseId}?${new URLSearchParams({ added: added.join(',') })}`
    },
  }
}
