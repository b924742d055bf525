import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideReview } from '../../functions/application/decide-review.ts';
import { lookAfterConditions } from '../../functions/application/look-after-conditions.ts';
import { invitePerson, revokePerson } from '../../functions/application/people.ts';
import { remindPeople } from '../../functions/application/remind-people.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { askToTalk } from '../../functions/application/talk.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { respondent } from '../../functions/domain/onboarding/people.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { type Member, team } from '../support/people.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import {
  assessed,
  customer,
  invited,
  newToken,
  openTaskBench,
  operator,
  type TaskBench,
} from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
});
afterEach(() => bench.close());

const asking = { actor: customer, by: respondent };

/** Names people at an instant; their ids are P1, P2... in that order. */
async function name(reference: string, ...named: readonly Member[]): Promise<void> {
  const dependencies = { ...bench, links: keyedLinks(new Uint8Array(32)) };
  for (const member of named) await invitePerson(dependencies, reference, team[member], asking);
}

async function invitedWith(at: string, ...named: readonly Member[]): Promise<string> {
  bench.clock.set(at);
  const reference = await invited(bench);
  await name(reference, ...named);
  return reference;
}

async function remindersOf(reference: string): Promise<readonly (readonly string[])[]> {
  const events = await bench.store.onboardings.events(reference);
  return events
    .filter(({ type }) => type === 'PERSON_REMINDED')
    .map(({ at, data }) => [JSON.stringify(data).match(/P\d+/)?.[0] ?? '', at.slice(0, 10)]);
}

/** The gates' run of each of these afternoons. */
async function afternoons(from: string, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    bench.clock.set(new Date(Date.parse(`${from}T13:10:00.000Z`) + day * 86_400_000).toISOString());
    expect((await remindPeople(bench)).failures).toEqual([]);
  }
}

describe('someone who was named for a part', () => {
  it('is reminded after 14, 28 and 42 days, on the working day before where that is none, and no more', async () => {
    // Fourteen days later is a Friday, then Christmas, then the Friday after New Year.
    const reference = await invitedWith('2026-11-27T10:00:00.000Z', 'dpo');
    await afternoons('2026-11-27', 80);
    expect(await remindersOf(reference)).toEqual([
      ['P1', '2026-12-11'],
      ['P1', '2026-12-24'],
      ['P1', '2027-01-08'],
    ]);
  });

  it('is reminded of what an operator asks again, from then on, until it is changed or confirmed', async () => {
    bench.clock.set('2026-11-23T08:00:00.000Z');
    const reference = await assessed(bench, { B2: 'unknown' });
    await name(reference, 'ciso', 'dpo');
    await afternoons('2026-11-24', 40);
    await bench.run('AskForReview', { reference, run: 1, review: 'readiness', token: newToken() });
    const asked = { questions: ['B2'], message: 'Please check.' };
    const decision = { kind: 'readiness', decision: 'ask_customer', reason: 'in doubt', ...asked } as const;
    await decideReview(bench, reference, decision, operator);
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
    await afternoons('2027-01-04', 30);
    // Two weeks after the request; whoever is asked nothing is left alone.
    expect(await remindersOf(reference)).toEqual([
      ['P1', '2027-01-15'],
      ['P1', '2027-01-29'],
    ]);
    const byCiso = { kind: 'customer', id: 'P1' } as const;
    await savePage(bench, reference, { questions: ['B2'], given: { B2: 'no' } }, byCiso);
    await afternoons('2027-02-03', 30);
    expect(await remindersOf(reference)).toHaveLength(2);
  });

  it('is not reminded while the contact talks first', async () => {
    const reference = await invitedWith('2026-11-27T10:00:00.000Z', 'dpo');
    await askToTalk(bench, reference, undefined, customer);
    await afternoons('2026-11-27', 50);
    expect(await remindersOf(reference)).toEqual([]);
  });

  it('is reminded before a weekend in the night of which the clocks change', async () => {
    const reference = await invitedWith('2027-03-14T10:00:00.000Z', 'dpo');
    bench.clock.set('2027-03-26T06:00:00.000Z');
    await remindPeople(bench);
    expect(await remindersOf(reference)).toEqual([]);
    await afternoons('2027-03-25', 6);
    // Good Friday is a working day; the Monday after it is not.
    expect(await remindersOf(reference)).toEqual([['P1', '2027-03-26']]);
  });

  it('is left alone once their part is answered, or after an answer of theirs for 14 more days', async () => {
    const reference = await invitedWith('2026-11-27T10:00:00.000Z', 'dpo', 'ciso');
    const { B9, B10, B11 } = plainAnswers;
    const byDpo = { kind: 'customer', id: 'P1' } as const;
    const byCiso = { kind: 'customer', id: 'P2' } as const;
    bench.clock.set('2026-12-08T10:00:00.000Z');
    await savePage(bench, reference, { questions: ['B9', 'B10', 'B11'], given: { B9, B10, B11 } }, byDpo);
    await savePage(bench, reference, { questions: ['B3'], given: { B3: plainAnswers.B3 } }, byCiso);
    await afternoons('2026-12-09', 20);
    expect(await remindersOf(reference)).toEqual([['P2', '2026-12-22']]);
  });

  it('is not reminded as a deputy, once revoked, or of an onboarding that has ended', async () => {
    const reference = await invitedWith('2026-11-27T10:00:00.000Z', 'deputy', 'dpo');
    await revokePerson(bench, reference, 'P2', asking);
    const other = await invitedWith('2026-11-27T10:00:00.000Z', 'dpo');
    await withdraw(bench, other, 'over', customer);
    await afternoons('2026-12-09', 20);
    expect([await remindersOf(reference), await remindersOf(other)]).toEqual([[], []]);
    expect(await bench.store.people.firstLook()).toBeUndefined();
  });

  it('is reminded once, whatever call of the table it dies at, and whoever calls', async () => {
    for (let call = 1, died = true; died; call += 1) {
      const reference = await invitedWith('2026-11-27T10:00:00.000Z', 'dpo');
      bench.clock.set('2026-12-11T13:00:00.000Z');
      died = await bench.dies({ call, when: 'after' }, async () => {
        const { failures } = await remindPeople(bench);
        if (failures.length > 0) throw failures[0];
      });
      await Promise.all([remindPeople(bench), remindPeople(bench)]);
      expect(await remindersOf(reference), `death at call ${call}`).toEqual([['P1', '2026-12-11']]);
      await bench.close();
      bench = await openTaskBench();
    }
  });
});

describe('the reminder of a condition', () => {
  const facts = { B9: ['art9'], B9b: 'under_10k', B11: 'not_done' } as const;

  async function mailsOf(reference: string) {
    const pending = await bench.store.outbox.pending(100);
    return pending
      .filter((entry) => entry.reference === reference)
      .flatMap(({ messages }) => messages)
      .filter((message) => message.kind === 'mail' && message.template.endsWith('reminder'));
  }

  it('goes to its owner’s own link where they were named, and to the contact where they were not', async () => {
    for (const [member, to] of [
      ['dpo', { to: 'person', person: 'P1' }],
      ['ciso', { to: 'customer' }],
    ] as const) {
      bench.clock.set('2026-11-23T08:00:00.000Z');
      const reference = await assessed(bench, facts);
      await name(reference, member);
      bench.clock.set('2027-01-08T10:00:00.000Z');
      await Promise.all([lookAfterConditions(bench), lookAfterConditions(bench)]);
      expect(await mailsOf(reference)).toEqual([
        { kind: 'mail', template: 'condition_reminder', conditions: ['DPIA_MISSING'], ...to },
      ]);
    }
  });

  it('goes to the contact again once the owner’s access was revoked', async () => {
    bench.clock.set('2026-11-23T08:00:00.000Z');
    const reference = await assessed(bench, facts);
    await name(reference, 'dpo');
    await revokePerson(bench, reference, 'P1', asking);
    bench.clock.set('2027-01-08T10:00:00.000Z');
    await lookAfterConditions(bench);
    expect(await mailsOf(reference)).toMatchObject([{ to: 'customer' }]);
  });
});
