import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeContact, resendInvitation, revokeLink } from '../../functions/application/change-contact.ts';
import {
  countLinkMail,
  countLinkSentAgain,
  LinkMailedTooOftenError,
} from '../../functions/domain/onboarding/link-mails.ts';
import { hour, minute, second } from '../../functions/domain/time.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { operator, runtimeWith, sales, start } from './bench.ts';

const noon = new Date('2026-11-24T11:00:00Z');
const later = (milliseconds: number) => new Date(noon.getTime() + milliseconds);
const sentAfter = (...moments: readonly number[]) => moments.map((moment) => later(moment).toISOString());

/** The refusal of a mail. */
function refusalOf(send: () => unknown): LinkMailedTooOftenError {
  try {
    send();
  } catch (error) {
    if (error instanceof LinkMailedTooOftenError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('The link sent again', () => {
  it('is refused within a minute of the last mail, and says how long to wait', () => {
    const sent = countLinkSentAgain(undefined, noon);
    const refusal = refusalOf(() => countLinkSentAgain(sent, later(18 * second)));
    expect(refusal.retryAfter).toBe(42);
    expect(refusal.text.fr).toContain('Attendez 42 s');
    expect(refusal.text.en).toContain('Wait 42 s');
    expect(countLinkSentAgain(sent, later(minute))).toHaveLength(2);
  });

  it('is refused an eleventh time in 24 hours, and says from when it is possible', () => {
    let sent: readonly string[] | undefined;
    for (let count = 0; count < 10; count += 1) sent = countLinkSentAgain(sent, later(count * hour));
    const refusal = refusalOf(() => countLinkSentAgain(sent, later(10 * hour + 1)));
    expect(refusal.retryAfter).toBe(14 * 3_600);
    expect(refusal.text.fr).toMatch(/10 fois en 24 heures.*à partir du 25 novembre 2026 à 12 h,/);
    expect(refusal.text.en).toMatch(/10 times in 24 hours.*25 November 2026/);
    expect(countLinkSentAgain(sent, later(24 * hour))).toHaveLength(10);
  });

  it('keeps no instant older than a day', () => {
    expect(countLinkMail(sentAfter(-25 * hour, -24 * hour, -23 * hour), noon)).toEqual(
      sentAfter(-23 * hour, 0),
    );
  });
});

describe('A link mailed to a corrected address', () => {
  it('may follow at once, but counts among the ten of a day', () => {
    let sent: readonly string[] | undefined;
    for (let count = 0; count < 10; count += 1) sent = countLinkMail(sent, later(count));
    expect(refusalOf(() => countLinkMail(sent, later(10))).text.en).toContain('10 times');
    expect(refusalOf(() => countLinkSentAgain(sent, later(hour))).text.en).toContain('10 times');
  });
});

describe('Requests to send the link', () => {
  let runtime: Runtime;
  let number = 0;
  beforeAll(async () => {
    runtime = await runtimeWith();
  });
  afterAll(() => runtime.close());

  function started(): Promise<string> {
    number += 1;
    return start(runtime, number);
  }
  async function invited(): Promise<string> {
    const reference = await started();
    await runtime.clock.settled();
    return reference;
  }
  const resend = (reference: string) => resendInvitation(runtime, reference, 'lost', sales);

  it('pass once when several come at the same moment', async () => {
    const reference = await invited();
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => resend(reference)));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(3);
    for (const reason of refused) expect(reason).toBeInstanceOf(LinkMailedTooOftenError);
    const events = await runtime.store.onboardings.events(reference);
    expect(events.filter(({ type }) => type === 'INVITATION_SENT_AGAIN')).toHaveLength(1);
  });

  it('are counted for each onboarding on its own', async () => {
    const [one, other] = [await invited(), await invited()];
    await resend(one);
    await resend(other);
    await expect(resend(one)).rejects.toThrow(LinkMailedTooOftenError);
  });

  it('are counted across a new address and a revoked link, and possible again on the next day', async () => {
    const reference = await invited();
    for (let count = 0; count < 10; count += 1) {
      await changeContact(runtime, reference, { contactEmail: `ada${count}@client.example` }, sales);
    }
    await revokeLink(runtime, reference, 'lost', operator);
    await expect(
      changeContact(runtime, reference, { contactEmail: 'eve@client.example' }, sales),
    ).rejects.toThrow(LinkMailedTooOftenError);
    await expect(resend(reference)).rejects.toThrow(LinkMailedTooOftenError);
    await runtime.clock.jumpTo(new Date(runtime.clock.now().getTime() + 24 * hour));
    await resend(reference);
    expect((await runtime.store.onboardings.now(reference)).state.linkMails).toHaveLength(1);
  });

  it('do not count a contact changed before the first invitation, which mails nothing', async () => {
    const reference = await started();
    await changeContact(runtime, reference, { contactName: 'Yan Autre' }, sales);
    expect((await runtime.store.onboardings.now(reference)).state.linkMails).toBeUndefined();
    await runtime.clock.settled();
  });
});
