import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeContact } from '../../functions/application/change-contact.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { moveDueDate } from '../../functions/application/clear-condition.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { keepPlaces } from '../../functions/application/keep-places.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { resume } from '../../functions/application/resume.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { type Key, keys } from '../../functions/store/keys.ts';
import { pageOf } from '../support/page-of.ts';
import {
  answersWith,
  assessed,
  customer,
  goDecided,
  held,
  invited,
  newToken,
  openTaskBench,
  operator,
  qualified,
  type TaskBench,
} from '../tasks/bench.ts';

/** What a later release has stored in an item: text, lists, maps and sets. */
const added = { milestones: new Set(['first']), agreement: { reference: 'C-1', list: [1] }, rankNote: 'x' };

const links = keyedLinks(new Uint8Array(32));
const sectionA = pageOf('A', answersWith());

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-05-04']) await bench.addWave(day);
});
afterAll(() => bench.close());

async function add(key: Key) {
  const names = Object.entries(added);
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: key,
      UpdateExpression: `SET ${names.map(([name]) => `${name} = :${name}`).join(', ')}`,
      ExpressionAttributeValues: Object.fromEntries(names.map(([name, value]) => [`:${name}`, value])),
    }),
  );
}

async function itemAt(key: Key) {
  return (await bench.documents.send(new GetCommand({ TableName: bench.tableName, Key: key }))).Item;
}

const from = (instant: string) => bench.clock.set(instant);

describe('An item with attributes that this release does not know', () => {
  it('keeps them in the state through every change of a journey', async () => {
    from('2026-11-23T08:00:00.000Z');
    const reference = await qualified(bench);
    await add(keys.state(reference));
    const run =
      (task: Parameters<TaskBench['run']>[0], number = 1) =>
      () =>
        bench.run(task, { reference, run: number, token: newToken() });
    const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['invited', run('InviteCustomer')],
      ['answering', () => savePage(bench, reference, sectionA, customer)],
      [
        'given another contact',
        () => changeContact({ ...bench, links }, reference, { contactName: 'B' }, operator),
      ],
      ['submitted', () => submitAnswers(bench, reference, answersWith(), customer)],
      ['assessed', run('AssignReadinessTier')],
      ['placed', run('ScheduleWave')],
      ['asked', run('AskCustomerToConfirmWave')],
      ['confirmed', () => answerWave(bench, reference, 'confirm', customer)],
      ['resumed', () => resume(bench, reference, 'once more', operator)],
      ['withdrawn', () => withdraw(bench, reference, 'no longer', operator)],
    ];
    for (const [name, step] of steps) {
      await step();
      expect([name, await itemAt(keys.state(reference))]).toMatchObject([name, added]);
    }
    const { version } = (await bench.store.onboardings.now(reference)).state;
    expect(version).toBeGreaterThan(steps.length);
  });

  it('keeps them after the hand-over, and writes its own keys anew', async () => {
    from('2026-11-23T08:00:00.000Z');
    const reference = await goDecided(bench);
    await add(keys.state(reference));
    await bench.run('HandOver', { reference, run: 1 });
    expect(await itemAt(keys.state(reference))).toMatchObject({ ...added, duePk: 'LATER#operator' });
    from('2027-03-09T20:00:00.000Z');
    await recordCutover(bench, reference, { result: 'done' }, operator);
    const done = await itemAt(keys.state(reference));
    expect(done).toMatchObject(added);
    expect(Object.keys(done ?? {})).not.toContain('duePk');
  });

  it('keeps them in a wait that is renewed, reminded of and decided', async () => {
    from('2026-11-23T08:00:00.000Z');
    const reference = await invited(bench);
    await add(keys.wait(reference));
    const renew = () => bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    await renew();
    expect(await itemAt(keys.wait(reference))).toMatchObject(added);
    from('2026-12-08T08:00:00.000Z');
    await renew();
    expect(await itemAt(keys.wait(reference))).toMatchObject({ ...added, reminders: 1 });
    await savePage(bench, reference, sectionA, customer);
    await submitAnswers(bench, reference, answersWith(), customer);
    expect(await itemAt(keys.wait(reference))).toMatchObject({ ...added, decision: 'ANSWERED' });
  });

  it('keeps them in a place while it is the same one', async () => {
    from('2026-11-23T08:00:00.000Z');
    const reference = await held(bench);
    await add(keys.booking(reference));
    from('2026-12-01T08:00:00.000Z');
    await keepPlaces(bench, (error) => {
      throw error;
    });
    expect(await itemAt(keys.booking(reference))).toMatchObject({ ...added, reminded: true });
    await answerWave(bench, reference, 'another_date', customer);
    expect(await itemAt(keys.booking(reference))).toMatchObject({ ...added, status: 'TO_MOVE' });
    await bench.run('ScheduleWave', { reference, run: 1 });
    expect(Object.keys((await itemAt(keys.booking(reference))) ?? {})).not.toContain('milestones');
  });

  it('keeps them in a wave, an intake and a result that are changed', async () => {
    from('2026-11-23T08:00:00.000Z');
    const wave = keys.wave('paris', 'paris-2027-05-04');
    await add(wave);
    await changeWave(bench, 'paris', wave.sk, { transition: 'freeze', reason: 'test' }, operator);
    expect(await itemAt(wave)).toMatchObject({ ...added, state: 'FROZEN' });
    const reference = await assessed(bench, { A6: 'unknown' });
    await add(keys.intake(reference));
    await add(keys.result(reference));
    await changeContact({ ...bench, links }, reference, { contactName: 'B' }, operator);
    expect(await itemAt(keys.intake(reference))).toMatchObject({ ...added, contactName: 'B' });
    const move = { due: '2027-02-01', reason: 'the committee meets later' };
    await moveDueDate(bench, reference, 'CLARIFICATION_NEEDED', move, operator);
    expect(await itemAt(keys.result(reference))).toMatchObject(added);
  });

  it('loses them with the personal data: another release may have stored a name there', async () => {
    from('2026-11-23T08:00:00.000Z');
    const reference = await invited(bench);
    for (const key of [keys.state(reference), keys.intake(reference)]) await add(key);
    await eraseOnboarding({ ...bench, links }, reference, 'asked_by_person', operator);
    for (const key of [keys.state(reference), keys.intake(reference)]) {
      expect(Object.keys((await itemAt(key)) ?? {})).not.toContain('agreement');
    }
  });
});
