import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { changeWave } from '../../../functions/application/change-wave.ts';
import { openPlacementReview } from '../../../functions/application/open-placement-review.ts';
import { splitOnboarding } from '../../../functions/application/splitting.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { partReference } from '../../../functions/domain/onboarding/reference.ts';
import { customer, operator as someone } from '../../application/bench.ts';
import { tooLarge } from '../../support/journeys.ts';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let operator: Browser;
let second: Browser;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  second = await trial.staff({ roles: ['operator'], subject: 'second' });
});
afterAll(() => trial.close());

const reason = 'Travaux sur le site à la première date';
const to = 'sud-2027-05-04';

async function confirmed(): Promise<string> {
  const reference = await cast.answered();
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  return reference;
}

async function read(browser: Browser, path: string): Promise<string> {
  const html = await (await browser.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

function send(reference: string, fields: readonly (readonly [string, string])[], browser = operator) {
  return sendForm(browser, `/operations/${reference}/move`, fields);
}

async function placeOf(reference: string) {
  const { state, booking } = await trial.runtime.store.onboardings.now(reference);
  return [state.stage, booking?.wave, booking?.status];
}

describe('the page on which an operator moves a customer', () => {
  it('is led to by the onboarding, and shows what the move displaces and where it can go', async () => {
    const reference = await confirmed();
    expect(await (await operator.get(`/operations/${reference}`)).text()).toContain(
      `href="/operations/${reference}/move"`,
    );
    const text = await read(operator, `/operations/${reference}/move`);
    expect(text).toMatch(/Place actuelle : 9 mars 2027, (?:Paris|Sud) \(/);
    expect(text).toContain('4 mai 2027, Sud places disponibles');
    expect(text).toContain('À la demande de la plateforme, il faut deux personnes.');
    expect(text).toMatch(/Dates impossibles \(\d+\), et ce que le client en lit/);
  });

  it('moves it at once at the request of the customer, which then reads why', async () => {
    const reference = await confirmed();
    const sent = await send(reference, [
      ['wave', to],
      ['asker', 'customer'],
      ['reason', reason],
    ]);
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
    await trial.runtime.clock.settled();
    expect(await placeOf(reference)).toEqual(['WAVE_HELD', to, 'HELD']);
    const visitor = await openLink(trial, reference);
    const status = textOf(await visitor.page('/status')).replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(status).toContain(
      'À votre demande, l’équipe d’exploitation a remplacé votre place dans la vague du 9 mars 2027',
    );
    expect(status).toContain(` ; motif : ${reason}.`);
  });

  it('asks for a second person otherwise, who reads the wave and decides', async () => {
    const reference = await confirmed();
    const before = await placeOf(reference);
    const fields = [
      ['wave', to],
      ['asker', 'platform'],
      ['reason', reason],
    ] as const;
    const alone = await send(reference, fields);
    expect([alone.status, textOf(await alone.text()).includes('seconde personne')]).toEqual([409, true]);
    expect((await send(reference, [...fields, ['approval', 'yes']])).status).toBe(303);
    expect(await placeOf(reference)).toEqual(before);
    const { approval } = await trial.runtime.store.onboardings.now(reference);
    const path = `/operations/approvals/${approval?.id}`;
    const text = await read(second, path);
    expect(text).toContain('Placer dans une vague choisie');
    expect(text).toContain(`Vague ${to}`);
    expect(await read(operator, `/operations/${reference}`)).toContain(
      'sans réponse, le client garde sa place',
    );
    await sendForm(second, path, [
      ['decision', 'approve'],
      ['reason', 'vu'],
    ]);
    await trial.runtime.clock.settled();
    expect(await placeOf(reference)).toEqual(['WAVE_HELD', to, 'HELD']);
  });

  it('keeps the place when the second person declines', async () => {
    const reference = await confirmed();
    const before = await placeOf(reference);
    await send(reference, [
      ['wave', to],
      ['asker', 'platform'],
      ['reason', reason],
      ['approval', 'yes'],
    ]);
    const { approval } = await trial.runtime.store.onboardings.now(reference);
    const declined = await sendForm(second, `/operations/approvals/${approval?.id}`, [
      ['decision', 'decline'],
      ['reason', 'non'],
    ]);
    expect(declined.status).toBe(303);
    expect(await read(second, `/operations/${reference}`)).toContain('le client garde sa place');
    expect(await placeOf(reference)).toEqual(before);
  });

  it('names what is missing, and keeps what was entered', async () => {
    const reference = await confirmed();
    const html = await (await send(reference, [['reason', reason]])).text();
    expect(problemsOf(html).links.map(({ id }) => id)).toEqual(['field-wave', 'field-asker']);
    expect(html).toContain(reason);
    expect(await htmlFaults(html)).toEqual([]);
  });

  it('does not move to a date that was taken meanwhile, and shows the list as it is now', async () => {
    const reference = await confirmed();
    await changeWave(trial.runtime, 'sud', to, { transition: 'freeze', reason: 'incident' }, someone);
    const refused = await send(reference, [
      ['wave', to],
      ['asker', 'customer'],
      ['reason', reason],
    ]);
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).not.toContain(`value="${to}"`);
    expect(html).toContain(reason);
    await changeWave(trial.runtime, 'sud', to, { transition: 'reopen', reason: 'fini' }, someone);
  });

  it('is closed where there is nothing to move, and keeps the reason for copying', async () => {
    const reference = await cast.invited();
    expect((await operator.get(`/operations/${reference}/move`)).status).toBe(409);
    const html = await (await send(reference, [['reason', reason]])).text();
    expect(html).toContain(reason);
    expect(await (await operator.get(`/operations/${reference}`)).text()).not.toContain(
      `href="/operations/${reference}/move"`,
    );
  });
});

it('names those that have to come after it: parts of a member that was split, and the next part', async () => {
  const { runtime } = trial;
  const parent = await confirmed();
  const { siren } = (await runtime.store.onboardings.now(parent)).state;
  const member = await trial.start('999005234', 'state', siren);
  await submitAnswers(runtime, member, plainAnswers, customer);
  await runtime.clock.settled();
  await openPlacementReview(runtime, member, 'deux sites', someone);
  await runtime.clock.settled();
  const parts = [
    { scope: 'Partie nord', users: 60, mailboxesOver50: 0, servers: 4 },
    { scope: 'Partie sud', users: 40, mailboxesOver50: 0, servers: 0 },
  ];
  await splitOnboarding(runtime, member, { reason: 'deux sites', split: { parts, inOrder: true } }, someone);
  await runtime.clock.settled();
  const follow = 'Doivent basculer après lui';
  const ofParent = await read(operator, `/operations/${parent}/move`);
  expect(ofParent).toMatch(new RegExp(`${follow}.*Partie nord.*Partie sud`));
  const first = await read(operator, `/operations/${partReference(member, 1)}/move`);
  expect(first).toMatch(new RegExp(`${follow}.*Partie sud`));
  expect(first).not.toMatch(new RegExp(`${follow}.*Partie nord`));
});

it('a placement review leads to it, with what keeps every date from a customer that is too large', async () => {
  const reference = await cast.answered(tooLarge);
  expect(await (await operator.get(`/operations/${reference}/review`)).text()).toContain(
    `href="/operations/${reference}/move"`,
  );
  const text = await read(operator, `/operations/${reference}/move`);
  expect(text).toContain('Aucune date n’est possible pour ce client.');
  expect(text).toContain('dépasse la capacité totale de cette vague');
});
