export * from './area.ts'
export { areaColumns, readAreas } from './read-areas.ts'
