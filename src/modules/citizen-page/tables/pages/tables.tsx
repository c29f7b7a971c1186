import type { Table } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import { PageHead, paths, ResidentPage, Row, Rows, type View } from '../../../../ui/index.ts'

export const TablesPage = ({ view, tables }: { view: View; tables: readonly Table[] }) => (
  <ResidentPage
    view={view}
    title={view.t('tables.title')}
    description={view.t('tables.lead')}
    back={{ href: paths.home, label: view.t('front.to_home') }}
  >
    <PageHead title={view.t('tables.title')} lead={view.t('tables.lead')} />
    <Rows>
      {tables.map((table) => (
        <Row
          key={table.code}
          href={`${paths.tables}/${table.code}`}
          title={pick(table.name, view.lang)}
          note={pick(table.summary, view.lang)}
        />
      ))}
    </Rows>
  </ResidentPage>
)
