import { afterAll, beforeAll, expect, it } from 'vitest';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { answerCanary, secretiveAnswers, sirens } from '../../support/canaries.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink, type Visitor } from '../../support/visitor.ts';

let trial: Trial;
let visitor: Visitor;
beforeAll(async () => {
  trial = await startTrial();
  visitor = await openLink(trial, await trial.start(sirens[0] ?? ''));
  for (const section of ['A', 'B', 'C', 'D', 'E'] as const) await visitor.fill(section, secretiveAnswers);
  await visitor.send('/questionnaire/check', [['E6', 'yes']]);
  await trial.runtime.clock.settled();
});
afterAll(() => trial.close());

it('gives the customer all its data as a file', async () => {
  const answer = await visitor.browser.get('/status/data.json');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${visitor.reference}.json"`);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const data = JSON.parse(await answer.text());
  expect(data.onboarding.reference).toBe(visitor.reference);
  expect(data.intake.contactEmail).toContain('@');
  expect(data.submission.answers.E5).toEqual(secretiveAnswers.E5);
  expect(data.place).toMatchObject({ cutover: '2027-03-09', status: 'HELD' });
  expect(data.result.assessment.readiness.tier).toBe('READY');
  const codes = data.history.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(expect.arrayContaining(['INVITED', 'ANSWERS_SUBMITTED', 'WAVE_HELD']));
});

it('gives no one else anything', async () => {
  const stranger = await trial.browser().get('/status/data.json');
  expect(stranger.status).toBe(401);
  expect(await stranger.text()).not.toMatch(answerCanary);
  const operator = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
  expect((await operator.get('/status/data.json')).status).not.toBe(200);
});

it('holds nothing internal: no token, no link, no hash, no reason typed by staff, no team', async () => {
  const { store } = trial.runtime;
  await withdraw(trial.deps, visitor.reference, 'CANARI-MOTIF', {
    kind: 'operator',
    id: 'canari-operator',
  });
  await trial.runtime.clock.settled();
  const text = await (await visitor.browser.get('/status/data.json')).text();
  expect(text).not.toMatch(/CANARI-MOTIF|canari-operator/);
  expect(text).not.toMatch(
    /"(?:token|otherToken|hash|previousHash|eventHash|reasonDigest|reasonSalt|team|link|pk|sk)":/,
  );
  const { state, wait } = await store.onboardings.now(visitor.reference);
  for (const secret of [state.eventHash, wait?.token]) {
    if (secret !== undefined) expect(text).not.toContain(secret);
  }
});
