/** What a stub function does on its n-th call: answer, or throw an error of this name. */
export type StubAnswer = { readonly answer: unknown } | { readonly throws: string; readonly message: string };

/**
 * One small machine whose result is the same in every faithful interpreter. Plain data, so that the same rows
 * can be sent to another implementation behind an endpoint, its functions answering as `functions` says.
 */
export interface DifferentialRow {
  readonly title: string;
  readonly definition: unknown;
  readonly input: unknown;
  /** Function name to its answers, call by call; the last one is repeated. */
  readonly functions?: Readonly<Record<string, readonly StubAnswer[]>>;
  readonly output?: unknown;
  readonly error?: string;
  readonly visited: readonly string[];
  /** Why the row cannot be compared with aws-local-stepfunctions 3.0.0. */
  readonly notComparable?: string;
}

const end = { End: true };
const pass = (rest: object = {}) => ({ Type: 'Pass', ...rest });
const only = (state: object) => ({ StartAt: 'A', States: { A: { ...state, ...end } } });

const work = (rest: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'work', 'Payload.$': '$' },
  ResultSelector: { 'v.$': '$.Payload' },
  ...rest,
});

/** A task that may lead to `B` and `C` by its catchers. */
const caught = (rest: object) => ({
  StartAt: 'A',
  States: {
    A: work({ ...rest, ...end }),
    ...Object.fromEntries(
      ['B', 'C']
        .filter((name) => JSON.stringify(rest).includes(`"${name}"`))
        .map((name) => [name, pass(end)]),
    ),
  },
});

const choiceRow = (
  title: string,
  rule: object,
  input: unknown,
  yes: boolean,
  rest: Partial<DifferentialRow> = {},
): DifferentialRow => ({
  title: `Choice: ${title}`,
  definition: {
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'Other' },
      Yes: { Type: 'Succeed' },
      Other: { Type: 'Succeed' },
    },
  },
  input,
  output: input,
  visited: ['Choose', yes ? 'Yes' : 'Other'],
  ...rest,
});

const absence = { notComparable: 'it takes no rule with IsPresent false' };

type Stubs = Readonly<Record<string, readonly StubAnswer[]>>;
const throwing = (...names: string[]): Stubs => ({ work: names.map((throws) => ({ throws, message: '' })) });
const answering = (...answers: unknown[]): Stubs => ({ work: answers.map((answer) => ({ answer })) });

const data: readonly DifferentialRow[] = [
  {
    title: 'Pass gives its input on',
    definition: only(pass()),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A'],
  },
  {
    title: 'Pass puts its Result at ResultPath, on objects that it makes',
    definition: only(pass({ Result: [1, 2], ResultPath: '$.b.c' })),
    input: { a: 1 },
    output: { a: 1, b: { c: [1, 2] } },
    visited: ['A'],
  },
  {
    title: 'Pass gives a Result of null on',
    definition: only(pass({ Result: null })),
    input: { a: 1 },
    output: null,
    visited: ['A'],
    notComparable: 'it takes a Result of null for none',
  },
  {
    title: 'Pass puts a Result of false at ResultPath',
    definition: only(pass({ Result: false, ResultPath: '$.b' })),
    input: { a: 1 },
    output: { a: 1, b: false },
    visited: ['A'],
    notComparable: 'it takes a Result of false for none',
  },
  {
    title: 'ResultPath replaces what was at it',
    definition: only(pass({ Result: 2, ResultPath: '$.a' })),
    input: { a: { b: 1 }, c: 3 },
    output: { a: 2, c: 3 },
    visited: ['A'],
  },
  {
    title: 'ResultPath "$" replaces the input',
    definition: only(pass({ Result: { b: 2 }, ResultPath: '$' })),
    input: { a: 1 },
    output: { b: 2 },
    visited: ['A'],
    notComparable: 'it writes a key named $',
  },
  {
    title: 'ResultPath null keeps the input',
    definition: only(pass({ Result: { b: 2 }, ResultPath: null })),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A'],
  },
  {
    title: 'ResultPath below a text fails',
    definition: only(pass({ Result: 1, ResultPath: '$.a.b' })),
    input: { a: 'text' },
    error: 'States.ResultPathMatchFailure',
    visited: ['A'],
    notComparable: 'it drops the result',
  },
  {
    title: 'Parameters take texts, lists, objects and paths',
    definition: only(pass({ Parameters: { 'x.$': '$.in.v', k: [1, { 'y.$': '$.in' }], t: null } })),
    input: { in: { v: 7 } },
    output: { x: 7, k: [1, { y: { v: 7 } }], t: null },
    visited: ['A'],
  },
  {
    title: 'Parameters take the whole input',
    definition: only(pass({ Parameters: { 'all.$': '$' } })),
    input: [1, 2],
    output: { all: [1, 2] },
    visited: ['A'],
  },
  {
    title: 'a path leads to null and false as to any value',
    definition: only(pass({ Parameters: { 'n.$': '$.n', 'f.$': '$.f' } })),
    input: { n: null, f: false },
    output: { n: null, f: false },
    visited: ['A'],
  },
  {
    title: 'the context object knows the execution',
    definition: only(pass({ Parameters: { 'id.$': '$$.Execution.Id' }, ResultPath: '$.run' })),
    input: {},
    output: { run: { id: 'arn:aws:states:eu-west-3:000000000000:execution:machine:row' } },
    visited: ['A'],
    notComparable: 'it knows only the context object a caller hands it',
  },
  {
    title: 'a missing path fails with States.Runtime, past States.ALL',
    definition: caught({
      Parameters: { FunctionName: 'work', 'Payload.$': '$.none' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
    }),
    functions: answering(1),
    input: {},
    error: 'States.Runtime',
    visited: ['A'],
    notComparable: 'it names the error after the field',
  },
  {
    title: 'Succeed with an OutputPath',
    definition: { StartAt: 'S', States: { S: { Type: 'Succeed', OutputPath: '$.a.b' } } },
    input: { a: { b: 'out' } },
    output: 'out',
    visited: ['S'],
  },
];

const tasks: readonly DifferentialRow[] = [
  {
    title: 'Task: the answer is wrapped',
    definition: only(work({ ResultSelector: undefined, ResultPath: '$.r' })),
    functions: answering({ v: 3 }),
    input: { a: 1 },
    output: { a: 1, r: { ExecutedVersion: '$LATEST', Payload: { v: 3 }, StatusCode: 200 } },
    visited: ['A'],
  },
  {
    title: 'Task: ResultSelector, then ResultPath',
    definition: only(
      work({ ResultSelector: { 'w.$': '$.Payload.v', 's.$': '$.StatusCode', k: 1 }, ResultPath: '$.r' }),
    ),
    functions: answering({ v: 3, z: 4 }),
    input: { a: 1 },
    output: { a: 1, r: { w: 3, s: 200, k: 1 } },
    visited: ['A'],
  },
  {
    title: 'Task: an answer of null is placed as null',
    definition: only(work({ ResultPath: '$.r' })),
    functions: answering(null),
    input: { a: 1 },
    output: { a: 1, r: { v: null } },
    visited: ['A'],
  },
  {
    title: 'Task: an error without a catcher ends the run under its name',
    definition: only(work()),
    functions: throwing('WaveFullError'),
    input: {},
    error: 'WaveFullError',
    visited: ['A'],
  },
  {
    title: 'Task: an error that no catcher names ends the run under its name',
    definition: caught({ Catch: [{ ErrorEquals: ['Other', 'States.Timeout'], Next: 'B' }] }),
    functions: throwing('WaveFullError'),
    input: {},
    error: 'WaveFullError',
    visited: ['A'],
  },
  {
    title: 'Task: the first catcher that fits is taken',
    definition: caught({
      Catch: [
        { ErrorEquals: ['Other'], Next: 'B' },
        { ErrorEquals: ['WaveFullError', 'More'], Next: 'C', ResultPath: null },
        { ErrorEquals: ['States.ALL'], Next: 'B' },
      ],
    }),
    functions: throwing('WaveFullError'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'C'],
  },
  {
    title: 'Task: States.TaskFailed catches a thrown error',
    definition: caught({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'B', ResultPath: null }] }),
    functions: throwing('Anything'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'B'],
  },
  {
    title: 'Task: States.Timeout does not catch a thrown error',
    definition: caught({
      Catch: [
        { ErrorEquals: ['States.Timeout'], Next: 'B' },
        { ErrorEquals: ['States.ALL'], Next: 'C', ResultPath: null },
      ],
    }),
    functions: throwing('Anything'),
    input: {},
    output: {},
    visited: ['A', 'C'],
  },
  {
    title: 'Task: Retry until it succeeds',
    definition: only(work({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2 }] })),
    functions: { work: [...(throwing('Busy', 'Busy')['work'] ?? []), { answer: 'ok' }] },
    input: {},
    output: { v: 'ok' },
    visited: ['A'],
  },
  {
    title: 'Task: Retry used up leads to Catch',
    definition: caught({
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B', ResultPath: null }],
    }),
    functions: throwing('Busy'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'B'],
  },
  {
    title: 'Task: Retry tries three times by default',
    definition: only(work({ Retry: [{ ErrorEquals: ['States.ALL'] }] })),
    functions: throwing('Busy', 'Busy', 'Busy', 'Last', 'TooLate'),
    input: {},
    error: 'Last',
    visited: ['A'],
  },
  {
    title: 'Task: a retrier without attempts shields the later ones',
    definition: only(
      work({
        Retry: [
          { ErrorEquals: ['ContractError'], MaxAttempts: 0 },
          { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 5 },
        ],
      }),
    ),
    functions: throwing('ContractError', 'TriedAgain'),
    input: {},
    error: 'ContractError',
    visited: ['A'],
  },
  {
    title: 'Task: each retrier counts its own attempts',
    definition: only(
      work({
        Retry: [
          { ErrorEquals: ['One'], IntervalSeconds: 1, MaxAttempts: 2 },
          { ErrorEquals: ['Two'], IntervalSeconds: 1, MaxAttempts: 1 },
        ],
      }),
    ),
    functions: throwing('One', 'Two', 'One', 'Two', 'TooLate'),
    input: {},
    error: 'Two',
    visited: ['A'],
  },
  {
    title: 'Task: a state entered again has all its attempts again',
    definition: {
      StartAt: 'A',
      States: {
        A: work({
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['Busy'], Next: 'A', ResultPath: null }],
          ...end,
        }),
      },
    },
    functions: { work: [...(throwing('Busy', 'Busy', 'Busy')['work'] ?? []), { answer: 'ok' }] },
    input: {},
    output: { v: 'ok' },
    visited: ['A', 'A'],
  },
];

const flow: readonly DifferentialRow[] = [
  {
    title: 'a loop of tasks until one answers that it is done',
    definition: {
      StartAt: 'Import rows',
      States: {
        'Import rows': work({
          ResultSelector: { 'outcome.$': '$.Payload.outcome', 'next.$': '$.Payload.next' },
          ResultPath: '$.answer',
          Next: 'More?',
        }),
        'More?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.answer.outcome', StringEquals: 'MORE', Next: 'Import rows' },
            { Variable: '$.answer.outcome', StringEquals: 'DONE', Next: 'Done' },
          ],
        },
        Done: { Type: 'Succeed', OutputPath: '$.answer.next' },
      },
    },
    functions: answering(
      { outcome: 'MORE', next: 100 },
      { outcome: 'MORE', next: 200 },
      { outcome: 'DONE', next: 250 },
    ),
    input: {},
    output: 250,
    visited: ['Import rows', 'More?', 'Import rows', 'More?', 'Import rows', 'More?', 'Done'],
  },
  {
    title: 'Fail names its error',
    definition: { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Stop', Cause: 'because' } } },
    input: {},
    error: 'Stop',
    visited: ['F'],
  },
  {
    title: 'a Choice that fits nothing',
    definition: {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Variable: '$.a', StringEquals: 'x', Next: 'Yes' }] },
        Yes: { Type: 'Succeed' },
      },
    },
    input: { a: 'y' },
    error: 'States.NoChoiceMatched',
    visited: ['Choose'],
  },
  {
    title: 'the first choice that fits is taken',
    definition: {
      StartAt: 'Choose',
      States: {
        Choose: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.b', IsPresent: true, Next: 'No' },
            { Variable: '$.a', StringEquals: 'x', Next: 'Yes' },
            { Variable: '$.a', IsPresent: true, Next: 'No' },
          ],
        },
        Yes: { Type: 'Succeed' },
        No: { Type: 'Succeed' },
      },
    },
    input: { a: 'x' },
    output: { a: 'x' },
    visited: ['Choose', 'Yes'],
  },
  {
    title: 'a Choice of a missing variable fails with States.Runtime',
    definition: {
      StartAt: 'Choose',
      States: {
        Choose: {
          Type: 'Choice',
          Choices: [{ Variable: '$.a', StringEquals: 'x', Next: 'Yes' }],
          Default: 'Yes',
        },
        Yes: { Type: 'Succeed' },
      },
    },
    input: {},
    error: 'States.Runtime',
    visited: ['Choose'],
    notComparable: 'it takes the default',
  },
];

const choices: readonly DifferentialRow[] = [
  choiceRow('StringEquals', { Variable: '$.a', StringEquals: 'x' }, { a: 'x' }, true),
  choiceRow('StringEquals on another text', { Variable: '$.a', StringEquals: 'x' }, { a: 'X' }, false),
  choiceRow('StringEquals on a number', { Variable: '$.a', StringEquals: '1' }, { a: 1 }, false),
  choiceRow('StringEquals on null', { Variable: '$.a', StringEquals: 'null' }, { a: null }, false),
  choiceRow('IsPresent', { Variable: '$.a.b', IsPresent: true }, { a: { b: 0 } }, true),
  choiceRow('IsPresent on null', { Variable: '$.a', IsPresent: true }, { a: null }, true),
  choiceRow('IsPresent on nothing', { Variable: '$.a.b', IsPresent: true }, { a: {} }, false),
  choiceRow('IsPresent false', { Variable: '$.a.b', IsPresent: false }, { a: {} }, true, absence),
  choiceRow('IsPresent below a text', { Variable: '$.a.b', IsPresent: false }, { a: 'text' }, true, absence),
];

export const differentialTable: readonly DifferentialRow[] = [...data, ...tasks, ...flow, ...choices];
