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
  it.each<[problem: string, definition: unknown, field: string]>([
    ['a field of another state type', withState({ Type: 'Succeed', TimeoutSeconds: 3 }), 'TimeoutSeconds'],
    ['a state without a type', withState({ End: true }), 'Type'],
    [
      'an argument the task does not take',
      withState(invokeTask({ Parameters: { FunctionName: 'f', Qualifier: '1' } })),
      'Parameters.Qualifier',
    ],
    ['a task without a function', withState(invokeTask({ Parameters: {} })), 'Parameters.FunctionName'],
    [
      'a task without parameters',
      withState(invokeTask({ Parameters: undefined })),
      'Parameters.FunctionName',
    ],
    ['a path that is no text', pass({ Parameters: { a: [{ 'n.$': 1 }] } }), 'Parameters.a[0].n.$'],
    [
      'a token outside a task that waits for one',
      withState(invokeTask({ Parameters: { FunctionName: 'f', Payload: { 't.$': '$$.Task.Token' } } })),
      'Parameters.Payload.t.$',
    ],
    [
      'a token in a result',
      withState(tokenTask({ ResultSelector: { 't.$': '$$.Task.Token' } })),
      'ResultSelector.t.$',
    ],
    [
      'a heartbeat without a token',
      withState(invokeTask({ TimeoutSeconds: 9, HeartbeatSeconds: 5 })),
      'HeartbeatSeconds',
    ],
    [
      'a heartbeat longer than the time-out',
      withState(tokenTask({ TimeoutSeconds: 5, HeartbeatSeconds: 9 })),
      'HeartbeatSeconds',
    ],
    ['a missing Next', withState({ Type: 'Pass', Next: 'Z' }), 'Next'],
    ['a state without Next and End', withState({ Type: 'Pass' }), 'Next'],
    ['Next beside End', pass({ Next: 'A' }), 'End'],
    [
      'a catcher to a missing state',
      withState(invokeTask({ Catch: [{ ErrorEquals: ['E'], Next: 'Z' }] })),
      'Catch[0].Next',
    ],
    [
      'States.ALL before others',
      withState(invokeTask({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] })),
      'Retry[0].ErrorEquals',
    ],
    [
      'two operators in one rule',
      choice({ Variable: '$.a', StringEquals: 'b', IsPresent: true }),
      'Choices[0]',
    ],
    ['a rule without an operator', choice({ Variable: '$.a' }), 'Choices[0]'],
    ['an operand of the wrong type', choice({ Variable: '$.a', StringEquals: 1 }), 'Choices[0].StringEquals'],
    [
      'a choice of the context object',
      choice({ Variable: '$$.Execution.Id', IsPresent: true }),
      'Choices[0].Variable',
    ],
    ['a ResultPath in the context object', pass({ ResultPath: '$$.Execution.Id' }), 'ResultPath'],
  ])('%s', (_, definition, field) => {
    expect(refusal(definition)).toEqual({ state: 'A', field });
  });

  it('a state that nothing leads to', () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } };
    expect(refusal(definition)).toEqual({ state: 'B', field: 'Next' });
  });

  it('a missing first state', () => {
    expect(refusal({ StartAt: 'Z', States: {} })).toEqual({ state: undefined, field: 'StartAt' });
  });
});
