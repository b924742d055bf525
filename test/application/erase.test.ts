import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeContact } from '../../functions/application/change-contact.ts';
import { clearCondition } from '../../functions/application/clear-condition.ts';
import { eraseOnboarding, finishErasure, verifyErasure } from '../../functions/application/erase.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { OnboardingClosedError, OnboardingNotFoundError } from '../../functions/domain/errors.ts';
import { factsOf } from '../../functions/domain/onboarding/approvals.ts';
import { requestToCustomer } from '../../functions/domain/onboarding/transitions/ask-customer.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { linkHash } from '../../functions/store/keys.ts';
import { sirenOf } from '../store/bench.ts';
import { canary, secretiveAnswers, secretiveIntake } from '../support/canaries.ts';
import { evidence } from '../support/evidence.ts';
import { pageOf } from '../support/page-of.ts';
import { customer, newToken, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

/** The key that the tasks of the bench have. */
const links = keyedLinks(new Uint8Array(32));
let bench: TaskBench;
let started = 500;

beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const dependencies = () => ({ ...bench, links });

async function everything(): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await bench.documents.send(
      new ScanCommand({ TableName: bench.tableName, ExclusiveStartKey: from, ConsistentRead: true }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

async function sendEverything(): Promise<void> {
  for (const entry of await bench.store.outbox.pending(500)) await bench.store.outbox.done(entry);
}

/** An organisation that has said all it can: a draft, answers, a second contact and link, a typed reason. */
async function talkative(): Promise<string> {
  started += 1;
  const given = {
    ...secretiveIntake,
    siren: sirenOf(started),
    group: 'groupe-canari',
    scope: 'Cabinet de M. Canarivert',
  };
  const request = { scope: 'erase', key: String(started), body: JSON.stringify(given) };
  const reference = await startOnboarding(bench, request, given, operator);
  await bench.run('QualifyProspect', { reference, run: 1 });
  await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  await savePage(bench, reference, pageOf('E', secretiveAnswers), customer);
  await changeContact(
    dependencies(),
    reference,
    { contactName: 'Alex Canarinoir', contactEmail: 'Alex.Canarinoir@client.example' },
    operator,
  );
  await submitAnswers(bench, reference, secretiveAnswers, customer);
  await bench.run('AssignReadinessTier', { reference, run: 1 });
  return reference;
}

async function eventsOf(reference: string): Promise<readonly string[]> {
  return (await bench.store.onboardings.events(reference)).map(({ type }) => type);
}

it('leaves no personal data in any item of the table', async () => {
  const reference = await talkative();
  await withdraw(bench, reference, 'Mme Canaribleu a changé de poste', customer);
  await sendEverything();
  expect(JSON.stringify(await everything())).toMatch(canary);

  const proof = await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);

  const items = await everything();
  expect(items.filter((item) => canary.test(JSON.stringify(item)))).toEqual([]);
  const texts = JSON.stringify(items);
  for (const generation of [1, 2]) {
    expect(texts).not.toContain(linkHash(await links.token(reference, generation)));
  }
  expect(items.filter(({ pk }) => /^(?:MAIL|NAME|LINK)#/.test(String(pk)))).toEqual([]);
  expect(items.filter(({ ownerPk }) => String(ownerPk).includes('sales@'))).toEqual([]);
  expect(proof.kinds).toEqual([
    ...[
      'ANSWER',
      'CONTACT',
      'LINK',
      'MAIL_LOOK_UP',
      'NAME',
      'NAME_LOOK_UP',
      'OWNER',
      'REASON',
      'REQUEST_DIGEST',
      'RESULT',
    ],
    'SUBMISSION',
  ]);
});

it('erases what an operator has written to the customer, which no event repeats', async () => {
  const reference = await talkative();
  const { state } = await bench.store.onboardings.now(reference);
  await bench.store.onboardings.change<void>(reference, async (snapshot) => ({
    result: undefined,
    change: {
      ...requestToCustomer({ questions: ['B2'], message: 'Mme Canarirose répondra' }, {}, bench.clock.now()),
      event: { type: 'REVIEW_REQUESTED', actor: operator, data: { review: 'readiness' } },
      to: snapshot.state.stage,
    },
  }));
  expect((await bench.store.dossiers.request(state.reference))?.message).toMatch(canary);
  await withdraw(bench, reference, 'une raison', customer);
  const proof = await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  expect(proof.kinds).toContain('REQUEST');
  expect(await bench.store.dossiers.request(reference)).toBeUndefined();
});

it('keeps the history whole, with its proof, and what statistics need', async () => {
  const reference = await talkative();
  await withdraw(bench, reference, 'une raison', customer);
  const before = await bench.store.onboardings.now(reference);
  const proof = await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  expect(await verifyErasure(bench, reference)).toEqual({
    ...{ proof, remaining: [], digestHolds: true, chainHolds: true, erased: true },
  });
  const { state } = await bench.store.onboardings.now(reference);
  const { siren, tier, score, conditions, outcome, eligibility } = before.state;
  expect(state).toMatchObject({ siren, tier, score, conditions, outcome, eligibility, stage: 'CLOSED' });
  const events = await bench.store.onboardings.events(reference);
  expect(events.map(({ type }) => type).slice(-3)).toEqual([
    'WITHDRAWN',
    'ERASURE_ASKED',
    'PERSONAL_DATA_ERASED',
  ]);
  expect(events.at(-1)).toMatchObject({
    actor: operator,
    data: { digest: proof.digest, reason: 'asked_by_person' },
  });
  expect(events.every(({ reason }) => reason === undefined)).toBe(true);
});

it('closes an open onboarding first, wakes its run and sends no mail', async () => {
  const reference = await talkative();
  await sendEverything();
  await eraseOnboarding(dependencies(), reference, 'entered_by_mistake', operator);
  const { state } = await bench.store.onboardings.now(reference);
  expect([state.stage, state.outcome]).toEqual(['CLOSED', 'WITHDRAWN']);
  expect(await bench.store.starts.actives(state.siren)).toEqual([]);
  const messages = (await bench.store.outbox.pending(50)).flatMap((entry) => entry.messages);
  expect(messages.map(({ kind }) => kind)).not.toContain('mail');
  expect(messages).toContainEqual(expect.objectContaining({ kind: 'event', type: 'OnboardingClosed' }));
});

it('returns the same proof when called again', async () => {
  const reference = await talkative();
  const first = await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  const events = await eventsOf(reference);
  expect(await eraseOnboarding(dependencies(), reference, 'entered_by_mistake', operator)).toEqual(first);
  expect(await eventsOf(reference)).toEqual(events);
});

it('erases once when called twice at once', async () => {
  const reference = await talkative();
  const ask = () => eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(one).toEqual(other);
  expect((await eventsOf(reference)).filter((type) => type === 'PERSONAL_DATA_ERASED')).toHaveLength(1);
});

it('is finished by the next call after a crash at any call of the table', async () => {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await talkative();
      died = await bench.dies({ call: calls, when }, () =>
        eraseOnboarding(dependencies(), reference, 'asked_by_person', operator),
      );
      const { state } = await bench.store.onboardings.now(reference);
      // Once it is asked for, the retention job finishes it; before that, the operator has seen it fail.
      if (state.erasure === undefined) {
        await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
      } else if (state.erasure.doneAt === undefined) await finishErasure(dependencies(), reference);
      expect(await verifyErasure(bench, reference), `death ${when} call ${calls}`).toMatchObject({
        erased: true,
      });
      expect((await eventsOf(reference)).filter((type) => type === 'PERSONAL_DATA_ERASED')).toHaveLength(1);
      await sendEverything();
    }
  }
  expect(calls).toBeGreaterThan(8);
  expect((await everything()).filter((item) => canary.test(JSON.stringify(item)))).toEqual([]);
});

it('finds and removes a page that was saved during the erasure', async () => {
  const reference = await talkative();
  const draft = await bench.store.dossiers.draft(reference);
  await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  // First answers: those that were erased cannot be saved again by who has seen them.
  const before = { version: 0, saved: new Map(), isWhole: false };
  if (draft !== undefined) await bench.store.dossiers.saveAnswers(reference, before, draft.saved);
  expect(await verifyErasure(bench, reference)).toMatchObject({ erased: false, remaining: ['ANSWER'] });
  await finishErasure(dependencies(), reference);
  expect(await verifyErasure(bench, reference)).toMatchObject({ erased: true });
  expect((await bench.store.onboardings.events(reference)).at(-1)).toMatchObject({
    ...{ type: 'ERASURE_CHECKED', data: { cameBack: ['ANSWER'] } },
  });
  const events = await eventsOf(reference);
  await finishErasure(dependencies(), reference);
  expect(await eventsOf(reference)).toEqual(events);
});

it('detects a proof that does not match the remaining data', async () => {
  const reference = await talkative();
  await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  const intake = await bench.store.dossiers.intake(reference);
  await bench.documents.send(
    new PutCommand({
      TableName: bench.tableName,
      Item: { pk: `ONB#${reference}`, sk: 'INTAKE', ...intake, contactName: 'Somebody' },
    }),
  );
  expect(await verifyErasure(bench, reference)).toMatchObject({ erased: false, digestHolds: false });
});

it('refuses an unknown onboarding, and every other change of an erased one', async () => {
  await expect(eraseOnboarding(dependencies(), '2C3D-4F5X', 'asked_by_person', operator)).rejects.toThrow(
    OnboardingNotFoundError,
  );
  const reference = await talkative();
  await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  await expect(clearCondition(bench, reference, 'DPIA_MISSING', evidence, operator)).rejects.toThrow(
    OnboardingClosedError,
  );
  await expect(withdraw(bench, reference, 'again', operator)).rejects.toThrow();
});

it('leaves nothing of what somebody typed who asked for a second person', async () => {
  const reference = await talkative();
  const now = await bench.store.onboardings.now(reference);
  const approval = {
    ...({ id: `${reference}-9`, kind: 'override', review: 'confirmation', decision: 'override' } as const),
    ...({ conditions: [], by: operator, reason: 'Mme Canaribleu est partie', status: 'waiting' } as const),
    ...{ askedAt: '2026-11-27T08:00:00.000Z', until: '2026-12-04T17:00:00.000Z', facts: factsOf(now) },
  };
  await bench.store.onboardings.apply(now, {
    event: { type: 'RESUMED', actor: operator },
    effects: [{ kind: 'put_approval', approval }],
  });
  await withdraw(bench, reference, 'over', customer);
  await sendEverything();
  const { kinds } = await eraseOnboarding(dependencies(), reference, 'asked_by_person', operator);
  expect(kinds).toContain('APPROVAL');
  expect((await verifyErasure(dependencies(), reference)).erased).toBe(true);
  const own = (await everything()).filter(({ pk }) => pk === `ONB#${reference}`);
  expect(own.filter((item) => canary.test(JSON.stringify(item)))).toEqual([]);
});
