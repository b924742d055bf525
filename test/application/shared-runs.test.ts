import { expect, it } from 'vitest';
import { sharedRuns } from '../../functions/application/shared-runs.ts';

/** Runs that end when they are told to. */
function heldRuns() {
  const ends: { readonly ok: () => void; readonly fail: (error: Error) => void }[] = [];
  const act = () =>
    new Promise<void>((resolve, reject) => {
      ends.push({ ok: resolve, fail: reject });
    });
  return { ends, shared: sharedRuns(act) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('begins one more run for all who come while one is under way, and none for no one', async () => {
  const { ends, shared } = heldRuns();
  const first = shared();
  const others = [shared(), shared(), shared()];
  expect(ends).toHaveLength(1);
  ends[0]?.ok();
  await first;
  await turn();
  expect(ends).toHaveLength(2);
  const last = shared();
  ends[1]?.ok();
  await Promise.all(others);
  await turn();
  expect(ends).toHaveLength(3);
  ends[2]?.ok();
  await last;
  await turn();
  expect(ends).toHaveLength(3);
});

it('fails for all that share a run, and for no one else', async () => {
  const { ends, shared } = heldRuns();
  const first = shared();
  const second = [shared(), shared()];
  ends[0]?.fail(new Error('first'));
  await expect(first).rejects.toThrow('first');
  await turn();
  ends[1]?.ok();
  await Promise.all(second);
  const third = shared();
  ends[2]?.ok();
  await third;
  expect(ends).toHaveLength(3);
});
