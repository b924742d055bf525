import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  askToAttest,
  noteFirstAnswer,
  startInterview,
  submitByLetter,
} from '../../functions/application/interviews.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { calendarDateOf } from '../../functions/domain/calendar-date.ts';
import { InvalidInputError } from '../../functions/domain/errors.ts';
import type { Interview } from '../../functions/domain/onboarding/interviews.ts';
import { questions } from '../../functions/domain/questionnaire/questionnaire.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { invited, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
let sent = 0;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const person = { name: 'Anne Morel', role: 'RSSI' } as const;

function requestOf(act: string, body = act) {
  sent += 1;
  return { scope: 'operations:op', key: `${act}-${sent}`, body };
}

function starts(reference: string, request = requestOf('start')): Promise<void> {
  const interviewed = { ...person, on: calendarDateOf(bench.clock.now()) };
  return startInterview(bench, request, reference, interviewed, { actor: operator, name: 'Gaël Lemoine' });
}

async function interviewOf(reference: string): Promise<Interview> {
  const interview = await bench.store.interviews.get(reference, 'I1');
  if (interview === undefined) throw new Error('There is no interview');
  return interview;
}

async function entered(): Promise<string> {
  const reference = await invited(bench);
  await starts(reference);
  const { E6: _, ...given } = plainAnswers;
  const asked = questions.map(({ id }) => id).filter((id) => id !== 'E6');
  await savePage(bench, reference, { questions: asked, given, savedAs: 'I1' }, operator);
  return reference;
}

async function submits(reference: string, request: ReturnType<typeof requestOf>): Promise<void> {
  const about = { reference, interview: await interviewOf(reference), actor: operator };
  const letter = { reference: 'C-1', on: calendarDateOf(bench.clock.now()) };
  await submitByLetter(bench, request, about, { answers: plainAnswers, letter });
}

async function asks(reference: string): Promise<void> {
  await askToAttest(bench, { reference, interview: await interviewOf(reference), actor: operator });
}

const acts = [
  { act: 'the start of an interview', from: () => invited(bench), run: starts, event: 'INTERVIEW_STARTED' },
  { act: 'a signed letter', from: entered, run: submits, event: 'ANSWERS_SUBMITTED' },
  { act: 'the request to attest', from: entered, run: asks, event: 'ATTESTATION_ASKED' },
] as const;

it.each(acts)('$act is stored once, whatever call of the table it dies at', async ({ from, run, event }) => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await from();
      const request = requestOf('act');
      died = await bench.dies({ call: calls, when }, () => run(reference, request));
      await run(reference, request);
      const events = await bench.store.onboardings.events(reference);
      const where = `death ${when} call ${calls}`;
      expect(
        events.filter(({ type }) => type === event),
        where,
      ).toHaveLength(1);
      expect((await bench.store.interviews.of(reference)).length, where).toBe(1);
    }
  }
  expect(calls).toBeGreaterThan(2);
});

it('submits by letter once for two calls at the same moment', async () => {
  const reference = await entered();
  const request = requestOf('both');
  await Promise.all([submits(reference, request), submits(reference, request)]);
  expect((await bench.store.onboardings.now(reference)).state.submission).toBe(1);
  expect((await bench.store.dossiers.submission(reference))?.circumstances?.letter).toMatchObject({
    reference: 'C-1',
    interview: 'I1',
  });
});

it('begins one interview for two calls at the same moment', async () => {
  const reference = await invited(bench);
  const request = requestOf('two');
  await Promise.all([starts(reference, request), starts(reference, request)]);
  expect(await bench.store.interviews.of(reference)).toHaveLength(1);
});

it('keeps the instant of the first answer although it is changed later', async () => {
  const reference = await entered();
  const first = bench.clock.now().toISOString();
  await noteFirstAnswer(bench, reference, await interviewOf(reference));
  await noteFirstAnswer(bench, reference, await interviewOf(reference));
  expect((await interviewOf(reference)).firstAnswerAt).toBe(first);
});

it('refuses the letter of an interview in which nothing was entered', async () => {
  const reference = await invited(bench);
  await starts(reference);
  await expect(submits(reference, requestOf('early'))).rejects.toThrow(InvalidInputError);
});
