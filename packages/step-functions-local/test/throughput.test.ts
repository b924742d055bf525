import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.ts';
import { MachineCatalogue } from '../src/machine-catalogue.ts';
import { invokeTask, start } from './bench.ts';
import { createClock } from './manual-clock.ts';

describe('the interpreter alone', () => {
  it('enters more than 1,500 states a second', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `Step${index}`);
    const states = names.map((name, index) => {
      const next = names[index + 1];
      return [
        name,
        invokeTask({ ResultPath: null, ...(next === undefined ? {} : { End: undefined, Next: next }) }),
      ];
    });
    const definition: unknown = JSON.parse(
      JSON.stringify({ StartAt: 'Step0', States: Object.fromEntries(states) }),
    );
    const catalogue = new MachineCatalogue({ many: definition }, []);
    const clock = createClock({ start, timeScale: 0 });
    const options = { clock, invoke: async () => ({}) };
    const engine = new Engine({ options, catalogue, journal: undefined, secret: 'secret' });
    const many = catalogue.offered('many');
    const before = performance.now();
    for (let index = 0; many !== undefined && index < 200; index += 1)
      engine.start(many, `run-${index}`, '{}');
    await clock.settled();
    const took = (performance.now() - before) / 1000;
    const transitions = [...engine.executions()].reduce((sum, execution) => sum + execution.transitions, 0);
    expect(transitions).toBe(4000);
    expect(transitions / took).toBeGreaterThan(1500);
    engine.close();
  });
});
