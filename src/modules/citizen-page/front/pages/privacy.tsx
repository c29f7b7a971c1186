import { PageHead, paths, ResidentPage, Section, Text, type View } from '../../../../ui/index.ts'

const PARTS = ['kept', 'reported', 'basis', 'seen', 'long', 'rights', 'never'] as const

export const PrivacyPage = ({ view }: { view: View }) => (
  <ResidentPage view={view} title={view.t('front.privacy.title')} back={{ href: paths.home, label: view.t('front.to_home') }}>
    <PageHead title={view.t('front.privacy.title')} lead={view.t('front.privacy.lead')} />
    {PARTS.map((part) => (
      <Section key={part} id={part} title={view.t(`front.privacy.${part}.title`)}>
        <Text>{view.t(`front.privacy.${part}.text`)}</Text>
      </Section>
    ))}
  </ResidentPage>
)
