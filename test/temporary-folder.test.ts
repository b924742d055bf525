import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';

it('is removed with everything in it when the tests are over', () => {
  expect(tmpdir()).toMatch(/onboarding-tests-\w+$/);
});
