import { readFileSync } from 'node:fs';
import choiceLanguage from 'asl-validator/src/schemas/choice.json' with { type: 'json' };
import failLanguage from 'asl-validator/src/schemas/fail.json' with { type: 'json' };
import passLanguage from 'asl-validator/src/schemas/pass.json' with { type: 'json' };
import succeedLanguage from 'asl-validator/src/schemas/succeed.json' with { type: 'json' };
import taskLanguage from 'asl-validator/src/schemas/task.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../src/definition.ts';
import { DefinitionError, machineSchema, stateSchema } from '../src/definition-schema.ts';
import { isJsonObject, type Json, throughJson } from '../src/json.ts';
import { invokeTask, NamedError, openBench, tokenOf, tokenTask } from './bench.ts';
import { differentialTable } from './differential-table.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** A table by its heading cell: the first cell of each row, and the code names in the second. */
function tableOf(heading: string): Map<string, readonly string[]> {
  const [, rest = ''] = readme.split(`| ${heading} |`);
  const rows = rest.split('\n').slice(2);
  const table = rows.slice(
    0,
    rows.findIndex((row) => !row.startsWith('|')),
  );
  return new Map(
    table.map((row) => {
      const [key = '', names = ''] = row.split(' | ');
      const codes = [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      return [key.replaceAll(/[|`]/g, '').trim(), codes];
    }),
  );
}

const supported = tableOf('Element');
const forms = tableOf('Form');
const refused = tableOf('Kind');
const of = (table: Map<string, readonly string[]>, key: string): readonly string[] => {
  const names = table.get(key);
  if (names === undefined || names.length === 0) throw new Error(`The README has no row "${key}"`);
  return names;
};

const one = (state: unknown, rest: Record<string, unknown> = {}): Json =>
  throughJson({ StartAt: 'A', States: { A: state, ...rest } });
const done = { Type: 'Succeed' };

/** Machines that use every field, run by functions that fail once and then complete their tokens. */
const examples: readonly Json[] = [
  throughJson({ Comment: 'c', StartAt: 'A', States: { A: done }, TimeoutSeconds: 60 }),
  one(
    tokenTask({
      Comment: 'c',
      TimeoutSeconds: 60,
      HeartbeatSeconds: 50,
      ResultSelector: { 'r.$': '$' },
      ResultPath: '$.r',
      Retry: [
        {
          ErrorEquals: ['Once'],
          IntervalSeconds: 1,
          MaxAttempts: 1,
          BackoffRate: 1.5,
          MaxDelaySeconds: 9,
          JitterStrategy: 'FULL',
        },
      ],
    }),
  ),
  one(
    invokeTask({
      End: undefined,
      Next: 'B',
      Catch: [{ ErrorEquals: ['Once'], ResultPath: '$.caught', Next: 'B' }],
    }),
    { B: { ...done, Comment: 'c', OutputPath: '$.caught' } },
  ),
  one(
    { Type: 'Pass', Comment: 'c', Parameters: { a: 1 }, ResultPath: '$.a', Next: 'B' },
    {
      B: { Type: 'Pass', Result: 1, End: true },
    },
  ),
  one(
    {
      Type: 'Choice',
      Comment: 'c',
      Choices: [
        { Variable: '$.none', IsPresent: true, Next: 'B' },
        { Variable: '$.field.in.field', StringEquals: 'never', Next: 'B' },
      ],
      Default: 'B',
    },
    { B: done },
  ),
  one({ Type: 'Fail', Comment: 'c', Error: 'Wanted', Cause: 'c' }),
];
const input = { field: { in: { field: 'value' } } };

async function run(definition: Json) {
  let calls = 0;
  await using bench = await openBench(definition, async (_, payload) => {
    calls += 1;
    if (calls === 1) throw new NamedError('Once');
    bench.server.answer('AWSStepFunctions.SendTaskSuccess', completion(payload)).catch(() => undefined);
    return {};
  });
  const arn = await bench.start(input);
  await bench.clock.jumpTo(new Date(bench.clock.now().getTime() + 10_000));
  const { status, error } = await bench.describe(arn);
  return status === 'SUCCEEDED' ? status : error;
}

function completion(payload: unknown): Uint8Array {
  const token = JSON.stringify(payload).includes('token') ? tokenOf(payload) : 'none';
  return Buffer.from(JSON.stringify({ taskToken: token, output: '{}' }));
}

/** The objects of a definition that the README calls by this name. */
function partsOf(element: string, definition: Json): Json[] {
  const states = Object.values(objectAt(definition, 'States'));
  if (element === 'State machine') return [definition];
  const rules = /^Rule of (\w+)$/.exec(element)?.[1];
  if (rules === undefined) return states.filter((state) => objectAt(state)['Type'] === element);
  return states.flatMap((state) => {
    const list = objectAt(state)[rules];
    return Array.isArray(list) ? list : [];
  });
}

function objectAt(value: Json | undefined, key?: string): { [key: string]: Json } {
  if (!isJsonObject(value)) throw new Error('No object');
  return key === undefined ? value : objectAt(value[key]);
}

describe('the README lists as supported', () => {
  it.each([...supported])('%s with the fields that run', (element, fields) => {
    const used = examples
      .flatMap((definition) => partsOf(element, definition))
      .flatMap((part) => Object.keys(objectAt(part)));
    expect([...new Set(used)].sort()).toEqual([...fields].sort());
  });

  it.each(examples.map((definition) => [JSON.stringify(definition).slice(0, 80), definition] as const))(
    'what runs to its end: %s',
    async (_, definition) => {
      expect(await run(definition)).toBe(
        JSON.stringify(definition).includes('Wanted') ? 'Wanted' : 'SUCCEEDED',
      );
    },
  );

  it('every field that is accepted', () => {
    expect(Object.keys(machineSchema.shape).sort()).toEqual([...of(supported, 'State machine')].sort());
    for (const { shape } of stateSchema.options) {
      expect(Object.keys(shape).sort()).toEqual([...of(supported, shape.Type.value)].sort());
    }
    const [task, , choice] = stateSchema.options;
    const rules = { Choices: choice.shape.Choices, Retry: task.shape.Retry, Catch: task.shape.Catch };
    const elements = {
      Choices: rules.Choices.element,
      Retry: rules.Retry.unwrap().element,
      Catch: rules.Catch.unwrap().element,
    };
    for (const [name, { shape }] of Object.entries(elements)) {
      expect(Object.keys(shape).sort()).toEqual([...of(supported, `Rule of ${name}`)].sort());
    }
  });

  const formExamples: Readonly<Record<string, (name: string) => Json>> = {
    'Resource of a Task': (name) =>
      one(name.endsWith('Token') ? tokenTask({ Resource: name }) : invokeTask({ Resource: name })),
    'Parameters of a Task': (name) =>
      one(invokeTask({ Parameters: { FunctionName: 'work', [`${name}`]: 'work' } })),
    Path: (path) => one({ Type: 'Pass', Parameters: { 'v.$': path }, End: true }),
    'Path of the context object, in Parameters and ResultSelector': (path) =>
      one(
        invokeTask({
          Parameters: { FunctionName: 'work', 'Payload.$': path },
          ResultSelector: { 'v.$': path },
        }),
      ),
    'Path of the context object, in Parameters of a task with a token': (path) =>
      one(tokenTask({ Parameters: { FunctionName: 'work', Payload: { 'token.$': path } } })),
  };
  it.each([...forms].flatMap(([form, names]) => names.map((name) => [form, name] as const)))(
    '%s: %s',
    async (form, name) => {
      const definition = formExamples[form]?.(name) ?? null;
      const retried = throughJson(definition);
      objectAt(objectAt(retried, 'States')['A'])['Retry'] = [{ ErrorEquals: ['Once'] }];
      expect(await run(form === 'Path' ? definition : retried)).toBe('SUCCEEDED');
    },
  );
});

describe('the README lists as refused', () => {
  const withTask = (rest: object) => one(invokeTask({ ...rest }));
  const choose = (rest: object) => one({ Type: 'Choice', Choices: [rest] }, { B: done });
  const inParameters = (text: string) => one({ Type: 'Pass', Parameters: { 'v.$': text }, End: true });
  const attempts: Readonly<Record<string, (name: string) => Json>> = {
    'State type': (name) => one({ Type: name, End: true }),
    'Field of the state machine': (name) => throughJson({ StartAt: 'A', States: { A: done }, [name]: '1.0' }),
    'Field of Task': (name) => withTask({ [name]: '$.a' }),
    'Field of Pass': (name) => one({ Type: 'Pass', End: true, [name]: '$.a' }),
    'Field of Choice': (name) =>
      one(
        { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }], [name]: 'B' },
        { B: done },
      ),
    'Field of Succeed': (name) => one({ ...done, [name]: '$.a' }),
    'Field of Fail': (name) => one({ Type: 'Fail', [name]: '$.a' }),
    'Operator of Choice': (name) => choose({ Variable: '$.a', [name]: '$.b', Next: 'B' }),
    'Intrinsic function': (name) => inParameters(`${name}($.a)`),
    Path: inParameters,
    'Path of the context object': inParameters,
    Resource: (name) => withTask({ Resource: name }),
  };
  /** What the refusal has to name beside the state: the field, and what it is about. */
  const field: Readonly<Record<string, (name: string) => string>> = {
    'State type': () => 'Type',
    'Operator of Choice': (name) => `Choices[0].${name}`,
    'Intrinsic function': () => 'Parameters.v.$',
    Path: () => 'Parameters.v.$',
    'Path of the context object': () => 'Parameters.v.$',
    Resource: () => 'Resource',
  };

  it.each([...refused].flatMap(([kind, names]) => names.map((name) => [kind, name] as const)))(
    '%s %s',
    (kind, name) => {
      const load = () => loadMachine('m', attempts[kind]?.(name));
      expect(load).toThrow(DefinitionError);
      const state = kind === 'Field of the state machine' ? '' : 'state "A", ';
      expect(load).toThrow(`State machine m, ${state}field ${field[kind]?.(name) ?? name}: `);
      if (field[kind] !== undefined) expect(load).toThrow(name);
    },
  );
});

/** The names of all properties in a JSON schema. */
function propertiesIn(schema: Json): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertiesIn);
  if (!isJsonObject(schema)) return [];
  const { properties } = schema;
  const own = isJsonObject(properties) ? Object.keys(properties) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesIn)];
}

describe('the README judges every field that the language knows', () => {
  it.each([
    ['Task', taskLanguage],
    ['Pass', passLanguage],
    ['Choice', choiceLanguage],
    ['Succeed', succeedLanguage],
    ['Fail', failLanguage],
  ])('of %s', (type, language) => {
    const rules =
      type === 'Choice' ? [...of(supported, 'Rule of Choices'), ...of(refused, 'Operator of Choice')] : [];
    const judged = new Set([...of(supported, type), ...of(refused, `Field of ${type}`), ...rules]);
    // "Ref" is not of the language but of the schema.
    const known = propertiesIn(throughJson(language)).filter((name) => name !== 'Ref');
    expect(known.filter((name) => !judged.has(name))).toEqual([]);
    expect(known.length).toBeGreaterThan(5);
  });
});

it('the README counts the machines that are compared', () => {
  const compared = differentialTable.filter(({ notComparable }) => notComparable === undefined);
  expect(readme).toContain(`${differentialTable.length} small machines`);
  expect(readme).toContain(`${compared.length} of them are also run by`);
});
