/** Fields of GeoReport v2, from what the house knows. Nothing here is a reporter's. Pure. */
import type { IncidentAttribute, IncidentClass, LoadedPack } from '../../../core/matters/index.ts'
import { type Lang, pick, type T } from '../../../platform/words.ts'
import type { Value } from './notation.ts'
import type { OpenRequest, RequestUpdate, UtcText } from './use-cases.ts'

export interface Speech {
  pack: LoadedPack
  lang: Lang
  t: T
  /** The house's own address: what is answered of a photo leads here. */
  site: string
}

/** W3C: seconds, in UTC. */
const w3c = (at: UtcText): string => `${at.slice(0, 10)}T${at.slice(11, 19)}Z`

export const discoveryOf = ({ pack, t }: Speech, url: string, changeset: Date, demo: boolean): Value => {
  const hotline = pack.matters[0]?.catalogue.link_way ?? ''
  const since = w3c(changeset.toISOString())
  return {
    changeset: since,
    contact: t('open311.contact', { hotline }),
    key_service: t('open311.no_key', { hotline }),
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url,
        changeset: since,
        // What a demo street tells is invented.
        type: demo ? 'test' : 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  }
}

export const servicesOf = ({ pack, lang, t }: Speech): Value => {
  const { classes, groups } = pack.incidents
  return classes.map(({ code, name, conditions, attributes, words, group }) => ({
    service_code: code,
    service_name: pick(name, lang),
    description: conditions.map(({ when }) => pick(when, lang)).join(t('open311.between')),
    metadata: (attributes ?? []).length > 0,
    // The id is told at the token, at once; the token is what its reporter answers with.
    type: 'batch',
    keywords: words.join(', '),
    group: pick(groups.find((one) => one.code === group)!.name, lang),
  }))
}

const datatypes = { text: 'string', number: 'number', day: 'datetime', choice: 'singlevaluelist' } as const satisfies Record<
  IncidentAttribute['kind'],
  string
>
export const definitionOf = ({ lang, t }: Speech, { code: service_code, attributes = [] }: IncidentClass): Value => ({
  service_code,
  attributes: attributes.map(({ code, name, kind, required, choices }, at) => ({
    variable: true,
    code,
    datatype: datatypes[kind],
    required,
    datatype_description: kind === 'day' ? t('open311.a_day') : null,
    order: at + 1,
    description: pick(name, lang),
    ...(choices ? { values: choices.map((one) => ({ key: one.code, name: pick(one.name, lang) })) } : {}),
  })),
})

/** Says in words what open and closed cannot: closed is not solved. */
function noteOf({ t }: Speech, { status, outcome, linked, unitName }: OpenRequest): string {
  const note =
    status === 'closed'
      ? t(`open311.ended.${outcome}`)
      : t(`open311.standing.${status}`, { unit: unitName ?? t('open311.some_unit') })
  return linked ? `${t('open311.linked')}${note}` : note
}

export function* requestsOf(speech: Speech, rows: readonly OpenRequest[]): Generator<Value> {
  const { pack, lang, t, site } = speech
  const between = t('open311.between')
  // A class that another pack knew keeps its code.
  const names = new Map(pack.incidents.classes.map(({ code, name }) => [code, pick(name, lang)]))
  // There are few ways to stand: each is put into words once an answer.
  const notes = new Map<string, string>()
  for (const row of rows) {
    const area = pack.areaRowIn(t, lang, row.area)
    const stands = `${row.status} ${row.outcome} ${row.linked} ${row.unitName}`
    const note = notes.get(stands) ?? noteOf(speech, row)
    notes.set(stands, note)
    yield {
      service_request_id: row.publicId,
      status: row.open ? 'open' : 'closed',
      status_notes: note,
      service_name: names.get(row.classCode) ?? row.classCode,
      service_code: row.classCode,
      description: row.title,
      agency_responsible: row.unitName,
      service_notice: null,
      requested_datetime: w3c(row.reportedAt),
      updated_datetime: w3c(row.changedAt),
      expected_datetime: row.dueAt && w3c(row.dueAt),
      address: row.place ? `${row.place}${between}${area}` : area,
      address_id: row.area,
      zipcode: null,
      lat: row.lat,
      long: row.lon,
      media_url: row.photoId && `${site}/around/${row.publicId}/photos/${row.photoId}`,
    }
  }
}

/** Facts after which nobody works on it. */
const ENDS = new Set<RequestUpdate['fact']>(['not_filed', 'voided', 'closed_unsolved', 'confirmed', 'unconfirmed'])

export const updatesOf = ({ t }: Speech, rows: readonly RequestUpdate[]): Value =>
  rows.map(({ publicId, mark, fact, how, unitName, recordedAt }) => ({
    update_id: `${publicId}.${mark}`,
    service_request_id: publicId,
    status: ENDS.has(fact) || how === 'on_site' ? 'closed' : 'open',
    updated_datetime: w3c(recordedAt),
    description: t(how ? `open311.fact.${fact}_${how}` : `open311.fact.${fact}`, { unit: unitName ?? t('open311.some_unit') }),
    media_url: null,
  }))
