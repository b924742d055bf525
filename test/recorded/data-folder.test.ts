import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyErasure } from '../../functions/application/erase.ts';
import { verifyAudit } from '../../functions/application/verify-audit.ts';
import { noDraft, savedSections } from '../../functions/domain/onboarding/draft.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import { siteCodes } from '../../functions/domain/platform-configuration.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import type { Store } from '../../functions/store/store.ts';
import type { OutboxMessage } from '../../functions/store/stored-outbox.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { expected, type RecordedOnboarding, recordedAs } from './expected.ts';
import { businessStages, failedOnes, openTable, readFacts } from './recorded-folder.ts';

const { onboardings } = expected;
const page = { limit: 100 };
const afterwards = new Date(Date.parse(expected.clock) + 1_000).toISOString();

/** References in an order of their own, so that lists can be compared. */
function listed(found: readonly Pick<OnboardingState, 'reference'>[]): readonly string[] {
  return found.map(({ reference }) => reference).toSorted();
}

/** No list tells whose an erased onboarding was. */
const named = onboardings.filter(({ erasure }) => erasure === undefined || erasure === 'asked');

/** Every value of a field, with the onboardings that have it. */
function groups<T extends string>(
  among: readonly RecordedOnboarding[],
  fieldOf: (one: RecordedOnboarding) => T | undefined,
): (readonly [T, readonly string[]])[] {
  const found = Map.groupBy(among, fieldOf);
  return [...found].flatMap(([value, some]) => (value === undefined ? [] : [[value, listed(some)] as const]));
}

function nameOf(message: OutboxMessage): string {
  if (message.kind === 'mail') return message.template;
  return message.kind === 'event' ? message.type : message.kind;
}

describe('The data folder of an earlier release, as it lies', () => {
  let store: Store;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await openTable());
  });
  afterAll(() => close());

  it('tells where each onboarding stands', async () => {
    const facts = await readFacts(store);
    for (const { is, reference, recorded } of onboardings) {
      expect(facts.get(reference), is).toEqual(recorded);
    }
    expect(new Set(onboardings.map(({ recorded }) => recorded.stage))).toEqual(
      // That release split no onboarding.
      new Set(businessStages.filter((stage) => stage !== 'IN_PARTS')),
    );
  });

  it('tells whose run has failed', async () => {
    const failed = onboardings.filter(({ recorded }) => recorded.failed);
    expect(failed.length).toBeGreaterThan(10);
    expect(listed(await failedOnes(store))).toEqual(listed(failed));
  });

  it('holds whole histories, also of what was erased', async () => {
    for (const { is, reference, events } of onboardings) {
      const history = await store.onboardings.events(reference);
      expect(history, is).toHaveLength(events);
      expect(firstBrokenEvent(history), is).toBeUndefined();
    }
  });

  it('proves what was erased, and tells what is still to be', async () => {
    for (const { is, reference, erasure } of onboardings) {
      if (erasure === undefined) continue;
      const { erased, chainHolds } = await verifyErasure({ store }, reference);
      expect({ erased, chainHolds }, is).toEqual({ erased: erasure !== 'asked', chainHolds: true });
    }
    const unfinished = onboardings.filter(({ erasure }) => erasure === 'asked' || erasure === 'done');
    expect(listed((await store.lists.erasures(afterwards, page)).items)).toEqual(listed(unfinished));
    const retained = onboardings.filter(
      ({ erasure, recorded }) => erasure === undefined && recorded.stage === 'CLOSED',
    );
    expect(listed((await store.lists.retained(afterwards, page)).items)).toEqual(listed(retained));
  });

  it('lists onboardings by stage', async () => {
    const failed = new Set(listed(await failedOnes(store)));
    for (const [stage, references] of groups(onboardings, ({ recorded }) => recorded.stage)) {
      const { items } = await store.lists.byStage(stage, page);
      const running = references.filter((reference) => !failed.has(reference));
      expect(listed(items.filter(({ reference }) => !failed.has(reference))), stage).toEqual(running);
    }
  });

  it('lists onboardings by owner, team and wave', async () => {
    const { byOwner, byTeam, byWave } = store.lists;
    for (const [owner, references] of groups(named, (one) => one.owner)) {
      expect(listed((await byOwner(owner, page)).items), owner).toEqual(references);
    }
    for (const [team, references] of groups(named, (one) => one.team)) {
      expect(listed((await byTeam(team, page)).items), team).toEqual(references);
    }
    for (const [wave, references] of groups(onboardings, ({ recorded }) => recorded.booking?.wave)) {
      expect(listed((await byWave(wave, page)).items), wave).toEqual(references);
    }
  });

  it('holds in all its histories, though changes of waves were not recorded then', async () => {
    const {
      findings,
      unreadable,
      waves,
      onboardings: checked,
    } = await verifyAudit(store, siteCodes(samplePlatform));
    expect([findings, unreadable]).toEqual([[], []]);
    expect(Math.min(waves, checked)).toBeGreaterThan(0);
  });

  it('finds onboardings by SIREN, the beginning of their name and the address of their contact', async () => {
    const { bySiren, byName, byMail } = store.lists;
    for (const [siren, references] of groups(onboardings, (one) => one.siren)) {
      expect(listed((await bySiren(siren, page)).items), siren).toEqual(references);
    }
    for (const [beginning, references] of groups(named, ({ name }) => name.slice(0, 5))) {
      expect(listed((await byName(beginning, page)).items), beginning).toEqual(references);
    }
    for (const [mail, references] of groups(named, (one) => one.mail)) {
      expect(listed((await byMail(mail, page)).items), mail).toEqual(references);
    }
  });

  it('keeps who waits for a place, what was saved of a form, and what is still to be sent', async () => {
    const waiting = onboardings.filter(({ recorded }) => recorded.stage === 'WAITING_LIST');
    expect(listed((await store.waitingList.page({ limit: 100 })).items)).toEqual(listed(waiting));
    const draft = await store.dossiers.draft(recordedAs('answering').reference);
    expect(Object.keys(savedSections(draft ?? noDraft))).toEqual(['A', 'B']);
    const pending = await store.outbox.pending(100);
    expect(
      pending.map(({ reference, messages, sent }) => ({ reference, messages: messages.map(nameOf), sent })),
    ).toEqual(expected.outbox);
  });
});

describe('The results of an earlier release', () => {
  it('get a place in the list of conditions by date, once', async () => {
    const { store, close } = await openTable();
    try {
      const references = onboardings.map(({ reference }) => reference);
      const due = async () => (await store.lists.conditionsBy('2030-01-01', page)).items;
      expect(await due()).toEqual([]);
      const count = await store.dossiers.listDates(references);
      expect(count).toBeGreaterThan(0);
      const found = await due();
      expect(found).toHaveLength(count);
      for (const { conditions = [] } of found) expect(conditions.length).toBeGreaterThan(0);
      expect(await store.dossiers.listDates(references)).toBe(0);
    } finally {
      await close();
    }
  });
});
