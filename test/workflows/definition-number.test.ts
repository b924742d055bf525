import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { definitionNumber } from '../../functions/domain/onboarding/definitions.ts';

const recorded = new URL('../recorded/workflows/', import.meta.url);
const present = new URL('../../workflows/onboarding.asl.json', import.meta.url);

/** A definition without its comments, which executions do not follow. */
function withoutComments(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    key === 'Comment' && typeof value === 'string' ? undefined : value,
  );
}

describe('The number of the present definition', () => {
  test('counts the recorded ones, of which each is kept', () => {
    const all = Array.from({ length: definitionNumber }, (_, index) => `${index + 1}.asl.json`);
    expect(readdirSync(recorded).toSorted()).toEqual(all.toSorted());
  });

  test('is raised when the workflow file changes, and the new file recorded beside the earlier ones', () => {
    expect(
      withoutComments(present),
      `workflows/onboarding.asl.json is not definition ${definitionNumber}: raise definitionNumber and record the file`,
    ).toStrictEqual(withoutComments(new URL(`${definitionNumber}.asl.json`, recorded)));
  });
});
