import { describe, expect, it } from 'vitest';
import { loadMachine } from '../src/definition.ts';
import { DefinitionError } from '../src/definition-schema.ts';
import { invokeTask, tokenTask } from './bench.ts';

const withState = (state: unknown): unknown => ({ StartAt: 'A', States: { A: state } });
const pass = (rest: object): unknown => withState({ Type: 'Pass', End: true, ...rest });
const choice = (rule: object): unknown => ({
  StartAt: 'A',
  States: { A: { Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] }, B: { Type: 'Succeed' } },
});

function refusal(definition: unknown): { state: string | undefined; field: string } {
  try {
    loadMachine('m', definition);
  } catch (cause) {
    if (cause instanceof DefinitionError) return { state: cause.state, field: cause.field };
    throw cause;
  }
  throw new Error('The definition was taken');
}

describe('a definition is refused by state and field for', () => {
  it.each<[what: string, definition: unknown, field: string]>([
    ['an unknown field', pass({ Assign: {} }), 'Assign'],
    ['a field of another state type', withState({ Type: 'Succeed', TimeoutSeconds: 3 }), 'TimeoutSeconds'],
    ['an unknown state type', withState({ Type: 'Activity' }), 'Type'],
    ['another query language', pass({ QueryLanguage: 'JSONata' }), 'QueryLanguage'],
    [
      'an unknown resource',
      withState(invokeTask({ Resource: 'arn:aws:states:::sqs:sendMessage' })),
      'Resource',
    ],
    [
      'a nested run that is waited for',
      withState(invokeTask({ Resource: 'arn:aws:states:::states:startExecution.sync:2' })),
      'Resource',
    ],
    [
      'an argument the task does not take',
      withState(invokeTask({ Parameters: { FunctionName: 'f', Qualifier: '1' } })),
      'Parameters.Qualifier',
    ],
    ['a task without a function', withState(invokeTask({ Parameters: {} })), 'Parameters.FunctionName'],
    ['an unknown intrinsic', pass({ Parameters: { a: { 'id.$': 'States.UUID()' } } }), 'Parameters.a.id.$'],
    [
      'an intrinsic with too few arguments',
      pass({ Parameters: { 'n.$': 'States.MathAdd(1)' } }),
      'Parameters.n.$',
    ],
    ['a filter in a path', pass({ Parameters: { 'n.$': '$.a[?(@.b)]' } }), 'Parameters.n.$'],
    ['an unknown context field', pass({ Parameters: { 'n.$': '$$.Execution.RoleArn' } }), 'Parameters.n.$'],
    [
      'a token outside a task that waits for one',
      pass({ Parameters: { 'n.$': '$$.Task.Token' } }),
      'Parameters.n.$',
    ],
    [
      'a time-out that is read from the input',
      withState(invokeTask({ TimeoutSecondsPath: '$.t' })),
      'TimeoutSecondsPath',
    ],
    [
      'a heartbeat longer than the time-out',
      withState(tokenTask({ TimeoutSeconds: 5, HeartbeatSeconds: 9 })),
      'HeartbeatSeconds',
    ],
    ['a Next that is not there', withState({ Type: 'Pass', Next: 'Z' }), 'Next'],
    ['a state without Next and End', withState({ Type: 'Pass' }), 'Next'],
    ['Next beside End', pass({ Next: 'A' }), 'End'],
    [
      'a catcher to nowhere',
      withState(invokeTask({ Catch: [{ ErrorEquals: ['E'], Next: 'Z' }] })),
      'Catch[0].Next',
    ],
    [
      'States.ALL before others',
      withState(invokeTask({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] })),
      'Retry[0].ErrorEquals',
    ],
    ['an unknown operator', choice({ Variable: '$.a', StringContains: 'b' }), 'Choices[0].StringContains'],
    [
      'two operators in one rule',
      choice({ Variable: '$.a', StringEquals: 'b', IsNull: true }),
      'Choices[0].IsNull',
    ],
    [
      'an operand of the wrong type',
      choice({ Variable: '$.a', NumericEquals: '1' }),
      'Choices[0].NumericEquals',
    ],
    [
      'a Wait that says twice how long',
      withState({ Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true }),
      'Seconds',
    ],
    ['a ResultPath on many places', pass({ ResultPath: '$.a[*]' }), 'ResultPath'],
  ])('%s', (_, definition, field) => {
    expect(refusal(definition)).toEqual({ state: 'A', field });
  });

  it('a state that nothing leads to', () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } };
    expect(refusal(definition)).toEqual({ state: 'B', field: 'Next' });
  });

  it('a start that is not there, also inside a branch', () => {
    const branch = { StartAt: 'X', States: {} };
    expect(refusal({ StartAt: 'Z', States: {} })).toEqual({ state: undefined, field: 'StartAt' });
    expect(refusal(withState({ Type: 'Parallel', Branches: [branch], End: true }))).toEqual({
      state: 'A',
      field: 'StartAt',
    });
  });

  it('a state inside an iteration, by its own name', () => {
    const processor = { StartAt: 'I', States: { I: { Type: 'Pass', End: true, Surprise: 1 } } };
    const map = withState({ Type: 'Map', ItemProcessor: processor, End: true });
    expect(refusal(map)).toEqual({ state: 'I', field: 'Surprise' });
  });
});
