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
const pass = (rest: object) => ({ Type: 'Pass', ...rest });
const only = (state: object) => ({ StartAt: 'A', States: { A: { ...state, ...end } } });

/** A task by plain function ARN, the one form the other interpreter lets a stub stand in for. */
const work = (rest: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:lambda:eu-west-3:000000000000:function:work',
  ...rest,
});

const choose = (...choices: object[]) => ({
  StartAt: 'Choose',
  States: {
    Choose: { Type: 'Choice', Choices: choices, Default: 'Other' },
    Yes: { Type: 'Succeed' },
    Other: { Type: 'Succeed' },
  },
});

const choiceRow = (title: string, rule: object, input: unknown, yes: boolean): DifferentialRow => ({
  title: `Choice: ${title}`,
  definition: choose({ ...rule, Next: 'Yes' }),
  input,
  output: input,
  visited: ['Choose', yes ? 'Yes' : 'Other'],
});

const intrinsicRow = (
  title: string,
  expression: string,
  input: unknown,
  output: unknown,
): DifferentialRow => ({
  title: `intrinsic: ${title}`,
  definition: only(pass({ Parameters: { 'v.$': expression } })),
  input,
  output: { v: output },
  visited: ['A'],
});

const throwing = (name: string, message = ''): Readonly<Record<string, readonly StubAnswer[]>> => ({
  work: [{ throws: name, message }],
});

const data: readonly DifferentialRow[] = [
  {
    title: 'Pass gives its input on',
    definition: only(pass({})),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A'],
  },
  {
    title: 'Pass puts its Result at ResultPath',
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
    title: 'InputPath, Parameters and OutputPath in their order',
    definition: only(
      pass({
        InputPath: '$.in',
        Parameters: { 'x.$': '$.v', k: [1, { y: 2 }] },
        ResultPath: '$.r',
        OutputPath: '$.r',
      }),
    ),
    input: { in: { v: 7 } },
    output: { x: 7, k: [1, { y: 2 }] },
    visited: ['A'],
  },
  {
    title: 'InputPath null is an empty object',
    definition: only(pass({ InputPath: null })),
    input: { a: 1 },
    output: {},
    visited: ['A'],
  },
  {
    title: 'bracket paths and indices',
    definition: only(pass({ Parameters: { 'v.$': "$['a b'][1].c" } })),
    input: { 'a b': [0, { c: 'found' }] },
    output: { v: 'found' },
    visited: ['A'],
  },
  {
    title: 'the context object knows input and state',
    definition: only(pass({ Parameters: { 'in.$': '$$.Execution.Input.a', 'state.$': '$$.State.Name' } })),
    input: { a: 5 },
    output: { in: 5, state: 'A' },
    visited: ['A'],
    notComparable: 'it knows only the context object a caller hands it',
  },
  {
    title: 'a missing path fails with States.Runtime, past States.ALL',
    definition: {
      StartAt: 'A',
      States: {
        A: work({ InputPath: '$.none', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], ...end }),
        B: { Type: 'Succeed' },
      },
    },
    functions: { work: [{ answer: 1 }] },
    input: {},
    error: 'States.Runtime',
    visited: ['A'],
    notComparable: 'it names the error after the field',
  },
];

const tasks: readonly DifferentialRow[] = [
  {
    title: 'Task: ResultSelector, then ResultPath',
    definition: only(work({ ResultSelector: { 'w.$': '$.v' }, ResultPath: '$.r' })),
    functions: { work: [{ answer: { v: 3, z: 4 } }] },
    input: { a: 1 },
    output: { a: 1, r: { w: 3 } },
    visited: ['A'],
  },
  {
    title: 'Task: an answer of null is placed as null',
    definition: only(work({ ResultPath: '$.r' })),
    functions: { work: [{ answer: null }] },
    input: { a: 1 },
    output: { a: 1, r: null },
    visited: ['A'],
  },
  {
    title: 'Task: an error nobody catches ends the run under its name',
    definition: only(work()),
    functions: throwing('WaveFullError', 'full'),
    input: {},
    error: 'WaveFullError',
    visited: ['A'],
  },
  {
    title: 'Task: the first catcher that fits is taken',
    definition: {
      StartAt: 'A',
      States: {
        A: work({
          Catch: [
            { ErrorEquals: ['Other'], Next: 'B' },
            { ErrorEquals: ['WaveFullError', 'More'], Next: 'C', ResultPath: null },
            { ErrorEquals: ['States.ALL'], Next: 'B' },
          ],
          ...end,
        }),
        B: pass(end),
        C: pass(end),
      },
    },
    functions: throwing('WaveFullError'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'C'],
  },
  {
    title: 'Task: States.TaskFailed catches a thrown error',
    definition: {
      StartAt: 'A',
      States: {
        A: work({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'B', ResultPath: null }], ...end }),
        B: pass(end),
      },
    },
    functions: throwing('Anything'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'B'],
  },
  {
    title: 'Task: Retry until it succeeds',
    definition: only(work({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2 }] })),
    functions: {
      work: [{ throws: 'Busy', message: '' }, { throws: 'Busy', message: '' }, { answer: { ok: true } }],
    },
    input: {},
    output: { ok: true },
    visited: ['A'],
  },
  {
    title: 'Task: Retry used up leads to Catch',
    definition: {
      StartAt: 'A',
      States: {
        A: work({
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B', ResultPath: null }],
          ...end,
        }),
        B: pass(end),
      },
    },
    functions: throwing('Busy'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['A', 'B'],
  },
  {
    title: 'Task: lambda:invoke wraps what the function answers',
    definition: only({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'work', 'Payload.$': '$' },
      ResultSelector: { 'v.$': '$.Payload.v', 'status.$': '$.StatusCode' },
    }),
    functions: { work: [{ answer: { v: 3 } }] },
    input: {},
    output: { v: 3, status: 200 },
    visited: ['A'],
    notComparable: 'its stand-in for a task does not wrap the answer',
  },
];

const branches = (first: object, second: object, rest: object = {}) => ({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'L', States: { L: { ...first, ...end } } },
        { StartAt: 'R', States: { R: { ...second, ...end } } },
      ],
      ...rest,
      ...end,
    },
    ...('Catch' in rest ? { Caught: pass(end) } : {}),
  },
});

const flow: readonly DifferentialRow[] = [
  {
    title: 'Parallel gives the outputs in the order of its branches',
    definition: branches(pass({ Result: 'l' }), pass({ Result: 'r' }), { ResultPath: '$.both' }),
    input: { a: 1 },
    output: { a: 1, both: ['l', 'r'] },
    visited: ['Both', 'L', 'R'],
  },
  {
    title: 'Parallel catches what fails in a branch',
    definition: branches(work(), pass({}), {
      Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught', ResultPath: null }],
    }),
    functions: throwing('Broken'),
    input: { a: 1 },
    output: { a: 1 },
    visited: ['Both', 'L', 'R', 'Caught'],
  },
  {
    title: 'Map over a list, with ItemSelector',
    definition: only({
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'k.$': '$.k' },
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'I', States: { I: pass(end) } },
    }),
    input: { list: ['x', 'y'], k: 9 },
    output: [
      { i: 0, v: 'x', k: 9 },
      { i: 1, v: 'y', k: 9 },
    ],
    visited: ['A', 'I', 'I'],
  },
  {
    title: 'Map over nothing gives an empty list',
    definition: only({ Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: pass(end) } } }),
    input: [],
    output: [],
    visited: ['A'],
  },
  {
    title: 'Map stops after a failure',
    definition: only({
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'I', States: { I: work(end) } },
    }),
    functions: throwing('Broken'),
    input: [1, 2, 3],
    error: 'Broken',
    visited: ['A', 'I'],
    notComparable: 'it goes on with the other items',
  },
  {
    title: 'Wait for no time, then Succeed with an OutputPath',
    definition: {
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 0, Next: 'S' }, S: { Type: 'Succeed', OutputPath: '$.a' } },
    },
    input: { a: 'out' },
    output: 'out',
    visited: ['W', 'S'],
  },
  {
    title: 'Wait until an instant that has passed',
    definition: only({ Type: 'Wait', TimestampPath: '$.at' }),
    input: { at: '2020-01-01T00:00:00Z' },
    output: { at: '2020-01-01T00:00:00Z' },
    visited: ['A'],
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
        Choose: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 2, Next: 'Yes' }] },
        Yes: { Type: 'Succeed' },
      },
    },
    input: { a: 1 },
    error: 'States.NoChoiceMatched',
    visited: ['Choose'],
  },
];

const choices: readonly DifferentialRow[] = [
  choiceRow('StringEquals', { Variable: '$.a', StringEquals: 'x' }, { a: 'x' }, true),
  choiceRow('StringEquals on a number', { Variable: '$.a', StringEquals: '1' }, { a: 1 }, false),
  choiceRow('StringMatches', { Variable: '$.a', StringMatches: 'log-*.txt' }, { a: 'log-7.txt' }, true),
  choiceRow('StringLessThan', { Variable: '$.a', StringLessThan: 'b' }, { a: 'a' }, true),
  choiceRow('NumericGreaterThanEquals', { Variable: '$.a', NumericGreaterThanEquals: 2 }, { a: 2 }, true),
  choiceRow('NumericLessThanPath', { Variable: '$.a', NumericLessThanPath: '$.b' }, { a: 1, b: 2 }, true),
  choiceRow('BooleanEquals', { Variable: '$.a', BooleanEquals: false }, { a: false }, true),
  choiceRow(
    'TimestampGreaterThan',
    { Variable: '$.a', TimestampGreaterThan: '2026-01-01T00:00:00Z' },
    { a: '2026-01-01T01:30:00+01:00' },
    true,
  ),
  choiceRow('IsPresent', { Variable: '$.a.b', IsPresent: true }, { a: {} }, false),
  choiceRow('IsNull', { Variable: '$.a', IsNull: true }, { a: null }, true),
  choiceRow('IsTimestamp', { Variable: '$.a', IsTimestamp: true }, { a: 'yesterday' }, false),
  choiceRow(
    'And, Or, Not',
    {
      And: [
        { Not: { Variable: '$.a', NumericEquals: 1 } },
        {
          Or: [
            { Variable: '$.b', IsString: true },
            { Variable: '$.b', IsNumeric: true },
          ],
        },
      ],
    },
    { a: 2, b: 3 },
    true,
  ),
];

const intrinsics: readonly DifferentialRow[] = [
  intrinsicRow('Format', "States.Format('{} has {}', $.who, 3)", { who: 'Ann' }, 'Ann has 3'),
  intrinsicRow('MathAdd', 'States.MathAdd($.n, -1)', { n: 3 }, 2),
  intrinsicRow('StringToJson', 'States.StringToJson($.s)', { s: '{"a":[1]}' }, { a: [1] }),
  intrinsicRow('JsonToString', 'States.JsonToString($.o)', { o: { a: 1 } }, '{"a":1}'),
  intrinsicRow('ArrayLength', 'States.ArrayLength($.l)', { l: [1, 2, 3] }, 3),
  intrinsicRow('Array', "States.Array($.a, 'b', true, null)", { a: 1 }, [1, 'b', true, null]),
  intrinsicRow('one in another', "States.Format('n={}', States.ArrayLength($.l))", { l: [] }, 'n=0'),
];

export const differentialTable: readonly DifferentialRow[] = [
  ...data,
  ...tasks,
  ...flow,
  ...choices,
  ...intrinsics,
];
