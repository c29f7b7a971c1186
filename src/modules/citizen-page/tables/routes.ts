/** 算一算: tables of the law, filled in and reckoned on the spot. Nothing that is typed is kept. */
import { readOwnRuleFacts } from '../../../core/people/index.ts'
import type { Sources } from '../../../core/rules/index.ts'
import { judgeTable, knownFact, type OwnFacts, type TableAnswers, tableFacts } from '../../../core/tables/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { visitorOf } from '../front/visitor.ts'
import { REST_NONE, readAnswers } from './form.ts'
import { ResultPage } from './pages/result.tsx'
import { TablePage } from './pages/table.tsx'
import { TablesPage } from './pages/tables.tsx'

interface Own {
  facts: OwnFacts
  sources: Sources
}

const ownOf = async (r: PageRequest): Promise<Own> =>
  visitorOf(r) === 'bound' ? readOwnRuleFacts.run(r.call, {}) : { facts: {}, sources: {} }

export function tableRoutes({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  pages.get(paths.tables, async (r) => TablesPage({ view: r.view, tables: packs.inForce().tables }))

  const form = async (r: PageRequest, problem?: Problem) => {
    const pack = packs.inForce()
    return TablePage({
      view: r.view,
      pack,
      table: pack.table(r.params.code ?? ''),
      own: await ownOf(r),
      body: r.body,
      visitor: visitorOf(r),
      ...(problem ? { errors: problem.errors } : {}),
    })
  }
  pages.get(`${paths.tables}/:code`, (r) => form(r))
  pages.post(`${paths.tables}/:code/change`, (r) => form(r))
  pages.post(
    `${paths.tables}/:code`,
    async (r) => {
      const pack = packs.inForce()
      const table = pack.table(r.params.code ?? '')
      const own = await ownOf(r)
      const asked = table.questions.filter((question) => knownFact(question, own.facts) === undefined)
      const answers: TableAnswers = readAnswers(asked, r.body)
      const facts = tableFacts(table, answers, {
        on: dayOf(r.call.now),
        area: pack.pack.area,
        own: own.facts,
        restNone: r.body[REST_NONE] === 'yes',
      })
      return ResultPage({
        view: r.view,
        pack,
        table,
        own,
        body: r.body,
        facts,
        judged: judgeTable(table, facts, { rules: (id) => pack.rule(id), parameters: pack.parameters, sources: own.sources }),
      })
    },
    form,
    { at: (r) => `${paths.tables}/${r.params.code}` },
  )
}
