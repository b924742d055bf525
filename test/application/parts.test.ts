import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alignParts } from '../../functions/application/align-parts.ts';
import { assignOnboardings } from '../../functions/application/assign.ts';
import { changeContact } from '../../functions/application/change-contact.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { eraseOnboarding, verifyErasure } from '../../functions/application/erase.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { parentsOf } from '../../functions/application/read-placing.ts';
import { splitOnboarding } from '../../functions/application/splitting.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import {
  ActiveOnboardingExistsError,
  ActsOnWholeError,
  DecisionRefusedError,
  InvalidInputError,
} from '../../functions/domain/errors.ts';
import type { Split } from '../../functions/domain/onboarding/part.ts';
import { partReferences } from '../../functions/domain/onboarding/parts.ts';
import { partReference } from '../../functions/domain/onboarding/reference.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import {
  held,
  openTaskBench,
  operator,
  placed,
  start,
  type TaskBench,
  toPlacementReview,
} from '../tasks/bench.ts';

const links = keyedLinks(new Uint8Array(32));
let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterAll(() => bench.close());

let named = 0;

/** The 100 users and 4 servers that the sample customers have. */
function halves(): Split {
  named += 1;
  return {
    parts: [
      { scope: `Nord ${named}`, users: 60, mailboxesOver50: 0, servers: 4 },
      { scope: `Sud ${named}`, users: 40, mailboxesOver50: 0, servers: 0 },
    ],
  };
}

/** A customer whose placement is reviewed. */
async function inReview(on = bench): Promise<string> {
  const reference = await held(on);
  await toPlacementReview(on, reference);
  return reference;
}

const split = (reference: string, into = halves()) =>
  splitOnboarding(bench, reference, { reason: 'as agreed', split: into }, operator);

const stateOf = async (reference: string) => (await bench.store.onboardings.now(reference)).state;

async function inParts(): Promise<string> {
  const reference = await inReview();
  await split(reference);
  await alignParts(bench, reference);
  return reference;
}

it('whoever follows a customer follows its parts, and no one once it is erased', async () => {
  const reference = await inReview();
  const assignee = { to: 'ada', name: 'Ada' };
  await assignOnboardings(bench, { onboardings: [{ reference }], assignee }, operator);
  await split(reference);
  await alignParts(bench, reference);
  const parts = [1, 2].map((number) => partReference(reference, number));
  const followed = () => bench.store.workList.followedBy('ada', 500);
  expect(await followed()).toEqual(expect.arrayContaining([reference, ...parts]));
  for (const part of parts) expect((await stateOf(part)).assigned).toMatchObject(assignee);
  await eraseOnboarding({ ...bench, links }, reference, 'entered_by_mistake', operator);
  expect(await followed()).toEqual([]);
  for (const part of parts) expect((await stateOf(part)).assigned).toBeUndefined();
});

it('a customer whose wave was cancelled during a placement review has another place sought when told to wait', async () => {
  const own = await openTaskBench();
  try {
    await own.addWave('2027-03-09');
    await own.addWave('2027-05-04');
    const reference = await inReview(own);
    await changeWave(
      own,
      'paris',
      'paris-2027-03-09',
      { transition: 'cancel', moveBooked: true, reason: 'no team' },
      operator,
    );
    expect((await own.store.onboardings.now(reference)).booking?.status).toBe('TO_MOVE');
    const answer = { kind: 'placement', decision: 'wait', reason: 'as agreed', seen: 0 } as const;
    await decideReview(own, reference, answer, operator);
    await own.run('ScheduleWave', { reference, run: 1 });
    const { state, booking } = await own.store.onboardings.now(reference);
    expect([state.stage, booking?.status, booking?.wave]).toEqual(['WAVE_HELD', 'HELD', 'paris-2027-05-04']);
  } finally {
    await own.close();
  }
});

describe('a split', () => {
  it('gives the place back and takes every scope, in one change', async () => {
    const reference = await inReview();
    const { booking } = await bench.store.onboardings.now(reference);
    const before = (await bench.store.waves.get(booking?.site ?? '', booking?.wave ?? '')).booked;
    const into = halves();
    await split(reference, into);
    const { state, booking: after } = await bench.store.onboardings.now(reference);
    expect(after).toBeUndefined();
    expect(state).toMatchObject({ stage: 'IN_PARTS', split: into, run: { status: 'ended' } });
    const { booked } = await bench.store.waves.get(booking?.site ?? '', booking?.wave ?? '');
    expect(booked.customers).toBe(before.customers - 1);
    await expect(start(bench, { siren: state.siren, scope: into.parts[1]?.scope ?? '' })).rejects.toThrow(
      ActiveOnboardingExistsError,
    );
  });

  it('is refused for scopes that are used twice or have an open onboarding, whatever their case and accents', async () => {
    const reference = await inReview();
    const { siren } = await stateOf(reference);
    const { parts } = halves();
    const [one, two] = parts;
    if (one === undefined || two === undefined) throw new Error('Two parts are made');
    const twice = { parts: [one, { ...two, scope: one.scope.toUpperCase() }] };
    await expect(split(reference, twice)).rejects.toThrow(InvalidInputError);
    await start(bench, { siren, scope: 'Établissement' });
    const taken = { parts: [one, { ...two, scope: 'etablissement' }] };
    await expect(split(reference, taken)).rejects.toMatchObject({
      problems: [{ field: 'parts[1].scope', code: 'scope_active' }],
    });
    expect((await stateOf(reference)).stage).toBe('IN_REVIEW');
  });

  it('and the start of one of its scopes at the same time: one of both, never both', async () => {
    const reference = await inReview();
    const { siren } = await stateOf(reference);
    const into = halves();
    bench.justBeforeWriting(() => start(bench, { siren, scope: into.parts[0]?.scope ?? '' }));
    await expect(split(reference, into)).rejects.toThrow(InvalidInputError);
    expect((await stateOf(reference)).stage).toBe('IN_REVIEW');
  });

  it('is refused for a part', async () => {
    const whole = await inParts();
    const part = partReference(whole, 1);
    await toPlacementReview(bench, part);
    await expect(split(part)).rejects.toThrow(DecisionRefusedError);
  });
});

describe('the parts', () => {
  it('begin once, whatever call of the table the one dies at that starts them', async () => {
    let call = 0;
    for (let died = true; died; ) {
      call += 1;
      for (const when of ['before', 'after'] as const) {
        const reference = await inReview();
        await split(reference);
        died = await bench.dies({ call, when }, () => alignParts(bench, reference));
        await alignParts(bench, reference);
        await alignParts(bench, reference);
        const whole = await stateOf(reference);
        for (const part of partReferences(whole)) {
          const events = await bench.store.onboardings.events(part);
          expect(
            events.map(({ type }) => type),
            `death ${when} call ${call}`,
          ).toEqual(['PART_STARTED']);
        }
      }
    }
    expect(call).toBeGreaterThan(4);
  });

  it('do not begin once the whole has been withdrawn', async () => {
    const reference = await inReview();
    await split(reference);
    await withdraw(bench, reference, 'no longer wanted', operator);
    await alignParts(bench, reference);
    await expect(stateOf(partReference(reference, 1))).rejects.toThrow();
  });

  it('that never begin leave their scopes free, and hold back no member of a group', async () => {
    const reference = await inReview();
    const { siren } = await stateOf(reference);
    const into = halves();
    const [one, two] = into.parts.map(({ scope }) => scope);
    await split(reference, into);
    const member = await placed(bench, {}, { group: 'holding', parentSiren: siren });
    // Its parts are about to look for a date.
    expect((await stateOf(member)).cause).toBe('PARENT_NOT_BOOKED');
    await offerPlaces(bench);
    await withdraw(bench, reference, 'no longer wanted', operator);
    expect(await parentsOf(bench.store, { parentSiren: siren })).toEqual([]);
    await offerPlaces(bench);
    expect((await bench.store.onboardings.now(member)).booking?.status).toBe('OFFERED');
    let call = 0;
    for (let died = true; died; ) {
      call += 1;
      died = await bench.dies({ call, when: 'after' }, () => alignParts(bench, reference));
    }
    expect(await bench.store.starts.actives(siren)).toEqual([]);
    await start(bench, { siren, scope: one ?? '' });
    await alignParts(bench, reference);
    expect((await bench.store.starts.actives(siren)).map(({ scope }) => scope)).toEqual([one]);
    await start(bench, { siren, scope: two ?? '' });
  });

  it('have what the whole has: its result is read, its contact and its contract are followed', async () => {
    const whole = await inParts();
    const part = partReference(whole, 2);
    expect(await bench.store.dossiers.result(part)).toEqual(await bench.store.dossiers.result(whole));
    await changeContact({ ...bench, links }, whole, { contactEmail: 'other@client.example' }, operator);
    await alignParts(bench, whole);
    expect((await stateOf(part)).link).toBe((await stateOf(whole)).link);
    const { length } = await bench.store.onboardings.events(part);
    await alignParts(bench, part);
    expect(await bench.store.onboardings.events(part)).toHaveLength(length);
  });

  it('leave to the whole what is the whole’s', async () => {
    const whole = await inParts();
    const change = changeContact(
      { ...bench, links },
      partReference(whole, 1),
      { contactName: 'X' },
      operator,
    );
    await expect(change).rejects.toThrow(ActsOnWholeError);
    await expect(change).rejects.toMatchObject({ reference: whole });
  });

  it('end with the whole, and the whole with the last of them, at any death', async () => {
    let call = 0;
    for (let died = true; died; ) {
      call += 1;
      const whole = await inParts();
      const [first, last] = [partReference(whole, 1), partReference(whole, 2)];
      await withdraw(bench, first, 'one part less', operator);
      await withdraw(bench, last, 'and the other', operator);
      died = await bench.dies({ call, when: 'after' }, () => alignParts(bench, last));
      await alignParts(bench, last);
      expect(await stateOf(whole), `death after call ${call}`).toMatchObject({
        stage: 'CLOSED',
        outcome: 'WITHDRAWN',
      });
    }
    expect(call).toBeGreaterThan(4);
  });

  it('are erased with their whole, and not by themselves', async () => {
    const whole = await inParts();
    const [part] = [partReference(whole, 1)];
    await expect(eraseOnboarding({ ...bench, links }, part, 'asked_by_person', operator)).rejects.toThrow(
      ActsOnWholeError,
    );
    await eraseOnboarding({ ...bench, links }, whole, 'asked_by_person', operator);
    const erased = await stateOf(part);
    expect(erased).toMatchObject({ stage: 'CLOSED', name: 'erased', owner: 'erased' });
    expect(erased.scope).toBeUndefined();
    expect(JSON.stringify(await stateOf(whole))).not.toContain('Nord');
    expect(await verifyErasure(bench, whole)).toMatchObject({ erased: true });
    const typed = (await bench.store.onboardings.events(part)).filter(({ reason }) => reason !== undefined);
    expect(typed).toEqual([]);
  });
});
