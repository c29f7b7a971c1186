export { appendFact, factsOf, listTimeline, type Timeline, type TimelineRow } from './store.ts'
