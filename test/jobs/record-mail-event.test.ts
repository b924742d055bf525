import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeContact } from '../../functions/application/change-contact.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { formatReference, referenceByteCount } from '../../functions/domain/onboarding/reference.ts';
import { createHandler } from '../../functions/jobs/record-mail-event/handler.ts';
import { randomIds } from '../../functions/platform/ids.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import { emfMetrics } from '../../functions/platform/metrics.ts';
import type { TaskHandler } from '../../functions/platform/task.ts';
import { context, customer, invited, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

const links = keyedLinks(new Uint8Array(32));
let bench: TaskBench;
let handle: TaskHandler;
const logged: string[] = [];
const metrics: string[] = [];

beforeAll(async () => {
  bench = await openTaskBench();
  handle = createHandler({
    store: bench.store,
    logger: jsonLogger((line) => logged.push(line)),
    metrics: emfMetrics((line) => metrics.push(line), bench.clock),
  });
});
afterAll(() => bench.close());

interface Said {
  readonly type?: string;
  readonly bounce?: { readonly bounceType: string; readonly bounceSubType?: string };
  /** What the receiving server said of the address. */
  readonly recipient?: { readonly action: string; readonly status: string };
  readonly feedback?: string;
  readonly to?: string;
  readonly source?: string;
}

interface Detail {
  readonly bounce: Said['bounce'] | undefined;
  readonly feedback: string | undefined;
  readonly recipient: object;
  readonly to: string;
}

const detailOf: Readonly<Record<string, (said: Detail) => object>> = {
  Bounce: ({ bounce = { bounceType: 'Permanent' }, recipient, to }) => ({
    bounce: { bouncedRecipients: [{ emailAddress: to, ...recipient }], ...bounce },
  }),
  Complaint: ({ feedback = 'abuse', to }) => ({
    complaint: { complainedRecipients: [{ emailAddress: to }], complaintFeedbackType: feedback },
  }),
  Reject: () => ({ reject: { reason: 'Bad content' } }),
};

/** An event as SES gives it to EventBridge, with more in it than is used. */
function sesEvent(mail: string, said: Said) {
  const { type = 'Bounce', bounce, recipient = {}, feedback, to = '', source = 'aws.ses' } = said;
  return {
    ...{ version: '0', id: 'b1', 'detail-type': 'Email Bounced', source, account: '000000000000' },
    ...{ time: '2026-11-23T09:00:00Z', region: 'eu-west-3', resources: [] },
    detail: {
      eventType: type,
      mail: {
        ...{ timestamp: '2026-11-23T09:00:00.000Z', messageId: 'm1', destination: [to] },
        ...{
          commonHeaders: { subject: 'Bonjour' },
          tags: { 'ses:from-domain': ['platform.example'], mail: [mail] },
        },
      },
      ...detailOf[type]?.({ bounce, recipient, feedback, to }),
    },
  };
}

async function contactOf(reference: string): Promise<string> {
  return (await bench.store.dossiers.intake(reference)).contactEmail;
}

async function recorded(reference: string): Promise<readonly unknown[]> {
  const events = await bench.store.onboardings.events(reference);
  return events.filter(({ type }) => type === 'MAIL_NOT_DELIVERED').map(({ data }) => data);
}

async function ownerMails(reference: string): Promise<number> {
  const entries = (await bench.store.outbox.pending(500)).filter((entry) => entry.reference === reference);
  return entries
    .flatMap(({ messages }) => messages)
    .filter(
      (message) =>
        message.kind === 'mail' &&
        ['owner_mail_not_delivered', 'owner_mail_unwanted'].includes(message.template) &&
        message.to === 'owner',
    ).length;
}

it.each([
  ['a bounce for good', {}, { why: 'bounce', bounceType: 'Permanent' }],
  [
    'a full mailbox',
    { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } },
    { why: 'bounce', bounceType: 'Transient' },
  ],
  [
    'a bounce of an unknown kind',
    { bounce: { bounceType: 'New' } },
    { why: 'bounce', bounceType: 'Undetermined' },
  ],
  [
    'a refusal for good that SES calls transient',
    {
      bounce: { bounceType: 'Transient', bounceSubType: 'General' },
      recipient: { action: 'failed', status: '5.4.4' },
    },
    { why: 'bounce', bounceType: 'Permanent' },
  ],
  ['a complaint', { type: 'Complaint' }, { why: 'complaint' }],
  ['a mail that SES refused to send', { type: 'Reject' }, { why: 'reject' }],
])('makes %s visible and tells the owner, once however often it is delivered', async (_name, said, data) => {
  const reference = await invited(bench);
  const event = sesEvent(`${reference}-3-0`, { ...said, to: (await contactOf(reference)).toUpperCase() });
  await Promise.all([handle(event, context), handle(event, context)]);
  await handle(event, context);
  const { state } = await bench.store.onboardings.now(reference);
  expect(state).toMatchObject({ mailBounced: true, stage: 'INVITED' });
  expect(await recorded(reference)).toEqual([{ mail: `${reference}-3-0`, ...data }]);
  expect(await ownerMails(reference)).toBe(1);
});

it('ends when the contact changes, and an old bounce does not restore it', async () => {
  const reference = await invited(bench);
  const event = sesEvent(`${reference}-3-0`, { to: `Ada Martin <${await contactOf(reference)}>` });
  await handle(event, context);
  await changeContact({ ...bench, links }, reference, { contactName: 'Eve Martin' }, operator);
  await handle(event, context);
  expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBeUndefined();
  await changeContact({ ...bench, links }, reference, { contactEmail: 'eve@client.example' }, operator);
  await handle(sesEvent(`${reference}-4-0`, { to: 'ada@client.example' }), context);
  expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBeUndefined();
  await handle(sesEvent(`${reference}-5-0`, { to: 'eve@client.example' }), context);
  expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBe(true);
});

it('does not count about a former address, whatever the event', async () => {
  const reference = await invited(bench);
  const former = await contactOf(reference);
  await changeContact({ ...bench, links }, reference, { contactEmail: 'eve@client.example' }, operator);
  for (const type of ['Bounce', 'Complaint', 'Reject']) {
    await handle(sesEvent(`${reference}-3-0`, { type, to: former }), context);
  }
  expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBeUndefined();
  expect(await recorded(reference)).toEqual([]);
});

it('is recorded in full after a crash at any call of the table', async () => {
  for (let call = 1, died = true; died; call += 1) {
    const reference = await invited(bench);
    const event = sesEvent(`${reference}-3-0`, { to: await contactOf(reference) });
    died = await bench.dies({ call, when: 'after' }, () => handle(event, context));
    await handle(event, context);
    expect(await recorded(reference)).toHaveLength(1);
    expect(await ownerMails(reference)).toBe(1);
  }
});

describe('a mail to the account owner', () => {
  const gone = { bounce: { bounceType: 'Permanent' } };

  async function known(reference: string) {
    const events = await bench.store.onboardings.events(reference);
    return events.filter(({ type }) => type === 'OWNER_MAIL_NOT_DELIVERED').map(({ data }) => data);
  }

  it('that is refused for good turns answers to the operators, once however often it is reported', async () => {
    const reference = await invited(bench);
    const { owner } = (await bench.store.onboardings.now(reference)).state;
    const event = sesEvent(`${reference}-5-1`, { ...gone, to: owner.toUpperCase() });
    await Promise.all([handle(event, context), handle(event, context)]);
    await handle(event, context);
    const { state } = await bench.store.onboardings.now(reference);
    expect(state).toMatchObject({ ownerUnreachable: true });
    expect(state.mailBounced).toBeUndefined();
    expect(await known(reference)).toEqual([{ mail: `${reference}-5-1` }]);
    expect(await ownerMails(reference)).toBe(0);
  });

  it.each([
    ['a full mailbox', { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } }],
    ['a complaint', { type: 'Complaint' }],
  ])('changes nothing by %s: the address exists', async (_name, said) => {
    const reference = await invited(bench);
    const { owner } = (await bench.store.onboardings.now(reference)).state;
    await handle(sesEvent(`${reference}-5-1`, { ...said, to: owner }), context);
    expect((await bench.store.onboardings.now(reference)).state.ownerUnreachable).toBeUndefined();
  });
});

it('leaves a failed onboarding failed', async () => {
  const reference = await invited(bench);
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: {
      run: { status: 'failed', failedAt: '2026-11-23T08:00:00.000Z', error: 'ContractError' },
      event: {
        type: 'EXECUTION_FAILED',
        actor: operator,
        data: { run: 1, status: 'FAILED', error: 'ContractError' },
      },
    },
  }));
  await handle(sesEvent(`${reference}-3-0`, { to: await contactOf(reference) }), context);
  expect((await bench.store.onboardings.now(reference)).state).toMatchObject({
    ...{ stage: 'INVITED', run: { status: 'failed' }, mailBounced: true },
  });
});

it('changes nothing for mails to others, for closed onboardings, absence notes and deliveries', async () => {
  const reference = await invited(bench);
  const to = await contactOf(reference);
  const before = await bench.store.onboardings.now(reference);
  const id = `${reference}-3-0`;
  for (const event of [
    sesEvent(id, { to: 'someone.else@platform.example' }),
    sesEvent(id, { to, type: 'Delivery' }),
    sesEvent(id, { to, bounce: { bounceType: 'Transient', bounceSubType: 'General' } }),
    sesEvent(id, { to, bounce: { bounceType: 'Transient' } }),
    sesEvent(id, {
      ...{ to, bounce: { bounceType: 'Transient', bounceSubType: 'General' } },
      recipient: { action: 'delayed', status: '4.4.7' },
    }),
    sesEvent(id, { to, type: 'Complaint', feedback: 'not-spam' }),
  ]) {
    await handle(event, context);
  }
  expect(await bench.store.onboardings.now(reference)).toEqual(before);
  await withdraw(bench, reference, 'no need', customer);
  await handle(sesEvent(id, { to }), context);
  expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBeUndefined();
});

it.each([
  ['nothing', undefined],
  ['a text', 'Bounce'],
  ['an event of another source', sesEvent('2C3D-4F5X-1-0', { source: 'aws.states' })],
  ['a mail of another system', sesEvent('newsletter-12', {})],
  ['a reference that cannot be', sesEvent('AAAA-AAAA-1-0', {})],
  [
    'a reference that does not exist',
    sesEvent(`${formatReference(randomIds.bytes(referenceByteCount))}-1-0`, { to: 'ada@client.example' }),
  ],
  [
    'an event without tags',
    { source: 'aws.ses', detail: { eventType: 'Bounce', mail: { destination: [] } } },
  ],
])('ignores %s, and says so without its addresses', async (_name, event) => {
  logged.length = 0;
  metrics.length = 0;
  await handle(event, context);
  expect(logged.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ code: 'mail_event_ignored' }),
  ]);
  expect(logged.join('')).not.toMatch(/@|ada/i);
  expect(metrics).toEqual([]);
});
