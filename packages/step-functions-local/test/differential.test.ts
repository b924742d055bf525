import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { NamedError, openBench } from './bench.ts';
import { type DifferentialRow, differentialTable } from './differential-table.ts';

/** Stub functions of a row: each call takes the next answer, the last one stays. */
function stubs(row: DifferentialRow): (name: string) => Promise<unknown> {
  const calls = new Map<string, number>();
  return async (name) => {
    const answers = row.functions?.[name] ?? [];
    const call = calls.get(name) ?? 0;
    calls.set(name, call + 1);
    const answer = answers[Math.min(call, answers.length - 1)];
    if (answer === undefined) throw new Error(`The row has no function ${name}`);
    if ('throws' in answer) throw new NamedError(answer.throws, answer.message);
    return answer.answer;
  };
}

const expected = (row: DifferentialRow) => ({
  ...(row.error === undefined ? { output: row.output } : { error: row.error }),
  visited: row.visited,
});

async function runHere(row: DifferentialRow) {
  await using bench = await openBench(row.definition, stubs(row));
  const arn = await bench.start(row.input, { name: 'row' });
  while ((await bench.describe(arn)).status === 'RUNNING') await bench.clock.jumpToNext();
  const { output, error } = await bench.describe(arn);
  return {
    ...(error === undefined ? { output: JSON.parse(output ?? 'null') } : { error }),
    visited: bench.entered,
  };
}

const stateNames = (definition: unknown): string[] =>
  [...JSON.stringify(definition).matchAll(/"([A-Za-z ]+)":\{"Type":"Task"/g)].map(([, name = '']) => name);

/** Its stand-in for a task does not wrap the answer as Lambda does. */
const asLambda = async (answer: Promise<unknown>) => ({
  ...{ ExecutedVersion: '$LATEST', Payload: JSON.parse(JSON.stringify(await answer)), StatusCode: 200 },
});

async function runThere(row: DifferentialRow) {
  const machine = new StateMachine(JSON.parse(JSON.stringify(row.definition)), {
    validationOptions: { checkArn: false },
  });
  const call = stubs(row);
  const names = stateNames(row.definition);
  const execution = machine.run(JSON.parse(JSON.stringify(row.input)), {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        names.map((name) => [name, () => asLambda(call('work'))]),
      ),
      retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, 0])),
    },
  });
  const visited: string[] = [];
  const failures: string[] = [];
  const read = async (events: typeof execution.eventLogs): Promise<void> => {
    for await (const event of events) {
      if (event.type === 'StateEntered') visited.push(event.state.name);
      if (event.type === 'ExecutionFailed') failures.push(event.Error);
    }
  };
  const reading = read(execution.eventLogs);
  const output = await execution.result.catch(() => undefined);
  await reading;
  const [error] = failures;
  return { ...(error === undefined ? { output } : { error }), visited };
}

describe('the table of small machines', () => {
  it.each(differentialTable)('$title', async (row) => {
    expect(await runHere(row)).toEqual(expected(row));
  });
});

describe('another interpreter agrees', () => {
  it.each(differentialTable.filter((row) => row.notComparable === undefined))('$title', async (row) => {
    expect(await runThere(row)).toEqual(await runHere(row));
  });
});
