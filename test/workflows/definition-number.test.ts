import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { definitionNumber } from '../../functions/domain/onboarding/definitions.ts';
import { loadWorkflow } from '../../workflows/load.ts';

const recorded = new URL('../recorded/workflows/', import.meta.url);

/** A loaded definition without its comments, which executions do not follow. */
function withoutComments(file: 'onboarding.asl.json' | URL): unknown {
  const definition = loadWorkflow(file, { functionName: (task) => task, partition: 'aws' });
  return JSON.parse(JSON.stringify(definition), (key, value: unknown) =>
    key === 'Comment' && typeof value === 'string' ? undefined : value,
  );
}

describe('The number of the present definition', () => {
  test('counts the recorded ones, of which each is kept', () => {
    const all = Array.from({ length: definitionNumber }, (_, index) => `${index + 1}.asl.json`);
    expect(readdirSync(recorded).toSorted()).toEqual(all.toSorted());
  });

  test('counts files that depend on no other file', () => {
    for (const file of readdirSync(recorded)) {
      expect(readFileSync(new URL(file, recorded), 'utf8')).not.toContain('StandardRetry');
    }
  });

  test('is raised when the workflow file changes, and the new file recorded beside the earlier ones', () => {
    expect(
      withoutComments('onboarding.asl.json'),
      `workflows/onboarding.asl.json is not definition ${definitionNumber}: raise definitionNumber and record the file, with the standard retry written out`,
    ).toStrictEqual(withoutComments(new URL(`${definitionNumber}.asl.json`, recorded)));
  });
});
