import {
  type CatcherFields,
  type ChoiceFields,
  DefinitionError,
  type FieldsOf,
  firstProblem,
  machineSchema,
  type StateFields,
  stateSchema,
} from './definition-schema.ts';
import { isJsonObject, type Json } from './json.ts';
import type { Catcher, Choice, Machine, ResultPath, State, StateOf } from './machine.ts';
import type { Path } from './path.ts';
import {
  type ContextRule,
  compilePath,
  compileTemplate,
  type Expression,
  FieldError,
  findValue,
  readValue,
} from './template.ts';

/**
 * Reads a definition and refuses everything that would not be carried out as AWS does: an unknown field, resource or
 * path form, and a transition to a missing state. Throws `DefinitionError`.
 */
export function loadMachine(name: string, definition: unknown): Machine {
  const parsed = machineSchema.safeParse(definition);
  if (!parsed.success) {
    const { field, problem } = firstProblem(parsed.error, definition);
    throw new DefinitionError({ machine: name, field }, problem);
  }
  const { StartAt: startAt, States, TimeoutSeconds: timeoutSeconds } = parsed.data;
  const states = new Map(
    Object.entries(States).map(([state, raw]) => [state, loadState(name, state, raw)] as const),
  );
  checkTransitions(name, startAt, states);
  return { name, startAt, states, timeoutSeconds };
}

/** AWS refuses a state that nothing leads to, and so does this. */
function checkTransitions(machine: string, startAt: string, states: ReadonlyMap<string, State>): void {
  if (!states.has(startAt)) {
    throw new DefinitionError({ machine, field: 'StartAt' }, `there is no state "${startAt}"`);
  }
  const reached = new Set([startAt]);
  for (const [name, state] of states) {
    for (const [field, target] of targetsOf(state)) {
      if (!states.has(target)) {
        throw new DefinitionError({ machine, state: name, field }, `there is no state "${target}"`);
      }
    }
  }
  for (const name of reached) {
    const state = states.get(name);
    for (const [, target] of state === undefined ? [] : targetsOf(state)) reached.add(target);
  }
  for (const state of states.keys()) {
    if (!reached.has(state)) {
      throw new DefinitionError({ machine, state, field: 'Next' }, 'no state leads to this one');
    }
  }
}

function* targetsOf(state: State): Iterable<[field: string, target: string]> {
  if (state.next !== undefined) yield ['Next', state.next];
  if (state.type === 'Task') {
    for (const [index, { next }] of state.catchers.entries()) yield [`Catch[${index}].Next`, next];
  }
  if (state.type !== 'Choice') return;
  for (const [index, { next }] of state.choices.entries()) yield [`Choices[${index}].Next`, next];
  if (state.otherwise !== undefined) yield ['Default', state.otherwise];
}

function loadState(machine: string, state: string, raw: unknown): State {
  const parsed = stateSchema.safeParse(raw);
  if (!parsed.success) {
    const { field, problem } = firstProblem(parsed.error, raw);
    throw new DefinitionError({ machine, state, field }, problem);
  }
  try {
    return compileState(parsed.data);
  } catch (cause) {
    if (!(cause instanceof FieldError)) throw cause;
    throw new DefinitionError({ machine, state, field: cause.field }, cause.message);
  }
}

function compileState(fields: StateFields): State {
  switch (fields.Type) {
    case 'Task':
      return compileTask(fields);
    case 'Pass':
      return {
        type: 'Pass',
        next: nextOf(fields),
        parameters: template(fields.Parameters, 'Parameters', contextRule(false)),
        result: fields.Result,
        resultPath: compileResultPath(fields.ResultPath, 'ResultPath'),
      };
    case 'Choice':
      return {
        type: 'Choice',
        next: undefined,
        choices: fields.Choices.map(compileChoice),
        otherwise: fields.Default,
      };
    case 'Succeed':
      return {
        type: 'Succeed',
        next: undefined,
        outputPath: fields.OutputPath === undefined ? undefined : dataPath(fields.OutputPath, 'OutputPath'),
      };
    case 'Fail':
      return { type: 'Fail', next: undefined, error: fields.Error, cause: fields.Cause };
  }
}

function nextOf({ Next, End }: { Next?: string | undefined; End?: true | undefined }): string | undefined {
  if (Next === undefined && End === undefined) throw new FieldError('Next', 'Next or End must be given');
  if (Next !== undefined && End !== undefined) throw new FieldError('End', 'must not be given beside Next');
  return Next;
}

const contextFields = ['$$.Execution.Id', '$$.Execution.Name', '$$.Execution.StartTime'];

function contextRule(withToken: boolean): ContextRule {
  return ({ text }) => {
    if (contextFields.includes(text) || (withToken && text === '$$.Task.Token')) return undefined;
    return `"${text}" is not supported here; use ${contextFields.join(', ')} or the function's own knowledge`;
  };
}

const template = (value: Json | undefined, field: string, rule: ContextRule): Expression | undefined =>
  value === undefined ? undefined : compileTemplate(value, field, rule);

const dataPath = (text: string, field: string): Path =>
  compilePath(text, field, (path) => `"${path.text}" is not supported here; use a path of the data`);

const compileResultPath = (text: string | null | undefined, field: string): ResultPath =>
  typeof text === 'string' ? dataPath(text, field) : text;

const supportedResource = 'arn:aws:states:::lambda:invoke, with or without .waitForTaskToken';
const resources = /^arn:aws[\w-]*:states:::lambda:invoke(\.waitForTaskToken)?$/;

function compileTask(fields: FieldsOf<'Task'>): StateOf<'Task'> {
  const { TimeoutSeconds: timeoutSeconds, HeartbeatSeconds: heartbeatSeconds, Retry: retry = [] } = fields;
  const resource = resources.exec(fields.Resource);
  if (resource === null)
    throw new FieldError('Resource', `"${fields.Resource}" is not supported; use ${supportedResource}`);
  const waitsForToken = resource[1] !== undefined;
  if (heartbeatSeconds !== undefined && !waitsForToken) {
    throw new FieldError('HeartbeatSeconds', 'is supported with .waitForTaskToken only');
  }
  if (heartbeatSeconds !== undefined && timeoutSeconds !== undefined && heartbeatSeconds >= timeoutSeconds) {
    throw new FieldError('HeartbeatSeconds', 'must be shorter than TimeoutSeconds');
  }
  checkNames(retry, 'Retry');
  return {
    type: 'Task',
    next: nextOf(fields),
    waitsForToken,
    parameters: compileArguments(fields.Parameters ?? {}, waitsForToken),
    resultSelector: template(fields.ResultSelector, 'ResultSelector', contextRule(false)),
    resultPath: compileResultPath(fields.ResultPath, 'ResultPath'),
    timeoutSeconds,
    heartbeatSeconds,
    retry,
    catchers: compileCatchers(fields.Catch ?? []),
  };
}

function compileArguments(parameters: Json, waitsForToken: boolean): Expression {
  const given = Object.keys(isJsonObject(parameters) ? parameters : {}).map((key) => [
    key,
    key.replace(/\.\$$/, ''),
  ]);
  const unknown = given.find(([, name]) => name !== 'FunctionName' && name !== 'Payload');
  if (unknown !== undefined)
    throw new FieldError(`Parameters.${unknown[0]}`, 'is not supported; use Payload');
  if (!given.some(([, name]) => name === 'FunctionName')) {
    throw new FieldError('Parameters.FunctionName', 'must be given');
  }
  return compileTemplate(parameters, 'Parameters', contextRule(waitsForToken));
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function checkNames(rules: readonly { ErrorEquals: readonly string[] }[], field: string): void {
  for (const [index, { ErrorEquals: names }] of rules.entries()) {
    if (!names.includes('States.ALL')) continue;
    if (names.length === 1 && index === rules.length - 1) continue;
    throw new FieldError(`${field}[${index}].ErrorEquals`, 'States.ALL must be alone and last');
  }
}

function compileCatchers(rules: readonly CatcherFields[]): readonly Catcher[] {
  checkNames(rules, 'Catch');
  return rules.map((rule, index) => ({
    names: rule.ErrorEquals,
    next: rule.Next,
    resultPath: compileResultPath(rule.ResultPath, `Catch[${index}].ResultPath`),
  }));
}

function compileChoice(rule: ChoiceFields, index: number): Choice {
  const { StringEquals: text, IsPresent: present, Next: next } = rule;
  const variable = dataPath(rule.Variable, `Choices[${index}].Variable`);
  if ((text === undefined) === (present === undefined)) {
    throw new FieldError(`Choices[${index}]`, 'must have one operator, StringEquals or IsPresent');
  }
  if (present !== undefined) {
    return { next, test: (evaluation) => (findValue(variable, evaluation) !== undefined) === present };
  }
  return { next, test: (evaluation) => readValue(variable, evaluation) === text };
}
