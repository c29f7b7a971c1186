import { Empty, PageHead, paths, ResidentPage, type View } from '../../../../ui/index.ts'

/** For somebody known by her phone only: what is missing, and how to get it. */
export const BindFirstPage = ({ view, title }: { view: View; title: string }) => (
  <ResidentPage view={view} title={title} back={{ href: paths.home, label: view.t('front.to_home') }}>
    <PageHead title={title} />
    <Empty icon="card" title={view.t('front.bind.title')} next={{ href: paths.home, label: view.t('front.bind.home') }}>
      {view.t('account.bind_first')}
    </Empty>
  </ResidentPage>
)
