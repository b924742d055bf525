import { expect, it } from 'vitest';
import * as z from 'zod';
import { addDays, instantAt } from '../../functions/domain/calendar-date.ts';
import { goNoGoDay } from '../../functions/domain/waves/wave.ts';
import { eventually } from './aws.ts';
import { act, invoke, jumpTo, standingOf, until } from './deployed.ts';
import { addWave, answer, endOf, invited } from './story.ts';

const whole = z.looseObject({
  parts: z.array(z.looseObject({ reference: z.string(), stage: z.string(), outcome: z.string().nullable() })),
});

async function partsOf(reference: string) {
  return whole.parse(await act('GET', `/api/onboardings/${reference}`)).parts;
}

const placed = z.looseObject({
  stage: z.string(),
  wave: z.nullable(z.looseObject({ cutover: z.string() })),
});

/**
 * The customer confirms the date of a part. One that was looked at before the part ahead of it had a date waits, and is
 * offered a place once that has one.
 */
async function placeOf(part: string): Promise<string> {
  const found = await eventually(`a place of ${part}`, async () => {
    const { stage, wave } = placed.parse(await act('GET', `/api/onboardings/${part}`));
    return wave === null ? undefined : { stage, cutover: wave.cutover };
  });
  const isOffer = found.stage === 'WAITING_LIST';
  const [path, decision] = isOffer ? ['slot-offer', 'accept'] : ['wave-confirmation', 'confirm'];
  await act('POST', `/api/onboardings/${part}/${path}`, { decision });
  await until(part, 'WAVE_CONFIRMED');
  return found.cutover;
}

/** From the date that is held to the end of hypercare, as an operator and the customer lead it. */
async function cutOver(part: string, cutover: string): Promise<void> {
  await jumpTo(instantAt(goNoGoDay(cutover), '09:00'));
  await invoke('run-gates');
  await until(part, 'GO_NO_GO');
  const go = { kind: 'go_no_go', decision: 'go', reason: 'Everything is prepared' };
  await act('POST', `/api/onboardings/${part}/reviews`, go);
  await until(part, 'HANDED_OVER');
  await jumpTo(instantAt(addDays(cutover, 1), '09:00'));
  await act('POST', `/api/onboardings/${part}/cutover`, { result: 'done' });
  expect(await endOf(part)).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'HANDED_OVER' } });
}

/** A customer is split into parts that cut over one after the other, each by a run of its own. */
export function splits(first: string, second: string): void {
  it('takes a split customer to its last cutover, part after part', async () => {
    await addWave(first, 1);
    await addWave(second, 1);
    const reference = await invited();
    await answer(reference);
    await until(reference, 'WAVE_HELD');
    const review = { reason: 'The customer asks for two cutovers' };
    await act('POST', `/api/onboardings/${reference}/placement-review`, review);
    await until(reference, 'IN_REVIEW');
    const parts = [
      { scope: 'Headquarters', users: 40, mailboxesOver50: 0, servers: 4 },
      { scope: 'Regions', users: 43, mailboxesOver50: 0, servers: 0 },
    ];
    const split = { kind: 'placement', decision: 'split', parts, inOrder: true, reason: 'As agreed' };
    await act('POST', `/api/onboardings/${reference}/reviews`, split);
    await until(reference, 'IN_PARTS');
    const [one = '', other = ''] = (await partsOf(reference)).map((part) => part.reference);
    const cutovers = [await placeOf(one), await placeOf(other)];
    expect(cutovers).toEqual(cutovers.toSorted());
    expect(new Set(cutovers).size).toBe(2);
    await cutOver(one, cutovers[0] ?? '');
    await cutOver(other, cutovers[1] ?? '');
    await jumpTo(instantAt(addDays(cutovers[1] ?? '', 9), '09:00'));
    await invoke('run-gates');
    await until(reference, 'CLOSED');
    expect(await standingOf(reference)).toMatchObject({ outcome: 'HANDED_OVER' });
    expect((await partsOf(reference)).map(({ outcome }) => outcome)).toEqual(['HANDED_OVER', 'HANDED_OVER']);
  });
}
