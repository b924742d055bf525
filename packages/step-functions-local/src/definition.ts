import { compileTest, readTimestamp, type Test } from './choice-rules.ts';
import {
  DefinitionError,
  firstProblem,
  machineSchema,
  type Retrier,
  type StateFields,
  stateSchema,
} from './definition-schema.ts';
import { isJsonObject, type Json } from './json.ts';
import type {
  Base,
  Catcher,
  FailText,
  Machine,
  Selection,
  State,
  StateList,
  TaskKind,
  WaitUntil,
} from './machine.ts';
import { isReferencePath, type Path, PathSyntaxError, parsePath } from './path.ts';
import { type ContextRule, compileTemplate, TemplateError } from './template.ts';

interface Where {
  readonly machine: string;
  readonly state: string;
}

/**
 * Reads a definition and refuses what this interpreter would not carry out as AWS does: any unknown field,
 * resource, path form or intrinsic, and any transition to a state that is not there. Throws `DefinitionError`.
 */
export function loadMachine(name: string, definition: unknown): Machine {
  const parsed = machineSchema.safeParse(definition);
  if (!parsed.success) {
    const { field, problem } = firstProblem(parsed.error);
    throw new DefinitionError({ machine: name, field }, problem);
  }
  return { name, timeoutSeconds: parsed.data.TimeoutSeconds, ...loadList(name, parsed.data, undefined) };
}

function loadList(
  machine: string,
  list: { readonly StartAt: string; readonly States: Record<string, unknown> },
  parent: string | undefined,
): StateList {
  const states = new Map<string, State>();
  for (const [state, raw] of Object.entries(list.States))
    states.set(state, loadState({ machine, state }, raw));
  if (!states.has(list.StartAt)) {
    throw new DefinitionError(
      { machine, state: parent, field: 'StartAt' },
      `there is no state "${list.StartAt}"`,
    );
  }
  for (const [name, state] of states) {
    for (const [field, target] of targetsOf(state)) {
      if (states.has(target)) continue;
      throw new DefinitionError({ machine, state: name, field }, `there is no state "${target}"`);
    }
  }
  checkReachable(machine, list.StartAt, states);
  return { startAt: list.StartAt, states };
}

/** AWS refuses a state that nothing leads to, and so does this. */
function checkReachable(machine: string, startAt: string, states: ReadonlyMap<string, State>): void {
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state === undefined) continue;
    for (const [, target] of targetsOf(state)) reached.add(target);
  }
  for (const name of states.keys()) {
    if (!reached.has(name))
      throw new DefinitionError({ machine, state: name, field: 'Next' }, 'no state leads here');
  }
}

function* targetsOf(state: State): Iterable<[field: string, target: string]> {
  if (state.next !== undefined) yield ['Next', state.next];
  for (const [index, { next }] of state.catchers.entries()) yield [`Catch[${index}].Next`, next];
  if (state.type !== 'Choice') return;
  for (const [index, { next }] of state.choices.entries()) yield [`Choices[${index}].Next`, next];
  if (state.otherwise !== undefined) yield ['Default', state.otherwise];
}

function loadState(where: Where, raw: unknown): State {
  const parsed = stateSchema.safeParse(raw);
  if (!parsed.success) {
    const { field, problem } = firstProblem(parsed.error);
    throw new DefinitionError({ ...where, field }, problem);
  }
  try {
    return { ...loadBase(where, parsed.data), ...loadRest(where, parsed.data) };
  } catch (cause) {
    if (cause instanceof TemplateError)
      throw new DefinitionError({ ...where, field: cause.field }, cause.message);
    throw cause;
  }
}

const contextFields: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Name', 'StartTime', 'Input', 'RedriveCount'],
  State: ['Name', 'EnteredTime', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
  Map: ['Item'],
};

function contextRule(withToken: boolean): ContextRule {
  return (path) => {
    const [first, second] = path.segments.map((segment) =>
      typeof segment === 'object' && 'key' in segment ? segment.key : '',
    );
    if (!(contextFields[first ?? ''] ?? []).includes(second ?? '')) return `"${path.text}" is not supported`;
    return first === 'Task' && !withToken ? 'only a .waitForTaskToken task has a token' : undefined;
  };
}

/** A field's value if the state's type has that field. */
function fieldOf<K extends string>(fields: object, key: K): unknown {
  return Object.entries(fields).find(([name]) => name === key)?.[1];
}

function loadBase(where: Where, fields: StateFields): Base {
  const withToken = fields.Type === 'Task' && kindOf(where, fields.Resource) === 'lambdaToken';
  const rule = contextRule(withToken);
  const template = (name: 'Parameters' | 'ResultSelector', templateRule: ContextRule) => {
    const value = name in fields ? fieldOf(fields, name) : undefined;
    return value === undefined ? undefined : compileTemplate(toJson(value), name, templateRule);
  };
  return {
    inputPath: 'InputPath' in fields ? selection(fields.InputPath, 'InputPath') : undefined,
    outputPath: 'OutputPath' in fields ? selection(fields.OutputPath, 'OutputPath') : undefined,
    next: nextOf(where, fields),
    parameters: template('Parameters', rule),
    resultSelector: template('ResultSelector', contextRule(false)),
    resultPath: 'ResultPath' in fields ? resultPath(fields.ResultPath, 'ResultPath') : undefined,
    retry: 'Retry' in fields ? retriers(fields.Retry ?? []) : [],
    catchers: 'Catch' in fields ? catchers(fields.Catch ?? []) : [],
  };
}

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

function nextOf(where: Where, fields: StateFields): string | undefined {
  if (!('Next' in fields || 'End' in fields)) {
    if (fields.Type === 'Choice' || fields.Type === 'Succeed' || fields.Type === 'Fail') return undefined;
    throw new DefinitionError({ ...where, field: 'Next' }, 'neither Next nor End is given');
  }
  if (fields.Next !== undefined && fields.End !== undefined) {
    throw new DefinitionError({ ...where, field: 'End' }, 'stands beside Next');
  }
  return fields.Next;
}

function path(text: string, field: string): Path {
  try {
    return parsePath(text);
  } catch (cause) {
    if (cause instanceof PathSyntaxError) throw new TemplateError(field, cause.message);
    throw cause;
  }
}

/** A path of the state's data or, where the rule lets it, of the context object. */
function sightPath(text: string, field: string): Path {
  const parsed = path(text, field);
  const refusal = parsed.onContext ? contextRule(false)(parsed) : undefined;
  if (refusal !== undefined) throw new TemplateError(field, refusal);
  return parsed;
}

const selection = (text: string | null | undefined, field: string): Selection =>
  typeof text === 'string' ? sightPath(text, field) : text;

function resultPath(text: string | null | undefined, field: string): Path | null | undefined {
  if (typeof text !== 'string') return text;
  const parsed = path(text, field);
  if (!isReferencePath(parsed))
    throw new TemplateError(field, `"${text}" does not name one place in the input`);
  return parsed;
}

/** States.ALL stands alone and last: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function checkNames(rules: readonly { ErrorEquals: readonly string[] }[], field: string): void {
  for (const [index, { ErrorEquals: names }] of rules.entries()) {
    if (!names.includes('States.ALL')) continue;
    if (names.length === 1 && index === rules.length - 1) continue;
    throw new TemplateError(`${field}[${index}].ErrorEquals`, 'States.ALL must stand alone and last');
  }
}

function retriers(rules: readonly Retrier[]): readonly Retrier[] {
  checkNames(rules, 'Retry');
  return rules;
}

function catchers(
  rules: readonly { ErrorEquals: string[]; Next: string; ResultPath?: string | null | undefined }[],
): readonly Catcher[] {
  checkNames(rules, 'Catch');
  return rules.map((rule, index) => ({
    names: rule.ErrorEquals,
    next: rule.Next,
    resultPath: resultPath(rule.ResultPath, `Catch[${index}].ResultPath`),
  }));
}

function kindOf(where: Where, resource: string): TaskKind {
  const shape =
    /^arn:aws[\w-]*:(?:states:::(lambda:invoke|lambda:invoke\.waitForTaskToken|states:startExecution)|lambda:[\w-]+:\d+:function:[^:]+(?::[^:]+)?)$/;
  const match = shape.exec(resource);
  if (match === null) {
    throw new DefinitionError({ ...where, field: 'Resource' }, `the resource "${resource}" is not supported`);
  }
  if (match[1] === undefined) return 'lambdaFunction';
  if (match[1] === 'lambda:invoke') return 'lambdaInvoke';
  return match[1] === 'states:startExecution' ? 'startExecution' : 'lambdaToken';
}

type Rest = State extends infer S ? (S extends State ? Omit<S, keyof Base> : never) : never;

function loadRest(where: Where, fields: StateFields): Rest {
  switch (fields.Type) {
    case 'Task':
      return loadTask(where, fields);
    case 'Pass':
      return { type: 'Pass', result: fields.Result };
    case 'Wait':
      return { type: 'Wait', until: loadWait(fields) };
    case 'Choice':
      return { type: 'Choice', choices: loadChoices(fields.Choices), otherwise: fields.Default };
    case 'Succeed':
      return { type: 'Succeed' };
    case 'Fail':
      return {
        type: 'Fail',
        error: failText(fields.Error, fields.ErrorPath, 'ErrorPath'),
        cause: failText(fields.Cause, fields.CausePath, 'CausePath'),
      };
    case 'Parallel':
      return {
        type: 'Parallel',
        branches: fields.Branches.map((branch) => loadList(where.machine, branch, where.state)),
      };
    case 'Map':
      return {
        type: 'Map',
        itemsPath: fields.ItemsPath === undefined ? undefined : sightPath(fields.ItemsPath, 'ItemsPath'),
        itemSelector:
          fields.ItemSelector === undefined
            ? undefined
            : compileTemplate(fields.ItemSelector, 'ItemSelector', contextRule(false)),
        maxConcurrency: fields.MaxConcurrency ?? 0,
        processor: loadList(where.machine, fields.ItemProcessor, where.state),
      };
  }
}

type FieldsOf<T extends StateFields['Type']> = Extract<StateFields, { Type: T }>;

function loadTask(where: Where, fields: FieldsOf<'Task'>): Rest {
  const { TimeoutSeconds: timeoutSeconds, HeartbeatSeconds: heartbeatSeconds, Resource: resource } = fields;
  if (heartbeatSeconds !== undefined && timeoutSeconds !== undefined && heartbeatSeconds >= timeoutSeconds) {
    throw new TemplateError('HeartbeatSeconds', 'must be shorter than TimeoutSeconds');
  }
  const kind = kindOf(where, resource);
  checkArguments(kind, fields.Parameters);
  return { type: 'Task', kind, resource, timeoutSeconds, heartbeatSeconds };
}

/** What each integration takes in Parameters; the first of them must be there. */
const argumentsOf: Readonly<Record<TaskKind, readonly string[] | undefined>> = {
  lambdaInvoke: ['FunctionName', 'Payload'],
  lambdaToken: ['FunctionName', 'Payload'],
  startExecution: ['StateMachineArn', 'Name', 'Input'],
  lambdaFunction: undefined,
};

function checkArguments(kind: TaskKind, parameters: Json | undefined): void {
  const known = argumentsOf[kind];
  if (known === undefined) return;
  const given = Object.keys(isJsonObject(parameters) ? parameters : {});
  const unknown = given.find((key) => !known.includes(key.replace(/\.\$$/, '')));
  if (unknown !== undefined) throw new TemplateError(`Parameters.${unknown}`, 'is not supported');
  const [required = ''] = known;
  if (given.includes(required) || given.includes(`${required}.$`)) return;
  throw new TemplateError(`Parameters.${required}`, 'must be given');
}

function loadWait(fields: FieldsOf<'Wait'>): WaitUntil {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = fields;
  const given = [Seconds, SecondsPath, Timestamp, TimestampPath].filter((value) => value !== undefined);
  if (given.length !== 1) throw new TemplateError('Seconds', 'exactly one way to say how long must be given');
  if (Seconds !== undefined) return { seconds: Seconds };
  if (SecondsPath !== undefined) return { seconds: sightPath(SecondsPath, 'SecondsPath') };
  if (TimestampPath !== undefined) return { timestamp: sightPath(TimestampPath, 'TimestampPath') };
  const timestamp = readTimestamp(Timestamp ?? null);
  if (timestamp === undefined) throw new TemplateError('Timestamp', `"${Timestamp}" is not an instant`);
  return { timestamp };
}

function loadChoices(choices: readonly unknown[]): { test: Test; next: string }[] {
  return choices.map((choice, index) => {
    const field = `Choices[${index}]`;
    const test = compileTest(choice, field, true);
    const next = typeof choice === 'object' && choice !== null ? fieldOf(choice, 'Next') : undefined;
    if (typeof next !== 'string') throw new TemplateError(`${field}.Next`, 'must name a state');
    return { test, next };
  });
}

function failText(text: string | undefined, pathText: string | undefined, field: string): FailText {
  if (pathText === undefined) return text;
  if (text !== undefined) throw new TemplateError(field, 'stands beside its literal form');
  return sightPath(pathText, field);
}
