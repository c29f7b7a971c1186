/** Sample pages of residents for the gallery. Names, streets and figures are made up. */
import type { VNode } from 'preact'
import {
  Actions,
  Button,
  Card,
  Checkboxes,
  CheckCount,
  CheckList,
  Chips,
  Clock,
  CodeField,
  Confirm,
  DateField,
  Details,
  Empty,
  ErrorPage,
  Facts,
  Figure,
  FileField,
  Form,
  formatDay,
  formatMoney,
  Hero,
  Inset,
  Link,
  Look,
  MoneyField,
  NoticeCard,
  PageHead,
  Pager,
  PhoneField,
  Progress,
  Radios,
  Rating,
  ResidentPage,
  Row,
  Rows,
  Search,
  Section,
  Segments,
  Select,
  Stack,
  StepCaption,
  SummaryCard,
  Tag,
  Text,
  TextArea,
  TextField,
  Tick,
  Tiers,
  Tiles,
  Timeline,
  Verdict,
  type View,
} from '../src/ui/index.ts'

type Say = (zh: string, en: string) => string
const home = (say: Say) => ({ href: '#main', label: say('首页', 'Home') })

export const residentPages: Readonly<Record<string, (view: View, say: Say) => VNode>> = {
  home: (view, say) => (
    <ResidentPage
      view={view}
      title={say('首页', 'Home')}
      hero={
        <Hero
          greeting={say('陈婆婆，下午好', 'Good afternoon, Mrs Chan')}
          title={say('想办什么事？', 'What would you like to do?')}
        >
          <Search
            view={view}
            action="#"
            label={say('想办什么事', 'What would you like to do')}
            placeholder={say('老人补贴、报修…', 'Allowance, repairs…')}
          />
          <Chips
            label={say('常办的事', 'Often used')}
            items={[
              { href: '#1', label: say('居住证', 'Residence permit') },
              { href: '#2', label: say('开证明', 'Certificates') },
              { href: '#3', label: say('医保参保', 'Health insurance') },
            ]}
          />
        </Hero>
      }
    >
      <Section title={say('为您找到 2 项', 'Found for you: 2')} id="found">
        <Card found>
          <h3>{say('长寿保健金', 'Longevity allowance')}</h3>
          <p>
            {say(
              `您 ${formatDay('2026-11-30', 'zh', view.today)}满 80 岁`,
              `You turn 80 on ${formatDay('2026-11-30', 'en', view.today)}`,
            )}
          </p>
          <Figure
            before={say('每月', 'Each month')}
            value={say('100', '¥100')}
            unit={say('元', '')}
            note={say('现在是 30 元', 'now ¥30')}
          />
          <Tick>{say('资料都齐了，不用再填', 'We have everything; nothing to fill in')}</Tick>
          <Actions>
            <Button href="#main">{say('确认申领', 'Confirm and apply')}</Button>
            <Link href="#main" mid>
              {say('先看看详情', 'See the details first')}
            </Link>
          </Actions>
        </Card>
        <Rows>
          <Row href="#main" title={say('老年人优待卡', 'Senior card')} note={say('还差 1 项要您确认', '1 thing to confirm')} />
        </Rows>
      </Section>
      <Tiles
        label={say('常用', 'Shortcuts')}
        items={[
          {
            href: '#a',
            icon: 'file',
            title: say('我的办件', 'My cases'),
            note: say('1 件等您补正', '1 waits for you'),
            waiting: true,
          },
          { href: '#b', icon: 'camera', title: say('随手报', 'Report'), note: say('拍照上报身边事', 'Something nearby') },
          {
            href: '#c',
            icon: 'eye',
            title: say('谁看过我的资料', 'Who has seen my data'),
            note: say('本月 4 次', '4 times this month'),
          },
          {
            href: '#d',
            icon: 'phone',
            title: say('找社区的人', 'Call the community'),
            note: say('木棉社区居委会', 'Kapok community'),
          },
          { href: '#e', icon: 'heart', title: say('志愿时', 'Volunteering'), note: say('36.5 小时', '36.5 hours') },
          { href: '#f', icon: 'cal', title: say('场地预约', 'Book a room'), note: say('文化活动中心', 'Culture centre') },
        ]}
      />
      <Section
        title={say('公示和征求意见', 'Public notices')}
        id="notices"
        more={{ href: '#main', label: say('全部 7 项', 'All 7') }}
      >
        <NoticeCard
          view={view}
          href="#main"
          kind={say('征求意见', 'Consultation')}
          title={say('木棉社区停车方案', 'Parking plan of Kapok community')}
          note={say('谁都可以提，提了都会回', 'Anyone may comment; every comment is answered')}
          daysLeft={9}
        />
        <NoticeCard
          view={view}
          href="#main"
          kind={say('公示', 'Notice')}
          title={say('榕树街道 10 月办件指标', 'October figures of Banyan Street')}
          daysLeft={-1}
        />
      </Section>
    </ResidentPage>
  ),

  guide: (view, say) => (
    <ResidentPage
      view={view}
      title={say('长寿保健金', 'Longevity allowance')}
      back={home(say)}
      description={say('满 70 岁的老人，每个月都有。', 'Paid monthly from the age of 70.')}
    >
      <PageHead
        caption={say('养老 · 按月发放', 'Old age · paid monthly')}
        title={say('长寿保健金', 'Longevity allowance')}
        lead={say(
          '本市户籍、年满 70 岁的老人，每个月都有。',
          'Everyone registered in the city and aged 70 or more, every month.',
        )}
      />
      <Card found>
        <h2>{say('您可以领', 'You can receive it')}</h2>
        <Figure before={say('每月', 'Each month')} value={formatMoney(10000, view.lang)} />
        <p>{say('从 11 月（满 80 岁当月）起发。', 'From November, the month you turn 80.')}</p>
        <Tick>{say('要带的都齐了，不用跑腿', 'Everything is here; no need to come in')}</Tick>
        <Actions>
          <Button href="#main">{say('确认申领', 'Confirm and apply')}</Button>
          <Link href="#main" mid>
            {say('为什么可以领？逐条看', 'Why? See each condition')}
          </Link>
        </Actions>
      </Card>
      <Section title={say('能领多少', 'How much')}>
        <Tiers
          caption={say('各年龄每月金额', 'Monthly amount by age')}
          rows={[
            { name: say('70 到 79 岁', '70 to 79'), value: formatMoney(3000, view.lang) },
            { name: say('80 到 89 岁 · 您', '80 to 89 · you'), value: formatMoney(10000, view.lang), you: true },
            { name: say('90 到 99 岁', '90 to 99'), value: formatMoney(20000, view.lang) },
          ]}
        />
      </Section>
      <Section title={say('要带什么：都齐了', 'What is needed: complete')}>
        <Card flush>
          <CheckList
            view={view}
            plain
            checks={[
              {
                state: 'met',
                name: say('户口在本市', 'Registered in the city'),
                why: say('公安户籍共享，今天核对', 'Shared by the police, checked today'),
              },
              {
                state: 'met',
                name: say('年龄', 'Age'),
                why: say('按身份证号，11 月 30 日满 80 岁', 'By ID number: 80 on 30 Nov'),
              },
            ]}
          />
        </Card>
      </Section>
      <Section title={say('多久、在哪、多少钱', 'How long, where, how much')}>
        <Card flush>
          <Facts
            facts={[
              {
                name: say('多久', 'How long'),
                value: say('5 个工作日内答复', 'Answer within 5 working days'),
                source: say('我们承诺，从受理起算', 'Our promise, from acceptance'),
              },
              {
                name: say('在哪办', 'Where'),
                value: say('手机上就能办完', 'All on the phone'),
                source: say('也可以到木棉社区居委会', 'Or at the Kapok community office'),
              },
              { name: say('费用', 'Fee'), value: say('不收费', 'None') },
            ]}
          />
        </Card>
      </Section>
      <Section>
        <Details title={say('搬走户口或老人去世，怎么办', 'Moving away, or a death')}>
          <p>{say('请告诉社区，下个月停发。', 'Tell the community; payment ends the month after.')}</p>
        </Details>
        <Inset>
          {say(
            '该文件标注有效期至 2026 年 8 月 31 日，后续文件核对中。申请照收，日期照算。',
            'The document was valid until 31 Aug 2026; its successor is being checked. Applications are received and keep their date.',
          )}
        </Inset>
        <Actions>
          <Button href="#main">{say('确认申领', 'Confirm and apply')}</Button>
          <Button kind="secondary" href="#main" icon="phone">
            {say('请社区的人上门办', 'Ask for a home visit')}
          </Button>
        </Actions>
      </Section>
    </ResidentPage>
  ),

  question: (view, say) => (
    <ResidentPage
      view={view}
      title={say('用这个账户收钱，对吗？', 'Pay into this account?')}
      back={{ href: '#main', label: say('上一步', 'Back') }}
    >
      <div>
        <StepCaption view={view} matter={say('长寿保健金', 'Longevity allowance')} at={2} of={3} />
        <Form view={view} action="#" idempotencyKey="k">
          <Radios
            view={view}
            name="account"
            label={say('用这个账户收钱，对吗？', 'Pay into this account?')}
            heading
            before={
              <SummaryCard
                title={say('我们已经知道的', 'What we know already')}
                facts={[
                  { name: say('收款人', 'Payee'), value: say('陈**', 'Chan **') },
                  {
                    name: say('银行', 'Bank'),
                    value: say('示例银行', 'Sample Bank'),
                    source: say('社保卡金融账户', 'Account of the social security card'),
                  },
                  {
                    name: say('账号', 'Account'),
                    value: <span class="num">6224 **** **** 3302</span>,
                    source: say('人社局，2024 年 3 月更新', 'Social security bureau, Mar 2024'),
                  },
                ]}
              />
            }
            options={[
              { value: 'yes', label: say('对，就用这个', 'Yes, this one') },
              { value: 'other', label: say('换一个账户', 'Another account'), hint: say('要本人的卡', 'It must be your own') },
              { value: 'wrong', label: say('这不是我的，报错', 'This is not mine') },
            ]}
          />
          <Actions>
            <Button>{say('继续', 'Continue')}</Button>
            <Link href="#main" mid>
              {say('先存着，下次再办', 'Save and finish later')}
            </Link>
          </Actions>
        </Form>
      </div>
    </ResidentPage>
  ),

  fields: (view, say) => {
    const errors = {
      number: say('卡号少了 2 位，请对照卡片再看一次', 'The card number lacks 2 digits; please compare it with the card'),
      born_on: say('2 月没有 31 日，请改日期', 'February has no 31st; please change the date'),
      photo: say('请再选一次照片，最大 25 MB', 'Please choose the photo again, at most 25 MB'),
    }
    return (
      <ResidentPage view={view} title={say('各种字段', 'Fields')} back={home(say)} errors={errors}>
        <PageHead title={say('各种字段', 'Fields')} caption={say('部件', 'Parts')} />
        <Form view={view} action="#" multipart>
          <Radios
            view={view}
            name="acc"
            label={say('用哪个账户收钱？', 'Which account?')}
            value="b"
            options={[
              { value: 'a', label: say('示例银行，尾号 3302', 'Sample Bank, ending 3302') },
              {
                value: 'b',
                label: say('换一个账户', 'Another account'),
                more: (
                  <TextField
                    view={view}
                    name="number"
                    label={say('新卡号', 'New card number')}
                    hint={say('要本人的卡，一般 19 位', 'Your own card, usually 19 digits')}
                    errors={errors}
                    value="6217 0033 2001 4475 6"
                    inputmode="numeric"
                    autocomplete="off"
                  />
                ),
              },
            ]}
          />
          <TextField
            view={view}
            name="name"
            label={say('姓名', 'Name')}
            autocomplete="name"
            value={say('陈小梅', 'Chan Siu-mui')}
          />
          <PhoneField view={view} name="phone" label={say('手机号', 'Mobile number')} hint={say('收验证码用', 'For the code')} />
          <CodeField
            view={view}
            name="code"
            label={say('验证码', 'Code')}
            hint={say('短信里的 6 位数', '6 digits in the message')}
          />
          <DateField
            view={view}
            name="born_on"
            label={say('出生日期', 'Date of birth')}
            birth
            errors={errors}
            value={{ year: '1946', month: '2', day: '31' }}
          />
          <MoneyField view={view} name="income" label={say('上个月收入', 'Income last month')} optional value="1,200.50" />
          <Select
            view={view}
            name="tie"
            label={say('与申请人的关系', 'Relation')}
            empty={say('请选择', 'Choose')}
            options={[
              { value: 's', label: say('配偶', 'Spouse') },
              { value: 'c', label: say('子女', 'Child') },
            ]}
          />
          <Checkboxes
            view={view}
            name="need"
            label={say('需要哪些帮助？', 'What help is needed?')}
            hint={say('可以选几项', 'Choose any')}
            values={['meal']}
            options={[
              { value: 'meal', label: say('送餐', 'Meals') },
              { value: 'bath', label: say('助浴', 'Bathing'), hint: say('护理员上门', 'A carer comes') },
            ]}
          />
          <TextArea view={view} name="more" label={say('还有什么要说的', 'Anything else')} optional maxLength={500} rows={4} />
          <FileField
            view={view}
            name="photo"
            label={say('现场照片', 'Photo')}
            accept="image/*"
            capture
            errors={errors}
            hint={say('看得清位置就行', 'Enough to see the place')}
          />
          <Rating view={view} name="grade" />
          <Actions>
            <Button>{say('提交', 'Send')}</Button>
            <Button kind="secondary" href="#main">
              {say('返回修改', 'Go back and change')}
            </Button>
            <Button kind="danger">{say('撤回申请', 'Withdraw')}</Button>
            <Button disabledBecause={say('还差 1 项材料，所以不能提交。', 'One document is missing, so this cannot be sent.')}>
              {say('提交', 'Send')}
            </Button>
          </Actions>
        </Form>
      </ResidentPage>
    )
  },

  progress: (view, say) => (
    <ResidentPage view={view} title={say('办件进度', 'Progress')} back={{ href: '#main', label: say('我的办件', 'My cases') }}>
      <PageHead
        caption={<span class="num">{say('办件 20261124-0007', 'Case 20261124-0007')}</span>}
        title={say('长寿保健金', 'Longevity allowance')}
        tag={<Tag>{say('街道审核中', 'Under review')}</Tag>}
      />
      <Card>
        <h2>{say('您现在不用做什么', 'Nothing for you to do now')}</h2>
        <p>{say('街道最迟 12 月 1 日（周二）答复您，有结果会发短信。', 'The street answers by Tue 1 Dec, by text message.')}</p>
        <Clock
          view={view}
          due={{ kind: 'left', n: 3, unit: 'working_day', on: '2026-12-01' }}
          total={5}
          used={2}
          unit="working_day"
        />
      </Card>
      <Section title={say('走到哪一步', 'Where it is')}>
        <Timeline
          view={view}
          entries={[
            {
              state: 'done',
              title: say('您确认了资料', 'You confirmed the facts'),
              note: say('11 月 24 日 09:12，手机', '24 Nov, 09:12, phone'),
              children: (
                <Button kind="secondary" small icon="file" href="#main">
                  {say('收件凭证', 'Receipt')}
                </Button>
              ),
            },
            {
              state: 'done',
              title: say('木棉社区已确认', 'Confirmed by the community'),
              note: say('11 月 24 日 15:40，社区经办岗', '24 Nov, 15:40'),
            },
            {
              state: 'now',
              title: say('街道正在审核', 'The street is reviewing'),
              note: say('今天是第 2 个工作日，最迟 12 月 1 日', 'Working day 2; by 1 Dec'),
            },
            {
              state: 'next',
              title: say('接下来：区民政局发放', 'Next: paid by the district'),
              note: say('每月 100 元打到尾号 3302', '¥100 a month to the account ending 3302'),
            },
          ]}
        />
      </Section>
      <Stack>
        <Actions>
          <Button kind="secondary" href="#main" icon="phone">
            {say('问经办的人', 'Ask the officer')}
          </Button>
        </Actions>
        <Rows>
          <Row
            href="#main"
            title={say('撤回这次申请', 'Withdraw this application')}
            note={say('答复之前都可以撤', 'Possible until the answer')}
          />
          <Row
            href="#main"
            title={say('过期没答复？', 'No answer in time?')}
            note={say('系统会自动督办，您也可以投诉', 'It is raised by itself; you may also complain')}
          />
        </Rows>
      </Stack>
    </ResidentPage>
  ),

  why: (view, say) => {
    const checks = [
      {
        state: 'met',
        name: say('在劳动年龄内', 'Of working age'),
        why: say('您 48 岁', 'You are 48'),
        clause: say('示例办法 第 2 条', 'Sample rules, clause 2'),
      },
      {
        state: 'unknown',
        name: say('愿意就业，正在找工作', 'Looking for work'),
        why: say('要您自己说一声', 'Only you can say so'),
        clause: say('示例办法 第 3 条', 'Sample rules, clause 3'),
      },
      {
        state: 'not_met',
        name: say('失业满 1 年', 'Out of work for a year'),
        why: (
          <>
            {say('现在 9 个月，', '9 months now; ')}
            <b>{say('2027 年 2 月 9 日起符合', 'met from 9 Feb 2027')}</b>
          </>
        ),
        clause: say('示例办法 第 4 条（条文核对中）', 'Sample rules, clause 4 (being checked)'),
      },
    ] as const
    return (
      <ResidentPage
        view={view}
        title={say('逐条看', 'Each condition')}
        back={{ href: '#main', label: say('返回指南', 'Back to the guide') }}
      >
        <PageHead
          caption={say('就业困难人员认定', 'Help into work')}
          title={say('我符合吗？逐条看', 'Do I qualify? Each condition')}
        />
        <Verdict tone="warn" title={say('还差您一句话', 'One answer is missing')}>
          <p>{say('1 条我们没有资料。您补上，马上就能知道。', 'One fact we do not have. Add it and you will know at once.')}</p>
          <CheckCount view={view} checks={checks} />
          <Actions>
            <Button href="#main">{say('回答 1 个问题', 'Answer 1 question')}</Button>
          </Actions>
        </Verdict>
        <Section title={say('这 3 条都要符合', 'All three must be met')}>
          <Card flush>
            <CheckList view={view} checks={checks} />
          </Card>
        </Section>
        <Stack>
          <Inset>
            {say(
              '这是机器按今天的资料算的，不是决定。您不同意，可以直接申请，由人来审。',
              'Worked out by a machine from today’s facts; not a decision. If you disagree, apply and a person will judge.',
            )}
          </Inset>
          <Actions>
            <Button kind="secondary" href="#main">
              {say('资料不对，要更正', 'Correct the facts')}
            </Button>
          </Actions>
        </Stack>
      </ResidentPage>
    )
  },

  parts: (view, say) => (
    <ResidentPage view={view} title={say('部件与状态', 'Parts and states')} back={home(say)}>
      <PageHead
        title={say('谁看过我的资料', 'Who has seen my data')}
        lead={say(
          '每次查看都要先写明理由，都会记在这里，谁也删不掉。',
          'Every look needs a reason first and is recorded here; nobody can delete it.',
        )}
      />
      <Segments
        label={say('筛选', 'Filter')}
        items={[
          { href: '#1', label: say('办理中 4', 'Open 4'), on: true },
          { href: '#2', label: say('本月办结 38', 'Closed 38') },
          { href: '#3', label: say('全部', 'All') },
        ]}
      />
      <Section title={say('11 月，1 次', 'November: 1')} id="m11">
        <Look
          who={say('街道审核岗', 'Street reviewer')}
          when={say('25 日', '25 Nov')}
          facts={[
            { name: say('看了', 'Seen'), value: say('年龄、户籍、收款账户', 'Age, registration, account') },
            {
              name: say('为什么', 'Why'),
              value: say('审核长寿保健金', 'Review of the allowance'),
              source: say('办件 20261124-0007', 'Case 20261124-0007'),
            },
          ]}
        >
          <span class="k-quiet num">{say('记录 A-3391', 'Entry A-3391')}</span>
          <Button kind="secondary" small href="#main">
            {say('我有疑问', 'I object')}
          </Button>
        </Look>
      </Section>
      <Rows>
        <Row
          icon="file"
          href="#main"
          title={say('长寿保健金', 'Longevity allowance')}
          note="20261124-0007"
          tag={
            <>
              <Tag tone="bad">{say('超期 1 天', '1 day late')}</Tag>
              <Tag tone="hold">{say('暂停计时', 'Paused')}</Tag>
              <Tag tone="good">{say('已办结', 'Closed')}</Tag>
              <Tag tone="plain">{say('草稿', 'Draft')}</Tag>
            </>
          }
        />
      </Rows>
      <Pager view={view} newer="#" older="#" />
      <Card>
        <Clock
          view={view}
          due={{ kind: 'overdue', by: 1, unit: 'working_day', on: '2026-11-23' }}
          total={20}
          used={21}
          unit="working_day"
          legal={{ on: '2026-12-22', left: 18, unit: 'working_day' }}
        />
      </Card>
      <Card>
        <Clock
          view={view}
          due={{ kind: 'left', n: 40, unit: 'working_day', on: '2027-01-27', provisional: true }}
          total={60}
          used={20}
          unit="working_day"
        />
      </Card>
      <Card>
        <Clock
          view={view}
          due={{ kind: 'paused', note: say('等您补正', 'Waiting for you') }}
          total={10}
          used={4}
          unit="working_day"
        />
      </Card>
      <Verdict tone="good" title={say('申领已确认', 'Application confirmed')} live>
        <p>{say('办件 20261124-0007，最迟 12 月 1 日答复。', 'Case 20261124-0007; answer by 1 Dec.')}</p>
      </Verdict>
      <Confirm
        view={view}
        heading={false}
        title={say('要撤回长寿保健金申请吗？', 'Withdraw this application?')}
        text={say('撤回不影响以后再申请。', 'You may apply again at any time.')}
        action="#"
        yes={say('撤回申请', 'Withdraw')}
        no={{ href: '#main', label: say('不撤了', 'Keep it') }}
        danger
      />
      <Progress view={view} title={say('正在核对照片', 'Checking the photos')} done={2} of={3} stop="#" />
      <Empty
        title={say('还没有办件', 'No cases yet')}
        next={{ href: '#main', label: say('看看能办什么', 'See what can be done') }}
      >
        {say('您办的事会出现在这里。', 'What you apply for appears here.')}
      </Empty>
      <Text quiet>{say('一段轻声的话。', 'A quiet sentence.')}</Text>
    </ResidentPage>
  ),

  missing: (view) => <ErrorPage view={view} status={404} />,
  broken: (view) => <ErrorPage view={view} status={500} reference="7f3a-02" />,
}
