import type { OwnCase } from '../../../../core/cases/index.ts'
import { qrSvg } from '../../../../core/documents/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Card, Figure, formatDay, PageHead, ResidentPage, Text, type View } from '../../../../ui/index.ts'

/** It is sent: the number, the paper that proves it, and what comes next. */
export function ReceiptPage({
  view,
  own: { found, matter, documents },
  publicUrl,
}: {
  view: View
  own: OwnCase
  publicUrl: string
}) {
  const { t, lang } = view
  const receipt = documents.find((d) => d.kind === 'receipt')
  const { dueAt, status } = found.state
  return (
    <ResidentPage view={view} title={t('own.receipt.title')}>
      <PageHead title={t('own.receipt.title')} caption={pick(matter.name, lang)} lead={t('own.receipt.text')} />
      <Card>
        <h2>{t('own.receipt.number')}</h2>
        <Figure value={found.number} />
        {status === 'received' && dueAt && <p>{t('own.now.received', { day: formatDay(dayOf(dueAt), lang, view.today) })}</p>}
        {receipt && (
          <>
            {/* The shape is drawn from the address alone; no text of a person is in it. */}
            <div class="k-qr" dangerouslySetInnerHTML={{ __html: qrSvg(`${publicUrl}/d/${receipt.id}`, t('own.receipt.qr')) }} />
            <Text quiet>{t('own.receipt.scan')}</Text>
            <Actions>
              <Button href={`/documents/${receipt.id}`} icon="download">
                {t('own.receipt.save')}
              </Button>
            </Actions>
          </>
        )}
      </Card>
      <Actions>
        <Button kind="secondary" href={`/me/cases/${found.id}`}>
          {t('own.receipt.follow')}
        </Button>
      </Actions>
    </ResidentPage>
  )
}
