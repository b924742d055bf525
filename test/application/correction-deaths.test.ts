import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginCorrection, discardCorrection } from '../../functions/application/correct-answers.ts';
import { lookAfterCorrections } from '../../functions/application/look-after-corrections.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { NotExpectedNowError } from '../../functions/domain/errors.ts';
import { presentAnswers } from '../../functions/domain/onboarding/draft.ts';
import { answersWith, customer, openTaskBench, placed, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const begin = (reference: string) => beginCorrection(bench, reference, { sections: [] }, customer);

/** A correction with one answer saved, on the waiting list: no wave is there. */
async function begun(): Promise<string> {
  bench.clock.set('2026-11-23T08:00:00.000Z');
  const reference = await placed(bench);
  await begin(reference);
  await savePage(bench, reference, { questions: ['A7'], given: { A7: 'yes' } }, customer);
  return reference;
}

async function presentA7(reference: string): Promise<unknown> {
  const [draft, submission] = await Promise.all([
    bench.store.dossiers.draft(reference),
    bench.store.dossiers.submission(reference),
  ]);
  return draft === undefined ? undefined : presentAnswers(draft, submission).answers.A7;
}

interface Case {
  readonly act: string;
  readonly prepare: () => Promise<string>;
  readonly run: (reference: string) => Promise<unknown>;
  readonly event: string;
  readonly correction: 'open' | 'lapsed' | undefined;
  readonly answer: 'yes' | 'no';
}

const cases: readonly Case[] = [
  {
    act: 'a correction that is begun',
    prepare: async () => {
      bench.clock.set('2026-11-23T08:00:00.000Z');
      return placed(bench);
    },
    run: begin,
    event: 'CORRECTION_OPENED',
    ...{ correction: 'open', answer: 'no' },
  },
  {
    act: 'a correction that is given up',
    prepare: begun,
    run: (reference) => discardCorrection(bench, reference, customer),
    event: 'CORRECTION_DISCARDED',
    ...{ correction: undefined, answer: 'no' },
  },
  {
    act: 'a correction that is submitted',
    prepare: begun,
    run: (reference) =>
      submitAnswers(bench, reference, answersWith({ A7: 'yes' }), customer).catch((error: unknown) => {
        // It was submitted before the process died.
        if (!(error instanceof NotExpectedNowError)) throw error;
      }),
    event: 'ANSWERS_CORRECTED',
    ...{ correction: undefined, answer: 'yes' },
  },
  {
    act: 'a reminder',
    prepare: begun,
    run: async () => {
      bench.clock.set('2026-12-21T10:00:00.000Z');
      await lookAfterCorrections(bench);
    },
    event: 'CORRECTION_REMINDED',
    ...{ correction: 'open', answer: 'yes' },
  },
  {
    act: 'a correction whose time runs out',
    prepare: begun,
    run: async () => {
      bench.clock.set('2026-12-24T10:00:00.000Z');
      await lookAfterCorrections(bench);
    },
    event: 'CORRECTION_LAPSED',
    ...{ correction: 'lapsed', answer: 'no' },
  },
];

it.each(cases)('$act happens once, whatever call of the table it dies at', async (each) => {
  const { prepare, run, event, correction, answer } = each;
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await prepare();
      died = await bench.dies({ call: calls, when }, () => run(reference));
      await run(reference);
      const where = `death ${when} call ${calls}`;
      const events = await bench.store.onboardings.events(reference);
      expect(
        events.filter(({ type }) => type === event),
        where,
      ).toHaveLength(1);
      expect((await bench.store.onboardings.now(reference)).correction?.status, where).toBe(correction);
      expect(await presentA7(reference), where).toBe(answer);
    }
  }
  expect(calls).toBeGreaterThan(2);
});

it('an answer saved in the instant of the end is dropped, or keeps the correction from ending before it', async () => {
  for (let call = 1, comes = true; comes; call += 1) {
    const reference = await begun();
    const save = () =>
      savePage(bench, reference, { questions: ['B8'], given: { B8: { answer: 'unknown' } } }, customer).catch(
        (error: unknown) => {
          if (!(error instanceof NotExpectedNowError)) throw error;
        },
      );
    comes = await bench.between(call, () => discardCorrection(bench, reference, customer), save);
    const [draft, submission] = await Promise.all([
      bench.store.dossiers.draft(reference),
      bench.store.dossiers.submission(reference),
    ]);
    expect(draft === undefined ? undefined : presentAnswers(draft, submission).answers).toEqual(
      expect.objectContaining({ A7: 'no', B8: submission?.answers.B8 }),
    );
  }
});
