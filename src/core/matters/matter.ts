/**
 * A matter (事项) as the pack writes it. The schema is the whole dialect: `pack check` validates every
 * YAML file in `packs/<place>/matters/` against it, and the database keeps the same JSON.
 * Fields named in GB/T 39046 carry their name there in a comment.
 */
import Type from 'typebox'

const closed = { additionalProperties: false }

/** A text in both languages. Chinese prevails; English is complete. */
export const Text = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed)
export type Text = Type.Static<typeof Text>

const Code = Type.String({ pattern: '^[a-z0-9]+([-.][a-z0-9]+)*$' })
/** Of a rule or a parameter: `longevity.amount_70`. */
export const Id = Type.String({ pattern: '^[a-z0-9]+([-_.][a-z0-9]+)*$' })

export const Procedure = Type.Enum(['licence', 'benefit', 'confirmation', 'registration', 'service'])
export type Procedure = Type.Static<typeof Procedure>

/**
 * What a grant writes into 一库, so that the next office asks nobody again: `receipt` that she receives what the matter gives ·
 * `residence` 居住登记 with the address that was stated · `permit` 居住证, new · `endorsement` 居住证签注, a year more ·
 * `disability` 残疾人证 by the answers `disability-kind` and `disability-grade`.
 */
export const Effect = Type.Enum(['receipt', 'residence', 'permit', 'endorsement', 'disability'])
export type Effect = Type.Static<typeof Effect>

/** Who a step belongs to: 社区, 街道, 区. The step is done by a post whose area has this level. */
export const Level = Type.Enum(['community', 'street', 'district', 'city'])
export type Level = Type.Static<typeof Level>

/**
 * What happens at a step. The engine knows these kinds and nothing else about a matter:
 * `accept` 受理 · `confirm` 社区确认 · `review` 审核 · `survey` 入户调查(two officers) · `data_check` 信息核对 ·
 * `authorisation` 授权核对 (each adult) · `notice` 公示 · `decide` 决定 · `register` 当场登记 (accept and decide in one).
 */
export const StepKind = Type.Enum([
  'accept',
  'confirm',
  'review',
  'survey',
  'data_check',
  'authorisation',
  'notice',
  'decide',
  'register',
])
export type StepKind = Type.Static<typeof StepKind>

export const Step = Type.Object(
  {
    code: Code,
    kind: StepKind,
    level: Level,
    name: Text,
    /** What a resident reads on the timeline while this step runs. */
    plain: Text,
    /** Number of officers who must sign; 2 for a survey. */
    officers: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
    /** Parameter id of this step's own limit, if it has one (for example 公示 7 calendar days). */
    limit: Type.Optional(Id),
    /** Of a public notice: nothing of a child is put up, so the step is left out. */
    not_for_minors: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Step = Type.Static<typeof Step>

export const Basis = Type.Object({ document: Code, clause: Type.String({ minLength: 1 }) }, closed)
export type Basis = Type.Static<typeof Basis>

export const Material = Type.Object(
  {
    code: Code,
    name: Text,
    /** GB/T 39046 is_need */
    required: Type.Boolean(),
    /** GB/T 39046 source_type: who supplies it. `shared` and `form` ask nothing of the resident. */
    source: Type.Enum(['shared', 'form', 'upload', 'officer']),
    /** accept_stand: what makes it acceptable, in plain words. */
    accepts: Text,
    /** What a rule may ask for: that the case holds a proof of address. Other papers prove none. */
    proves: Type.Optional(Type.Literal('address')),
    /** A file that somebody signed is kept byte for byte; a photo gets a shown copy without metadata. */
    signed: Type.Optional(Type.Boolean()),
    /** Of a shared one: what on record of her stands for it. Where nothing is, she may attach or bring the paper. */
    register: Type.Optional(Type.Enum(['disability', 'hukou', 'hukou-or-permit'])),
    /** The matter by which whoever has none can get it. */
    obtain: Type.Optional(Code),
    basis: Type.Optional(Basis),
  },
  closed,
)
export type Material = Type.Static<typeof Material>

/**
 * One question, one page. `facts` are shown with their source to be confirmed, never typed (promise 1);
 * a question of kind `confirm` must have facts.
 */
export const Question = Type.Object(
  {
    code: Code,
    kind: Type.Enum([
      'confirm',
      'choice',
      'yes_no',
      'text',
      'number',
      'date',
      'money',
      'bank_account',
      'address',
      'members',
      'files',
      // 一条说明: which line of an explanation is meant. Only the explanation itself answers it.
      'line',
    ]),
    ask: Text,
    hint: Type.Optional(Text),
    facts: Type.Optional(
      Type.Array(
        Type.Enum([
          'name',
          'sex',
          'born_on',
          'id_number',
          'hukou',
          'dwelling',
          'phone',
          'bank_account',
          'residence',
          'permit',
          'disability',
        ]),
      ),
    ),
    options: Type.Optional(Type.Array(Type.Object({ value: Code, text: Text }, closed))),
    /**
     * Asked only of who answered earlier questions so: `{ both-parents: true }` of a yes or no, `{ lease-side: [sublets, acts] }` of
     * a choice; of several all must hold. Who is not asked has no answer, and whatever she typed before is neither sent nor judged.
     */
    asked_when: Type.Optional(
      Type.Record(Code, Type.Union([Type.Boolean(), Code, Type.Array(Code, { minItems: 1 })]), { minProperties: 1 }),
    ),
    required: Type.Boolean(),
    max_length: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
    /** Of a number: the least and the greatest that can be meant, and what is counted (年, 次). */
    min: Type.Optional(Type.Integer()),
    max: Type.Optional(Type.Integer()),
    unit: Type.Optional(Text),
    /** Of a date: it may lie ahead, such as the end of a lease. */
    may_lie_ahead: Type.Optional(Type.Boolean()),
    /** Of a date: the question whose day it cannot lie before, such as the beginning of a lease. */
    not_before: Type.Optional(Code),
    /** Of a text: it stands on the paper that is issued, and must be of signs that can be printed. */
    printed: Type.Optional(Type.Boolean()),
    /** Encrypted at rest and masked on every page but the one where it is typed. */
    sensitive: Type.Optional(Type.Boolean()),
    /** Materials that this page collects: files, or what an answer stands for (`source: form`), so that asking for it asks the question. */
    materials: Type.Optional(Type.Array(Code)),
  },
  closed,
)
export type Question = Type.Static<typeof Question>

export const Matter = Type.Object(
  {
    code: Code,
    version: Type.Integer({ minimum: 1 }),
    valid_from: Type.String({ format: 'date' }),
    name: Text,
    /** One sentence that a person understands: who gets what. */
    summary: Text,
    procedure: Procedure,
    /** Office line 条线: a code of pack.yaml `domains`. */
    domain: Code,
    group: Code,
    catalogue: Type.Object(
      {
        task_type: Type.String({ pattern: '^[0-9]{2}$' }), // GB/T 39046 code table: 05 给付, 07 确认 …
        use_level: Type.String({ pattern: '^[1-7]$' }), // 行使层级
        service_object: Type.Array(Type.String({ pattern: '^[1-69]$' }), { minItems: 1 }),
        topic: Type.Enum(['person', 'legal_person']), // topic classes 自然人/法人
        handle_type: Type.Array(Type.String({ pattern: '^[1-49]$' }), { minItems: 1 }), // 1 窗口 2 电脑 3 移动端 4 快递
        project_type: Type.Enum(['1', '2']), // 1 即办件 2 承诺件
        limit_scene_num: Type.Integer({ minimum: 0 }), // 到现场次数
        limit_scene_explain: Type.Optional(Text),
        is_online: Type.Boolean(),
        online_depth: Type.Enum(['none', 'apply', 'full']), // online_handle_depth
        is_express: Type.Boolean(),
        is_fee: Type.Boolean(),
        fee: Type.Optional(Type.Object({ item: Text, standard: Text, basis: Basis, is_pay_online: Type.Boolean() }, closed)),
        result: Type.Object({ name: Text, type: Type.Enum(['证', '文', '其他']), sample: Type.String() }, closed),
        link_way: Type.String(), // 咨询电话
        // 投诉电话
        supervise_way: Type.Object({ ...Text.properties, demo: Type.Optional(Type.Boolean()) }, closed),
      },
      closed,
    ),
    bases: Type.Array(Basis, { minItems: 1 }),
    who: Text,
    /** Rule ids, all of which must be met. */
    conditions: Type.Array(Id),
    /** Where the case counts: where she lives, or, unless stated, where her hukou is. */
    counts_at: Type.Optional(Type.Literal('home')),
    effect: Type.Optional(Effect),
    /** Rule id of the amount in fen a month, if money is paid. */
    amount: Type.Optional(Id),
    /** A sum of once that no rule gives: who decides says how much, or what is given instead. */
    one_off: Type.Optional(Type.Literal(true)),
    /** Paid by the month: the rule that holds from the month on in which it begins, and what comes once a year beside it. */
    payment: Type.Optional(Type.Object({ begins: Id, yearly: Type.Optional(Id) }, closed)),
    materials: Type.Array(Material),
    questions: Type.Array(Question),
    steps: Type.Array(Step, { minItems: 1 }),
    limits: Type.Object(
      {
        /** Parameter id: our promise, counted from acceptance. */
        promise: Id,
        /** Parameter id of a limit of the law. A page says “legal limit” only if that row is verified. */
        legal: Type.Optional(Id),
        /** Parameter id: days the resident is asked to answer a correction notice in; afterwards reminders, never a lapse. */
        correction: Id,
      },
      closed,
    ),
    /** Guide sections after the fixed ones (who, what you need, how long, where). */
    guide: Type.Array(Type.Object({ title: Text, body: Text }, closed)),
    places: Type.Array(Type.Object({ name: Text, hours: Text }, closed), { minItems: 1 }),
    /**
     * 政策找人: whether everybody whom it fits may be searched for, on which basis, and whether one page that she only confirms
     * is an application; or why nobody is searched for. `among` is a rule of whom a search is confined to, where what nobody knows
     * would make it half the city; it is no condition of applying, and who is outside is judged by nobody. A matter that says nothing is not searched for.
     */
    outreach: Type.Optional(
      Type.Union([
        Type.Object({ searched: Type.Literal(true), basis: Basis, one_page: Type.Boolean(), among: Type.Optional(Id) }, closed),
        Type.Object({ searched: Type.Literal(false), why: Text }, closed),
      ]),
    ),
    /** What people say when they mean this matter; read by the finder only. */
    find: Type.Object({ words: Type.Array(Type.String()), sentences: Type.Array(Type.String()) }, closed),
  },
  closed,
)
export type Matter = Type.Static<typeof Matter>

/** Begun only from a line of an explanation, and so on no list of what one can apply for. */
export const isFromLine = (matter: Pick<Matter, 'questions'>): boolean => matter.questions.some(({ kind }) => kind === 'line')
