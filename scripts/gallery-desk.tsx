/** Sample pages of the desk for the gallery. Names and figures are made up. */
import type { VNode } from 'preact'
import {
  ActionList,
  Datagrid,
  DeskButton,
  DeskCard,
  DeskChecks,
  DeskClock,
  DeskEmpty,
  DeskPager,
  DeskSearch,
  DeskTag,
  DeskTimeline,
  DocumentList,
  DotMeter,
  DueCell,
  Filter,
  Filters,
  KeyHints,
  Kpi,
  Kpis,
  Lines,
  Locked,
  Masked,
  Note,
  Paper,
  StepBar,
  Table,
  Tabs,
  Two,
} from '../src/ui/desk/index.ts'
import {
  Checkboxes,
  CodeField,
  DeskHead,
  DeskPage,
  DoorPage,
  type Due,
  ErrorPage,
  Form,
  PasswordField,
  Radios,
  TextArea,
  TextField,
  type Tone,
  type View,
} from '../src/ui/index.ts'

type Say = (zh: string, en: string) => string

const shell = (view: View, say: Say) => ({
  view: { ...view, who: say('何晓彤', 'He Xiaotong') },
  staffNumber: '0231',
  post: { id: '1', name: say('综合窗口岗', 'Front window'), scope: say('木棉、榕树两个社区', 'Kapok, Banyan') },
  otherPosts: [
    {
      id: '2',
      name: say('审核岗（代班）', 'Reviewer (stand-in)'),
      scope: say('全街，至 11 月 27 日', 'Whole street, to 27 Nov'),
    },
  ],
  nav: [
    { href: '/desk', label: say('待办', 'Work list'), icon: 'list' as const, count: 42 },
    { href: '/desk/window', label: say('窗口收件', 'Window'), icon: 'desk' as const },
    { href: '/desk/grid', label: say('网格事件', 'Grid'), icon: 'grid' as const, count: 9 },
    { href: '/desk/people', label: say('一库', 'People'), icon: 'users' as const },
    { href: '/desk/figures', label: say('指标', 'Figures'), icon: 'chart' as const },
  ],
})

interface Work {
  no: string
  due: Due
  matter: string
  who: string
  step: [string, Tone]
  by: string
}
const work = (say: Say): Work[] => [
  {
    no: '20261113-0004',
    due: { kind: 'overdue', by: 1, unit: 'working_day', on: '2026-11-23' },
    matter: say('临时救助', 'Emergency aid'),
    who: '周**',
    step: [say('调查', 'Survey'), 'bad'],
    by: '何晓彤',
  },
  {
    no: '20261117-0012',
    due: { kind: 'today', time: '17:30', on: '2026-11-24' },
    matter: say('长寿保健金', 'Longevity allowance'),
    who: '陈**',
    step: [say('审核', 'Review'), 'info'],
    by: '何晓彤',
  },
  {
    no: '20261124-0009',
    due: { kind: 'left', n: 1, unit: 'working_day', on: '2026-11-25' },
    matter: say('居住登记', 'Residence'),
    who: '李**',
    step: [say('受理', 'Accept'), 'info'],
    by: say('未分派', 'nobody'),
  },
  {
    no: '20261123-0030',
    due: { kind: 'left', n: 3, unit: 'working_day', on: '2026-11-27' },
    matter: say('失业登记', 'Unemployment'),
    who: '邓**',
    step: [say('受理', 'Accept'), 'info'],
    by: say('未分派', 'nobody'),
  },
  {
    no: '20261112-0015',
    due: { kind: 'left', n: 12, unit: 'working_day', on: '2026-12-10' },
    matter: say('残疾人两项补贴', 'Disability allowance'),
    who: '谢**',
    step: [say('区审', 'District'), 'plain'],
    by: '罗志明',
  },
  {
    no: '20261123-0031',
    due: { kind: 'paused', note: say('等补正，还有 4 天', 'waits for the applicant') },
    matter: say('最低生活保障', 'Minimum living'),
    who: '王**',
    step: [say('补正', 'Correction'), 'warn'],
    by: '何晓彤',
  },
  {
    no: '20261110-0002',
    due: { kind: 'excluded', note: say('入户评估 告知 0018 号', 'home visit, notice 0018') },
    matter: say('特困供养', 'Support'),
    who: '林**',
    step: [say('特别程序', 'Special'), 'hold'],
    by: '罗志明',
  },
  {
    no: '20261124-0011',
    due: { kind: 'left', n: 30, unit: 'working_day', on: '2027-01-07', provisional: true },
    matter: say('公租房', 'Public housing'),
    who: '何**',
    step: [say('受理', 'Accept'), 'info'],
    by: say('未分派', 'nobody'),
  },
]
const edge = (due: Due): Tone | undefined => (due.kind === 'overdue' ? 'bad' : due.kind === 'today' ? 'warn' : undefined)

export const deskPages: Readonly<Record<string, (view: View, say: Say) => VNode>> = {
  'desk-list': (view, say) => (
    <DeskPage {...shell({ ...view, path: '/desk' }, say)} title={say('待办', 'Work list')}>
      <DeskHead
        note={say('11 月 24 日（周二）· 木棉、榕树两个社区', 'Tue 24 Nov · Kapok, Banyan')}
        title={say('待办', 'Work list')}
      >
        <DeskSearch
          action="#"
          label={say('找办件', 'Find a case')}
          placeholder={say('办件号、姓名、事项', 'Number, name, matter')}
        />
        <DeskButton kind="primary" href="#main" keyHint="N">
          {say('新收件', 'New case')}
        </DeskButton>
      </DeskHead>
      <Tabs
        label={say('期限', 'Due')}
        items={[
          { href: '#1', label: say('全部', 'All'), count: 42, on: true },
          { href: '#2', label: say('已超期', 'Late'), count: 1, tone: 'bad' },
          { href: '#3', label: say('今天到期', 'Today'), count: 3, tone: 'warn' },
          { href: '#4', label: say('等补正', 'Correction'), count: 5 },
          { href: '#5', label: say('不计时', 'Not counted'), count: 2 },
          { href: '#6', label: say('未分派', 'Unassigned'), count: 6 },
        ]}
      />
      <Filters view={view} action="#" keep={{ tab: 'all' }} note={say('按到期先后', 'By due date')}>
        <Filter
          name="matter"
          label={say('事项', 'Matter')}
          all={say('全部事项', 'All matters')}
          options={[{ value: 'a', label: say('长寿保健金', 'Longevity allowance') }]}
        />
        <Filter name="area" label={say('社区', 'Community')} all={say('两个社区', 'Both communities')} options={[]} />
      </Filters>
      <DeskCard flush>
        <Table
          caption={say('待办', 'Work list')}
          keys
          rows={work(say)}
          keyOf={(row) => row.no}
          toneOf={(row) => edge(row.due)}
          columns={[
            { title: say('到期', 'Due'), cell: (row) => <DueCell view={view} due={row.due} /> },
            { title: say('事项', 'Matter'), cell: (row) => <a href="#main">{row.matter}</a> },
            { title: say('申请人', 'Applicant'), cell: (row) => row.who },
            { title: say('环节', 'Step'), cell: (row) => <DeskTag tone={row.step[1]}>{row.step[0]}</DeskTag> },
            { title: say('办件号', 'Number'), quiet: true, cell: (row) => row.no },
            { title: say('经办', 'Officer'), cell: (row) => row.by },
          ]}
        />
      </DeskCard>
      <DeskPager view={view} from={1} to={8} total={42} next="#" />
      <KeyHints
        hints={[
          { keys: ['J', 'K'], label: say('上下', 'up, down') },
          { keys: ['↵'], label: say('打开', 'open') },
          { keys: ['/'], label: say('搜索', 'search') },
          { keys: ['N'], label: say('新收件', 'new') },
        ]}
      />
    </DeskPage>
  ),

  'desk-case': (view, say) => (
    <DeskPage
      {...shell({ ...view, path: '/desk/cases/7' }, say)}
      current="/desk"
      title={say('长寿保健金 陈**', 'Longevity allowance, Chan **')}
    >
      <DeskHead
        crumbs={[{ href: '#main', label: say('待办', 'Work list') }]}
        note={
          <span class="num">
            {say('20261117-0012 · 木棉社区 · 手机申请 · 指南第 6 版', '20261117-0012 · Kapok · by phone · guide 6')}
          </span>
        }
        title={
          <>
            {say('长寿保健金 · 陈**', 'Longevity allowance · Chan **')} <DeskTag>{say('审核', 'Review')}</DeskTag>
          </>
        }
      >
        <DeskClock
          view={view}
          due={{ kind: 'today', on: '2026-11-24', time: '17:30' }}
          total={5}
          used={5}
          unit="working_day"
          note={say('11-17 受理起算', 'from acceptance 11-17')}
        />
      </DeskHead>
      <Two
        side={
          <>
            <DeskCard title={say('下一步', 'Next')} note={say('审核岗（代班）', 'Reviewer')}>
              <ActionList
                view={view}
                note={say('补正不可用：11 月 19 日已经受理。', 'No correction: accepted on 19 Nov.')}
                actions={[
                  { label: say('退回社区', 'Send back'), kind: 'primary', keyHint: 'B', href: '#main', wide: true },
                  { label: say('暂停计时', 'Pause'), keyHint: 'H', post: { action: '#', idempotencyKey: 'k' } },
                  { label: say('写备注', 'Remark'), keyHint: 'M', href: '#main' },
                  {
                    label: say('不予，写明理由', 'Refuse, with reasons'),
                    kind: 'danger',
                    keyHint: 'R',
                    href: '#main',
                    wide: true,
                  },
                  {
                    label: say('通过，送区民政局', 'Approve'),
                    wide: true,
                    disabledBecause: say(
                      '依据文件已过有效期，要等区里补录依据。',
                      'The document has lapsed; the district must record the basis first.',
                    ),
                  },
                ]}
              />
            </DeskCard>
            <DeskCard title={say('文书', 'Documents')} flush>
              <DocumentList
                documents={[
                  { title: say('收件凭证', 'Receipt'), number: '0412', href: '#main', open: say('打印', 'Print') },
                  { title: say('受理通知书', 'Acceptance'), number: '0398', href: '#main', open: say('打印', 'Print') },
                  { title: say('决定书', 'Decision'), note: say('决定后生成', 'after the decision') },
                ]}
              />
            </DeskCard>
            <DeskCard title={say('经过', 'Course')}>
              <DeskTimeline
                view={view}
                entries={[
                  { state: 'next', title: say('决定', 'Decision') },
                  {
                    state: 'now',
                    title: say('审核中', 'Under review'),
                    note: say('何晓彤（代班）· 今天 14:02', 'He Xiaotong · today 14:02'),
                  },
                  { state: 'done', title: say('受理', 'Accepted'), note: say('综合窗口 · 11-19 10:05', 'window · 11-19 10:05') },
                  { state: 'done', title: say('社区确认', 'Confirmed'), note: '11-18 15:40' },
                ]}
              />
            </DeskCard>
          </>
        }
      >
        <Note tone="warn">
          {say(
            '文件标注至 2026-08-31，后续文件未录入。决定前的各步照常办。',
            'The document lapsed on 2026-08-31. Steps before the decision go on.',
          )}
        </Note>
        <DeskCard title={say('事实', 'Facts')} aside={say('共享得来，申请人已确认 11-17 09:12', 'Shared; confirmed 11-17 09:12')}>
          <Datagrid
            facts={[
              { name: say('姓名', 'Name'), value: <Masked>陈**</Masked> },
              { name: say('出生', 'Born'), value: '1946-11-30', source: say('公安，身份证', 'police') },
              {
                name: say('户籍', 'Registered'),
                value: say('本街道', 'this street'),
                source: say('公安，11-17 核对', 'police, 11-17'),
              },
              { name: say('月标准', 'Monthly'), value: '30 → 100' },
              { name: say('收款账户', 'Account'), value: <Masked>**** 3302</Masked> },
              { name: say('家庭成员', 'Family'), value: <Locked>{say('选用途后可看', 'choose a purpose')}</Locked> },
            ]}
          />
        </DeskCard>
        <DeskCard
          title={say('核对', 'Checks')}
          note={say('规则第 3 版，今天 14:02', 'rule 3, today 14:02')}
          aside={<DeskTag tone="warn">{say('2 条符合，1 条不清楚', '2 met, 1 unclear')}</DeskTag>}
          flush
        >
          <DeskChecks
            view={view}
            checks={[
              { state: 'met', name: say('本市户籍', 'Registered in the city'), clause: say('一、发放对象', 'clause 1') },
              { state: 'met', name: say('当月满 80 岁', '80 this month'), why: '11-30', clause: say('二、标准', 'clause 2') },
              {
                state: 'unknown',
                name: say('文件在有效期内', 'Document in force'),
                why: say('标注至 2026-08-31', 'until 2026-08-31'),
                action: { href: '#main', label: say('补依据', 'Record basis') },
              },
              {
                state: 'not_met',
                name: say('没有重复领取', 'Not paid twice'),
                why: say('外区有一笔', 'one elsewhere'),
                clause: say('四、管理', 'clause 4'),
              },
            ]}
          />
        </DeskCard>
        <DeskCard title={say('材料', 'Documents needed')} aside={say('2 份，都不用申请人交', '2, none from the applicant')} flush>
          <Table
            caption={say('材料', 'Documents needed')}
            rows={[
              { n: say('户口簿', 'Register'), s: say('电子证照', 'shared') },
              { n: say('社区确认', 'Confirmation'), s: say('木棉居委会', 'Kapok') },
            ]}
            keyOf={(row) => row.n}
            columns={[
              { title: say('名称', 'Name'), cell: (row) => row.n },
              { title: say('来源', 'Source'), cell: (row) => row.s },
              { title: say('状态', 'State'), cell: () => <DeskTag tone="good">{say('已核验', 'Checked')}</DeskTag> },
              {
                title: say('操作', 'Action'),
                silent: true,
                right: true,
                cell: (row) => (
                  <DeskButton small href="#main">
                    {say(`看${row.n}`, `See ${row.n}`)}
                  </DeskButton>
                ),
              },
            ]}
          />
        </DeskCard>
      </Two>
    </DeskPage>
  ),

  'desk-figures': (view, say) => {
    const series = (values: number[]) => ({ values, label: say('近 6 个月', 'Last 6 months') })
    const rows = [
      { n: say('木棉社区', 'Kapok'), a: 99.2, b: 94.5 },
      { n: say('榕树社区', 'Banyan'), a: 96.6, b: 95.8 },
    ]
    return (
      <DeskPage {...shell({ ...view, path: '/desk/figures' }, say)} title={say('指标', 'Figures')}>
        <DeskHead note={say('2026 年 10 月 · 11 月 5 日封存', 'Oct 2026 · sealed 5 Nov')} title={say('办件指标', 'Figures')}>
          <DeskButton href="#main">{say('数据和算法', 'Data and formula')}</DeskButton>
        </DeskHead>
        <Kpis>
          <Kpi
            view={view}
            title={say('按时办结率', 'On time')}
            shown="98.5%"
            target={{ value: 98, shown: '≥ 98%', met: true }}
            series={series([97.1, 97.6, 97.2, 98.4, 98.8, 98.5])}
          >
            450 / 457 <a href="#main">{say('剔除 15 件', '15 left out')}</a>
          </Kpi>
          <Kpi
            view={view}
            title={say('一次办成率', 'First time')}
            shown="92.1%"
            target={{ value: 95, shown: '≥ 95%', met: false }}
            series={series([88.2, 89.1, 90.4, 91.7, 91.5, 92.1])}
          >
            421 / 457 <a href="#main">{say('剔除 15 件', '15 left out')}</a>
          </Kpi>
          <Kpi
            view={view}
            title={say('满意率', 'Satisfied')}
            shown="96.3%"
            target={{ value: 95, shown: '≥ 95%', met: true }}
            series={series([96.3])}
          >
            366 / 380
          </Kpi>
          <Kpi view={view} title={say('48 小时处置率', 'In 48 hours')} shown="93.4%">
            312 / 334
          </Kpi>
        </Kpis>
        <DeskCard
          title={say('各社区', 'Communities')}
          note={say('竖线是目标，横轴 70% 到 100%', 'line: target; axis 70% to 100%')}
          flush
        >
          <Table
            caption={say('各社区', 'Communities')}
            rows={rows}
            keyOf={(row) => row.n}
            columns={[
              { title: say('社区', 'Community'), cell: (row) => <a href="#main">{row.n}</a> },
              ...(['a', 'b'] as const).map((key, at) => ({
                title: at ? say('一次办成 ≥ 95%', 'First time ≥ 95%') : say('按时办结 ≥ 98%', 'On time ≥ 98%'),
                cell: (row: (typeof rows)[number]) => (
                  <DotMeter
                    value={row[key]}
                    target={at ? 95 : 98}
                    from={70}
                    to={100}
                    shown={`${row[key]}%`}
                    label={`${row[key]}%`}
                  />
                ),
              })),
            ]}
          />
        </DeskCard>
        <Two
          side={
            <DeskCard title={say('收件凭证 · 预览', 'Receipt, preview')}>
              <Paper
                title={say('收件凭证', 'Receipt')}
                unsealed={say('示例·无印章', 'sample, no seal')}
                facts={[
                  { name: say('编号', 'No.'), value: say('榕收〔2026〕0431 号', '0431 (2026)') },
                  { name: say('事项', 'Matter'), value: say('居住证（首次申领）', 'Residence permit') },
                ]}
              />
            </DeskCard>
          }
        >
          <DeskCard title={say('没算进去的 15 件', '15 left out')} flush>
            <Lines
              items={[
                { name: say('特别程序，依法不计时', 'Special procedure'), value: 9 },
                { name: say('申请人撤回', 'Withdrawn'), value: 6 },
              ]}
            />
          </DeskCard>
          <DeskEmpty title={say('都办完了', 'All done')}>{say('没有今天到期的办件。', 'Nothing is due today.')}</DeskEmpty>
        </Two>
      </DeskPage>
    )
  },

  'desk-form': (view, say) => {
    const errors = { reason: say('请写明理由，申请人会看到', 'Please give the reason; the applicant will read it') }
    return (
      <DeskPage {...shell({ ...view, path: '/desk/window' }, say)} title={say('窗口收件', 'Window')} errors={errors}>
        <DeskHead
          note={say('3 号窗 · 今天已收 17 件', 'Window 3 · 17 today')}
          title={say('A032 号 · 居住证', 'A032 · Residence permit')}
        />
        <StepBar
          view={view}
          at={2}
          steps={[say('认人', 'Person'), say('选事项', 'Matter'), say('收材料', 'Documents'), say('出凭证', 'Receipt')]}
        />
        <Two
          side={
            <DeskCard title={say('为什么要看？', 'Why do you look?')} raised>
              <Form view={view} action="#">
                <Radios
                  view={view}
                  name="purpose"
                  label={say('用途', 'Purpose')}
                  value="case"
                  options={[
                    { value: 'case', label: say('办这个件', 'This case'), hint: '20261117-0012' },
                    {
                      value: 'duty',
                      label: say('法定职责', 'Legal duty'),
                      hint: say('从职责清单里选', 'from the list of duties'),
                    },
                  ]}
                />
                <Checkboxes
                  view={view}
                  name="facts"
                  label={say('只看需要的', 'Only what is needed')}
                  values={['age']}
                  options={[
                    { value: 'age', label: say('年龄', 'Age') },
                    { value: 'hukou', label: say('户籍', 'Registration') },
                  ]}
                />
                <Note>{say('本人会在自己的页面看到这次查看。', 'The person will see this look on their page.')}</Note>
                <DeskButton kind="primary">{say('写入记录并打开', 'Record and open')}</DeskButton>
              </Form>
            </DeskCard>
          }
        >
          <DeskCard title={say('不予的理由', 'Reasons for refusal')}>
            <Form view={view} action="#">
              <TextField
                view={view}
                name="clause"
                label={say('条款', 'Clause')}
                hint={say('文件和条号', 'Document and clause')}
                value={say('示例办法 第 2 条', 'Sample rules, clause 2')}
              />
              <TextArea view={view} name="reason" label={say('理由', 'Reason')} errors={errors} rows={4} maxLength={2000} />
              <div class="k-actions">
                <DeskButton kind="primary">{say('保存', 'Save')}</DeskButton>
                <DeskButton href="#main">{say('不写了', 'Cancel')}</DeskButton>
              </div>
            </Form>
          </DeskCard>
        </Two>
      </DeskPage>
    )
  },

  'desk-door': (view, say) => (
    <DoorPage
      view={{ ...view, path: '/desk/sign-in' }}
      title={say('登录', 'Sign in')}
      note={say('用街道配发的账号', 'With the account your street gave you')}
    >
      <Form view={view} action="#">
        <TextField view={view} name="username" label={say('工号', 'Staff number')} autocomplete="username" value="0231" />
        <PasswordField view={view} name="password" label={say('密码', 'Password')} />
        <CodeField
          view={view}
          name="totp"
          label={say('动态码', 'Code')}
          hint={say('认证应用里的 6 位数', '6 digits in the app')}
        />
        <DeskButton kind="primary">{say('登录', 'Sign in')}</DeskButton>
      </Form>
    </DoorPage>
  ),

  'desk-missing': (view) => <ErrorPage view={{ ...view, path: '/desk/cases/9' }} status={409} />,
}
