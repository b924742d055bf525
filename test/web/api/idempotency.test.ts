import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { eraseOnboarding } from '../../../functions/application/erase.ts';
import { startOnboarding } from '../../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { askToTalk } from '../../../functions/application/talk.ts';
import { type Actor, system } from '../../../functions/domain/onboarding/actor.ts';
import type { Change } from '../../../functions/domain/onboarding/change.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { routes } from '../../../functions/web/api/routes.ts';
import { waveOf } from '../../store/bench.ts';
import { signed } from '../../support/contract.ts';
import { evidence } from '../../support/evidence.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type ApiUnderTest, intake, startApiUnderTest, tokenOf, tokenWith } from './api-under-test.ts';

const customer: Actor = { kind: 'customer', id: 'link' };
const operator: Actor = { kind: 'operator', id: 'op@platform.example' };

class DiedError extends Error {
  override readonly name = 'DiedError';
}

let api: ApiUnderTest;
let dying = false;
let next = 0;
let waves = 0;
const approvals = new Map<string, string>();

/** The process dies once, just after a transaction was stored. */
function diesAfterATransaction(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (send, context) => async (args) => {
      const result = await send(args);
      if (!dying || context.commandName !== 'TransactWriteItemsCommand') return result;
      dying = false;
      throw new DiedError();
    },
    { step: 'initialize', name: 'die-after-a-transaction', priority: 'high' },
  );
}

beforeAll(async () => {
  const places = { customers: 100, points: 2_000, complex: 50 };
  api = await startApiUnderTest({
    calendar: ['2027-03-09', '2027-04-06', '2027-05-04'].map((day) => waveOf(day, places)),
    hooks: { onClient: diesAfterATransaction },
  });
});
afterAll(() => api.runtime.close());

/** Numbers that pass the check of a SIREN, each used once. */
function newSiren(): string {
  for (;;) {
    next += 1;
    const siren = String(800_000_000 + next);
    const sum = [...siren].reduce((all, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return all + (value > 9 ? value - 9 : value);
    }, 0);
    if (sum % 10 === 0) return siren;
  }
}

/** An organisation that the register does not know is reviewed first. */
async function reviewed(): Promise<string> {
  const siren = newSiren();
  const request = { scope: 'test', key: siren, body: '' };
  const asked = {
    ...({ siren, legalName: `Organisme ${next}`, bodyType: 'company', language: 'fr' } as const),
    ...{ contactName: 'Ada Martin', contactEmail: `ada${next}@client.example` },
    ...({
      services: ['exchange'],
      deadlineReason: 'none',
      owner: 'sales@platform.example',
      team: 'state',
    } as const),
  };
  const reference = await startOnboarding(api.runtime, request, asked, operator);
  await api.runtime.clock.settled();
  return reference;
}

async function invited(): Promise<string> {
  const reference = await reviewed();
  await api.send('POST', `/onboardings/${reference}/reviews`, {
    body: { kind: 'qualification', decision: 'accept', reason: 'known' },
  });
  await api.runtime.clock.settled();
  return reference;
}

async function held(answers: Partial<Answers> = {}): Promise<string> {
  const reference = await invited();
  await submitAnswers(api.runtime, reference, { ...plainAnswers, ...answers }, customer);
  await api.runtime.clock.settled();
  return reference;
}

async function changed(reference: string, change: Change): Promise<string> {
  await api.runtime.store.onboardings.change<void>(reference, async () => ({ result: undefined, change }));
  return reference;
}

async function confirmed(): Promise<string> {
  const reference = await held();
  await answerWave(api.runtime, reference, 'confirm', customer);
  await api.runtime.clock.settled();
  return reference;
}

interface Case {
  readonly id: string;
  /** Brings an onboarding to where the request is possible. */
  readonly prepare: () => Promise<string>;
  readonly path: (reference: string) => string;
  readonly body: () => object | Promise<object>;
  readonly other: object;
  readonly status?: number;
  readonly token?: string;
}

const at = (path: string) => (reference: string) => `/onboardings/${reference}${path}`;
const reason = { reason: 'as agreed' };
const otherReason = { reason: 'as agreed otherwise' };

const cases: readonly Case[] = [
  {
    id: 'startOnboarding',
    ...{ prepare: async () => '', path: () => '/onboardings', status: 201 },
    body: () => ({ ...intake, siren: newSiren() }),
    other: { ...intake, siren: '999000102', legalName: 'Autre' },
  },
  {
    id: 'submitAnswers',
    prepare: invited,
    path: at('/answers'),
    body: () => plainAnswers,
    other: { ...plainAnswers, A7: 'yes' },
  },
  {
    id: 'openCorrection',
    prepare: held,
    path: at('/correction'),
    body: () => reason,
    other: otherReason,
  },
  {
    id: 'recordTalk',
    prepare: async () => {
      const reference = await invited();
      await askToTalk(api.runtime, reference, undefined, customer);
      return reference;
    },
    path: at('/talk'),
    body: () => ({ outcome: 'needs_more_time' }),
    other: { outcome: 'goes_on' },
  },
  {
    id: 'answerWave',
    prepare: held,
    path: at('/wave-confirmation'),
    body: () => ({ decision: 'another_date' }),
    other: { decision: 'confirm' },
  },
  {
    id: 'answerSlotOffer',
    prepare: async () => {
      const reference = await held();
      const { booking } = await api.runtime.store.onboardings.now(reference);
      if (booking === undefined) throw new Error('No place');
      await changed(reference, {
        event: {
          type: 'PLACE_OFFERED',
          actor: system,
          data: { wave: booking.wave, cutover: booking.cutover },
        },
        effects: [{ kind: 'put_booking', booking: { ...booking, status: 'OFFERED' }, before: booking }],
      });
      return reference;
    },
    path: at('/slot-offer'),
    body: () => ({ decision: 'refuse' }),
    other: { decision: 'accept' },
  },
  {
    id: 'decideReview',
    ...{ prepare: reviewed, path: at('/reviews') },
    body: () => ({ kind: 'qualification', decision: 'accept', ...reason }),
    other: { kind: 'qualification', decision: 'reject', ...reason },
  },
  {
    id: 'answerApproval',
    prepare: async () => {
      const reference = await held({ B1: 'yes' });
      const { body } = await api.send('POST', `/onboardings/${reference}/reviews`, {
        body: { kind: 'confirmation', decision: 'override', approval: true, ...reason },
      });
      const { id } = z.object({ id: z.string() }).parse(body['approval']);
      approvals.set(reference, id);
      return reference;
    },
    path: (reference) => `/approvals/${approvals.get(reference)}`,
    body: () => ({ decision: 'approve', ...reason }),
    other: { decision: 'decline', ...reason },
    token: await tokenOf('ada', 'operator'),
  },
  {
    id: 'clearCondition',
    prepare: () => held({ A6: 'yes', A6b: 'yes' }),
    path: at('/conditions/EXIT_PLAN_REQUIRED/clearance'),
    body: () => ({ evidence }),
    other: { evidence: { ...evidence, title: 'Another document' } },
  },
  {
    id: 'moveDueDate',
    prepare: () => held({ B9: ['art9'], B9b: 'under_10k', B11: 'not_done' }),
    path: at('/conditions/DPIA_MISSING/due-date'),
    body: () => ({ due: '2027-01-15', ...reason }),
    other: { due: '2027-01-18', ...reason },
  },
  {
    id: 'declareCondition',
    prepare: () => held({ B9: ['art9'], B9b: 'under_10k', B11: 'not_done' }),
    path: at('/conditions/DPIA_MISSING/declaration'),
    body: () => ({ answers: { B11: 'done' }, attestation: true }),
    other: { answers: { B11: 'unknown' }, attestation: true },
  },
  {
    id: 'recordContract',
    prepare: held,
    path: at('/contract'),
    body: () => signed,
    other: { ...signed, reference: 'CT-2026-119' },
  },
  {
    id: 'keepPlace',
    prepare: async () => {
      const reference = await held({ B9: ['art9'], B9b: 'under_10k', B11: 'not_done' });
      return changed(reference, {
        set: { blockingDue: '2026-11-01' },
        event: { type: 'CONDITION_REMINDED', actor: system, data: { conditions: ['DPIA_MISSING'] } },
      });
    },
    path: at('/place-kept'),
    body: () => reason,
    other: otherReason,
  },
  {
    id: 'movePlace',
    prepare: held,
    path: at('/move'),
    body: () => ({ wave: 'paris-2027-05-04', askedByCustomer: true, ...reason }),
    other: { wave: 'paris-2027-04-06', askedByCustomer: true, ...reason },
  },
  {
    id: 'openPlacementReview',
    prepare: held,
    path: at('/placement-review'),
    body: () => reason,
    other: otherReason,
  },
  {
    id: 'recordRemediation',
    prepare: held,
    path: at('/remediation'),
    body: () => ({ task: 'DIRECTORY_APPLICATIONS', done: true, ...reason }),
    other: { task: 'DIRECTORY_APPLICATIONS', done: false, ...reason },
  },
  {
    id: 'recordCutover',
    prepare: async () => {
      const reference = await confirmed();
      await changed(reference, {
        to: 'GO_NO_GO',
        event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } },
      });
      return changed(reference, {
        to: 'HANDED_OVER',
        event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } },
      });
    },
    path: at('/cutover'),
    body: () => ({ result: 'postponed', reason: 'the storage failed' }),
    other: { result: 'rolled_back', reason: 'the storage failed' },
  },
  { id: 'withdraw', prepare: invited, path: at('/withdrawal'), body: () => reason, other: otherReason },
  {
    id: 'resendInvitation',
    prepare: invited,
    path: at('/invitation'),
    body: () => reason,
    other: otherReason,
  },
  { id: 'resume', prepare: held, path: at('/resumption'), body: () => reason, other: otherReason },
  {
    id: 'assess',
    ...{ prepare: async () => '', path: () => '/assessments' },
    body: () => ({ organisation: { registryStatus: 'active' }, answers: plainAnswers }),
    other: { organisation: { registryStatus: 'ceased' }, answers: plainAnswers },
  },
  {
    id: 'createWave',
    ...{ prepare: async () => '', path: () => '/waves', status: 201 },
    body: () => {
      waves += 1;
      const cutover = new Date(Date.UTC(2027, 1, 2 + 7 * waves)).toISOString().slice(0, 10);
      return { site: 'sud', kind: 'PREPARATION', cutover, capacity: { customers: 1, points: 0, complex: 0 } };
    },
    other: {
      site: 'sud',
      kind: 'MIGRATION',
      cutover: '2028-01-11',
      capacity: { customers: 9, points: 9, complex: 9 },
    },
  },
  {
    id: 'createWaveSeries',
    ...{ prepare: async () => '', path: () => '/waves/series' },
    body: () => {
      waves += 1;
      const from = new Date(Date.UTC(2027, 1, 2 + 7 * waves)).toISOString().slice(0, 10);
      return seriesOf(from);
    },
    other: seriesOf('2028-01-11'),
  },
];

function seriesOf(from: string) {
  const capacity = { customers: 1, points: 0, complex: 0 };
  return { sites: ['sud'], kind: 'PREPARATION', from, everyWeeks: 1, count: 1, capacity };
}

async function factsOf(reference: string): Promise<unknown> {
  const waves = (await api.runtime.store.waves.calendar(['sud'], { consistent: true })).length;
  if (reference === '') return waves;
  return (await api.runtime.store.onboardings.events(reference)).map(({ type }) => type);
}

/** How many things clients of the API have done to an onboarding, or how many waves there are. */
async function actsOf(reference: string): Promise<number> {
  if (reference === '') return (await api.runtime.store.waves.calendar(['sud'], { consistent: true })).length;
  const events = await api.runtime.store.onboardings.events(reference);
  return events.filter(({ actor }) => actor.kind === 'machine').length;
}

let keysUsed = 0;
function newKey(): Readonly<Record<string, string>> {
  keysUsed += 1;
  return { 'idempotency-key': `key-${keysUsed}` };
}

it('has a case for every POST of the API', () => {
  const posts = routes.filter(({ method }) => method === 'POST').map(({ id }) => id);
  expect(cases.map(({ id }) => id).toSorted()).toEqual(posts.toSorted());
});

/** What takes two people is stored as a request and answered with 202. */
const forTwoPeople: Case = {
  id: 'decideReview by two people',
  ...{ prepare: () => held({ B1: 'yes' }), path: at('/reviews'), status: 202 },
  body: () => ({ kind: 'confirmation', decision: 'override', approval: true, ...reason }),
  other: { kind: 'confirmation', decision: 'confirm', ...reason },
};

describe.each([...cases, forTwoPeople])('$id', ({ id, token, prepare, path, body, other, status = 200 }) => {
  const as = token === undefined ? {} : { token };
  it('acts once when it is sent twice, and refuses its key for anything else', async () => {
    const reference = await prepare();
    const headers = newKey();
    const request = { body: await body(), headers, ...as };
    const first = await api.send('POST', path(reference), request);
    expect([first.status, first.body['code']]).toEqual([status, undefined]);
    await api.runtime.clock.settled();
    const before = await factsOf(reference);
    const again = await api.send('POST', path(reference), request);
    expect([again.status, again.body['reference']]).toEqual([status, first.body['reference']]);
    await api.runtime.clock.settled();
    expect(await factsOf(reference)).toEqual(before);
    const refused = await api.send('POST', path(reference), { body: other, headers, ...as });
    expect([refused.status, refused.body['code']]).toEqual([422, 'idempotency_key_reused']);
    if (token !== undefined) return;
    const elsewhere = await api.send('POST', '/assessments', {
      body: { organisation: { registryStatus: 'not_found' }, answers: plainAnswers },
      headers,
    });
    expect(elsewhere.status).toBe(422);
  });

  it('acts once when it is sent twice at the same moment', async () => {
    const reference = await prepare();
    const request = { body: await body(), headers: newKey(), ...as };
    const earlier = await actsOf(reference);
    const both = await Promise.all([1, 2].map(() => api.send('POST', path(reference), request)));
    expect(both.map((each) => each.status)).toEqual([status, status]);
    expect(both[0]?.body['reference']).toBe(both[1]?.body['reference']);
    expect((await actsOf(reference)) - earlier).toBe(id === 'assess' || id === 'startOnboarding' ? 0 : 1);
    await api.runtime.clock.settled();
  });

  it('acts once when the process dies after its transaction', async () => {
    const reference = await prepare();
    const request = { body: await body(), headers: newKey(), ...as };
    dying = true;
    const died = await api.send('POST', path(reference), request);
    dying = false;
    expect([status, 500]).toContain(died.status);
    await api.runtime.clock.settled();
    const before = await factsOf(reference);
    const again = await api.send('POST', path(reference), request);
    expect(again.status).toBe(status);
    await api.runtime.clock.settled();
    expect(await factsOf(reference)).toEqual(before);
  });
});

it('keeps the keys of two clients apart', async () => {
  const [first, second] = [await invited(), await invited()];
  const headers = newKey();
  const send = (reference: string, token?: string) =>
    api.send('POST', `/onboardings/${reference}/withdrawal`, {
      ...{ body: reason, headers },
      ...(token === undefined ? {} : { token }),
    });
  expect((await send(first)).status).toBe(200);
  expect((await send(second, await tokenWith({ client: 'another-crm' }))).status).toBe(200);
});

it('answers an answer about another wave than the one held with 409, and changes nothing', async () => {
  const reference = await held({ E2: [] });
  const send = (wave: string) =>
    api.send('POST', `/onboardings/${reference}/wave-confirmation`, {
      body: { decision: 'another_date', wave },
    });
  const { booking } = await api.runtime.store.onboardings.now(reference);
  expect((await send(booking?.wave ?? '')).status).toBe(200);
  await api.runtime.clock.settled();
  const moved = await api.runtime.store.onboardings.now(reference);
  expect(moved.booking?.wave).not.toBe(booking?.wave);
  const repeated = await send(booking?.wave ?? '');
  expect([repeated.status, repeated.body['code']]).toEqual([409, 'other_place']);
  expect((await api.runtime.store.onboardings.now(reference)).state.anotherDates).toBe(1);
});

it('still answers a repeat after an erasure, and keeps no digest of the body', async () => {
  const reference = await invited();
  const request = { body: reason, headers: newKey() };
  const send = () => api.send('POST', `/onboardings/${reference}/withdrawal`, request);
  expect((await send()).status).toBe(200);
  await api.runtime.clock.settled();
  await eraseOnboarding(api.runtime, reference, 'asked_by_person', operator);
  expect(await api.runtime.store.erasures.remaining(reference)).toEqual([]);
  expect([(await send()).status, (await send()).body['reference']]).toEqual([200, reference]);
});
