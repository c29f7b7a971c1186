/**
 * Who may import whom, as CONTRIBUTING “The shape” says it. `npm run check` runs it and fails if it read nothing.
 * A file of a room is pure unless its name says that it touches the world: so a new file that asks the database needs
 * one of the usual names, or a line below that people see in review.
 */
const USUAL = '/(index|use-cases|store|routes|api|pages|jobs|services|rooms)(\\.tsx?$|/)|-store\\.ts$'
/** Parts of a use case or of a store that outgrew their file. */
const OTHERS = [
  '/access/(bind|first-administrator|identify|in-areas|proxies|read-entry|undo)',
  '/cases/(act|conditions|decision-paper|effect|paper|permit-jobs|receive)',
  '/documents/(check|derivative|issue|material|print|sign)',
  '/hazards/act',
  '/(coordination|grid)/act',
  '/matters/(house-pack|packs|read-hazards|read-indicators|read-incidents|read-whistles)',
  '/messages/(demo-outbox|messages|send|sending-state|tell)',
  '/people/(facts|homes|spells)',
]
const WORLDLY = `${USUAL}|(${OTHERS.join('|')})\\.ts$`
const TEST = '\\.test\\.tsx?$|/test-[a-z-]+\\.ts$|(/|-)scene\\.ts$'
const PARTS_OF_THE_WORLD = '(^|/)node_modules/(@fastify/|pg|kysely|graphile-worker|fastify|better-auth|pino)(/|$)'
const NODE_OF_THE_WORLD = '^(node:)?(fs|http|https|http2|net|tls|dns|child_process|worker_threads|os|process|timers)(/|$)'
const PLATFORM_OF_THE_WORLD = '^src/platform/(accounts|backup|crypto|database|files|http|jobs|postgres|use-case)(/|\\.ts$)'

module.exports = {
  forbidden: [
    {
      name: 'platform-has-no-domain',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/platform/' },
    },
    {
      name: 'core-never-imports-a-module',
      severity: 'error',
      from: { path: '^src/core/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(core|platform|ui)/' },
    },
    {
      name: 'ui-has-no-domain',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(ui|platform)/' },
    },
    {
      name: 'a-module-reaches-another-by-its-door',
      comment: 'Through its index.ts only; a type is no exception.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: TEST },
      to: { path: '^src/(core|modules)/[^/]+/', pathNot: '^src/modules/$1/|^src/(core|modules)/[^/]+/index\\.ts$' },
    },
    {
      name: 'core-rooms-reach-each-other-by-the-door',
      comment: 'Through index.ts, or through a pure file: a pure file must not open a door behind which the database is.',
      severity: 'error',
      from: { path: '^src/core/([^/]+)/', pathNot: TEST },
      to: { path: WORLDLY, pathNot: '^src/core/$1/|/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      comment: 'A circle closed by a type is none: types are gone before anything runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-files-touch-nothing',
      comment: 'Types, status tables, decisions, rules and clocks import no database, no HTTP and no clock.',
      severity: 'error',
      from: { path: '^src/(core|modules)/[^/]+/[^/]+\\.ts$', pathNot: [TEST, WORLDLY] },
      to: {
        path: [PARTS_OF_THE_WORLD, NODE_OF_THE_WORLD, PLATFORM_OF_THE_WORLD, WORLDLY],
        // Another room's door is allowed, whatever that room keeps behind it.
        pathNot: '^src/core/[^/]+/index\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'what-is-imported-exists', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-parts-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no compiler that other programs can call; without this it reads nothing and says all is well.
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js'],
    },
  },
}
