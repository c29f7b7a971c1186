/** Inputs of what officers do with an incident or a hazard, and of what is counted. See permission-inputs.ts. */
import { randomUUID } from 'node:crypto'
import { drawnAddress, filedLamp, type GridStages, pushedTask } from './harness/grid-stages.ts'
import { fiveItemsOf, type HazardStages, seenHazard } from './harness/hazard-stages.ts'
import { place } from './harness/scene.ts'
import type { Stage } from './harness/stages.ts'

const onHazard =
  (stage: keyof HazardStages, more: object = {}) =>
  (s: Stage) => ({ id: s.hazards[stage], ...more })
const onIncident =
  (stage: keyof GridStages, more: object = {}) =>
  (s: Stage) => ({ id: s.grid[stage], ...more })

/** A square hundred metres of the place. */
const drawn = {
  area: place.community,
  boundary: '{"type":"Polygon","coordinates":[[[113.4,23.2],[113.401,23.2],[113.401,23.201],[113.4,23.201],[113.4,23.2]]]}',
  crs: 'CGCS2000',
}
const because = { source: '街道方案', why: '新划' }

const nothing = () => ({})

export const incidentInputs: Readonly<Record<string, (s: Stage) => object>> = {
  'grid.follow': (s) => ({ token: s.grid.token }),
  'grid.say': (s) => ({ token: s.grid.checkedToken, solved: true }),
  'grid.list-public': () => ({ area: place.street }),
  'grid.map-public': () => ({ west: 113.3, south: 23.1, east: 113.4, north: 23.2 }),
  'grid.get-requests': () => ({ ids: [randomUUID()] }),
  'grid.list-features': () => ({ collection: 'incidents', limit: 10 }),
  'grid.list-feed': () => ({ area: place.street }),
  'grid.read-ground': () => ({ area: place.street }),
  'grid.list-served': nothing,
  'grid.read-public': () => ({ publicId: randomUUID() }),
  'grid.read-facility': () => ({ token: randomUUID() }),
  'grid.settle-place': () => ({ classCode: 'street-lamp', place: { area: place.community, text: '示例一巷 3 号门口' } }),
  'grid.list-facilities': nothing,
  'grid.list': nothing,
  'grid.link': (s) => ({ id: s.grid.filed, children: [s.grid.reported] }),
  'grid.dispatch': (s) => ({ id: s.grid.filed, unitId: s.grid.unit }),
  'grid.end-waiting': nothing,
  'grid.strip-reports': nothing,
  'appraisal.count-work': () => ({}),
  'safety.count-needs': (s) => ({ id: s.safety.warningId }),
  'hazards.read': onHazard('told'),
  'hazards.inspect': onHazard('reported', seenHazard),
  'hazards.dismiss': onHazard('reported', { reason: '看过，不是隐患' }),
  'hazards.tell': onHazard('registered', { text: '请加固', keeper: { name: '示例物业' } }),
  'hazards.begin': onHazard('told', fiveItemsOf),
  'hazards.say-done': onHazard('rectifying', { said: 'keeper', note: '说好了' }),
  'hazards.recheck': onHazard('rectified', { result: 'passed', note: '看过' }),
  'hazards.strike-off': onHazard('passed'),
  'hazards.look-again': onHazard('struck_off', { result: 'gone', note: '看过' }),
  'hazards.reopen': onHazard('closed', { note: '又裂了' }),
  'hazards.regrade': onHazard('told', { grade: 'serious', reason: '裂得更大' }),
  'hazards.order': onHazard('serious', { order: 'stop', text: '停止使用' }),
  'hazards.transfer': onHazard('serious', { line: 'housing', reason: '重大' }),
  'hazards.acknowledge': onHazard('handed_over', { note: '' }),
  'hazards.return': onHazard('handed_over', { reason: '不归我们管' }),
  'hazards.read-own': onHazard('reported'),
  'grid.list-communities': () => ({}),
  'grid.read-community': () => ({ area: place.community }),
  'grid.try-border': () => ({ ...drawn, of: 'new' }),
  'grid.draw-grid': () => ({ ...drawn, ...because, of: 'new', name: '新格' }),
  'grid.end-grid': (s) => ({ area: place.community, id: s.grid.gridId, why: '合并' }),
  'grid.list-homes': () => ({ area: place.community }),
  'grid.assign-homes': (s) => ({ area: place.community, homes: [{ id: s.grid.dwellingId, gridId: s.grid.gridId }] }),
  'grid.place-homes': () => ({
    area: place.community,
    crs: 'CGCS2000',
    source: '地址系统',
    points: `address,lon,lat\n${drawnAddress},113.415,23.215\n`,
  }),
  'grid.list-workers': () => ({ area: place.community }),
  'grid.assign-workers': (s) => ({ area: place.community, grids: [{ id: s.grid.gridId, workerIds: [s.grid.workerId] }] }),
  'grid.draw-outline': () => ({ ...drawn, ...because }),
  'grid.list-tasks': () => ({}),
  'grid.read-admission': () => ({}),
  'grid.push-task': () => pushedTask,
  'grid.read-task': (s) => ({ id: s.grid.taskGiven }),
  'grid.give-task': (s) => ({ id: s.grid.taskPushed, workerId: s.grid.workerId }),
  'grid.return-task': (s) => ({ id: s.grid.taskPushed, words: '不是网格的事' }),
  'grid.do-task': (s) => ({ id: s.grid.taskGiven, words: '看过了' }),
  'grid.hand-back-task': (s) => ({ id: s.grid.taskGiven, words: '要警察去' }),
  'grid.close-task': (s) => ({ id: s.grid.taskDone, words: '对的' }),
  'grid.ask-task-again': (s) => ({ id: s.grid.taskDone, words: '还差一家' }),
  'grid.withdraw-task': (s) => ({ id: s.grid.taskPushed, words: '不用了' }),
  'grid.read': onIncident('filed'),
  'grid.read-reporters': onIncident('filed'),
  'grid.verify': onIncident('reported'),
  'grid.file': onIncident('verified', filedLamp),
  'grid.refuse-filing': onIncident('reported', { reason: '这里在施工' }),
  'grid.void': onIncident('reported', { reason: '没有这个地方' }),
  'grid.unlink': onIncident('linked', { reason: '不是同一盏' }),
  'grid.recall': onIncident('dispatched', { reason: '派错了' }),
  'grid.take-on': onIncident('dispatched'),
  'grid.return': onIncident('dispatched', { reason: '归小区物业' }),
  'grid.request-extension': onIncident('handling', { by: 1, why: 'parts', reason: '灯杆要换' }),
  'grid.approve-extension': onIncident('extension'),
  'grid.hang': onIncident('handling', { why: 'parts', reason: '等备件', basis: '示例办法', notice: '挂〔2026〕1号' }),
  'grid.resume': onIncident('hung'),
  'grid.hand-in': onIncident('handling', { note: '换了灯' }),
  'grid.pass-check': onIncident('handled', { how: 'on_site' }),
  'grid.fail-check': onIncident('handled', { reason: '还是黑的' }),
  'grid.hide': onIncident('filed', { reason: '拍到了人' }),
  'grid.show': onIncident('unshown'),
  'grid.close-unsolved': onIncident('filed', { reason: '路要拆了' }),
}
