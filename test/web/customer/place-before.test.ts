import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { changeWave } from '../../../functions/application/change-wave.ts';
import { decideReview } from '../../../functions/application/decide-review.ts';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { waveLabel } from '../../../functions/domain/waves/wave.ts';
import { textOf } from '../../support/page-reader.ts';
import { operator } from '../../support/scenario.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const customer = { kind: 'customer', id: 'test' } as const;
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function placeOf(reference: string) {
  const { booking } = await trial.runtime.store.onboardings.now(reference);
  if (booking === undefined) throw new Error('It has no place');
  return booking;
}

async function cancelWave({ site, wave }: { readonly site: string; readonly wave: string }) {
  await changeWave(
    trial.runtime,
    site,
    wave,
    { transition: 'cancel', moveBooked: true, reason: 'panne' },
    operator,
  );
  await trial.runtime.clock.settled();
}

/** What the customer reads last of its place: the mails since it had `count` of them, and its page. */
async function readBy(reference: string, count: number) {
  const { contactEmail } = await trial.runtime.store.dossiers.intake(reference);
  const mails = (await trial.runtime.mailbox.list()).filter(
    ({ to, text }) => to === contactEmail && text.includes(reference),
  );
  const page = textOf(await (await openLink(trial, reference)).page('/status'));
  return {
    mail: mails.slice(count).map(({ subject, text }) => plain(`${subject}\n${text}`)),
    page: plain(page),
  };
}
async function mailCount(reference: string): Promise<number> {
  return (await readBy(reference, 0)).mail.length;
}

const label = ({ site, cutover }: { readonly site: string; readonly cutover: string }) =>
  plain(waveLabel({ kind: 'MIGRATION', site, cutover }, trial.runtime.platform).fr);

it.each(['held', 'confirmed'])('a %s place whose wave is cancelled is named, and why', async (state) => {
  const reference = await cast.answered();
  if (state === 'confirmed') {
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
  }
  const before = await placeOf(reference);
  const count = await mailCount(reference);
  await cancelWave(before);
  const after = await placeOf(reference);
  expect([after.status, after.wave === before.wave]).toEqual(['HELD', false]);
  const { mail, page } = await readBy(reference, count);
  expect(mail).toHaveLength(1);
  expect(mail[0]).toContain(`Ancienne place : la ${label(before)} ; nous avons annulé cette vague.`);
  expect(mail[0]).toContain(`Nouvelle place : la ${label(after)}.`);
  const sameDay = after.cutover === before.cutover;
  expect(mail[0]?.includes('votre date de migration a changé')).toBe(!sameDay);
  expect(mail[0]?.includes('votre site de migration a changé')).toBe(sameDay);
  expect(page).toContain(
    `Cette place remplace celle que vous aviez dans la ${label(before)} : nous avons annulé cette vague.`,
  );
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  expect((await readBy(reference, 0)).page).not.toContain('Cette place remplace');
});

it('another date that the customer has asked for is said to be its own wish', async () => {
  const reference = await cast.answered();
  const before = await placeOf(reference);
  const count = await mailCount(reference);
  await answerWave(trial.runtime, reference, 'another_date', customer);
  await trial.runtime.clock.settled();
  const { mail, page } = await readBy(reference, count);
  expect(mail.join('')).toContain(`Vous l’avez demandé. Ancienne place : la ${label(before)}.`);
  expect(page).toContain(
    `À votre demande, cette place remplace celle que vous aviez dans la ${label(before)}.`,
  );
});

const go = (decision: 'go' | 'no_go') => ({ kind: 'go_no_go', decision, reason: 'vu' }) as const;

/** The platform takes the date of a customer back. */
const takenBack: Readonly<Record<string, () => Promise<string>>> = {
  'a cancelled wave': async () => {
    const reference = await cast.answered();
    await changedThrice(reference);
    await cancelWave(await placeOf(reference));
    return reference;
  },
  'a no-go': async () => {
    const reference = await cast.inGoNoGo();
    await changedThrice(reference);
    await decideReview(trial.runtime, reference, go('no_go'), operator);
    return reference;
  },
  'a cutover that was put off': async () => {
    const reference = await cast.inGoNoGo();
    await changedThrice(reference);
    await decideReview(trial.runtime, reference, go('go'), operator);
    await trial.runtime.clock.settled();
    await recordCutover(trial.runtime, reference, { result: 'postponed', reason: 'panne' }, operator);
    return reference;
  },
};

async function changedThrice(reference: string): Promise<void> {
  await trial.runtime.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { set: { anotherDates: 3 }, event: { type: 'REMINDED', actor: { kind: 'system', id: 'test' } } },
  }));
}

it.each(Object.entries(takenBack))(
  'after %s a customer that has changed its date as often as it may can choose again',
  async (_, take) => {
    const reference = await take();
    await trial.runtime.clock.settled();
    expect((await placeOf(reference)).status).toBe('HELD');
    const page = await (await openLink(trial, reference)).page('/status');
    expect(page).toMatch(/href="\/status\/dates\/[a-z]/);
    expect(page).not.toContain('Une autre date a déjà été demandée');
  },
);

it('a cutover that was rolled back leads to a place that is said to come in its stead', async () => {
  const reference = await cast.inGoNoGo();
  const before = await placeOf(reference);
  await decideReview(trial.runtime, reference, go('go'), operator);
  await trial.runtime.clock.jumpTo(new Date(`${before.cutover}T20:00:00Z`));
  await trial.runtime.clock.settled();
  const count = await mailCount(reference);
  await recordCutover(trial.runtime, reference, { result: 'rolled_back', reason: 'panne' }, operator);
  await trial.runtime.clock.settled();
  const { mail, page } = await readBy(reference, count);
  const why = 'la bascule n’a pas pu se faire comme prévu';
  expect(mail.join('')).toContain(`Ancienne place : la ${label(before)} ; ${why}.`);
  expect(page).toContain(`Cette place remplace celle que vous aviez dans la ${label(before)} : ${why}.`);
});
