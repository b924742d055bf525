import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordUndeliveredMail } from '../../functions/application/change-contact.ts';
import { erasePerson } from '../../functions/application/own-person.ts';
import {
  invitePerson,
  resendPersonLink,
  revokePerson,
  revokePersonAsOperator,
} from '../../functions/application/people.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { isActive, respondent } from '../../functions/domain/onboarding/people.ts';
import { minute } from '../../functions/domain/time.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { secretiveAnswers } from '../support/canaries.ts';
import { pageOf } from '../support/page-of.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, invited, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

const links = keyedLinks(new Uint8Array(32));
const dependencies = () => ({ ...bench, links });
const named = {
  role: 'invitee',
  office: 'dpo',
  sections: [],
  name: 'Noa Canarijaune',
  email: 'Noa.Canarijaune@client.example',
} as const;

const asking = (reference: string) =>
  ({ actor: { kind: 'customer', id: reference }, by: respondent }) as const;
const invite = (reference: string) => invitePerson(dependencies(), reference, named, asking(reference));

async function eventsOf(reference: string, type: string): Promise<number> {
  return (await bench.store.onboardings.events(reference)).filter((event) => event.type === type).length;
}

/** Every item of the table that has to do with an onboarding. */
async function everything(reference: string): Promise<string> {
  const { Items = [] } = await bench.documents.send(
    new ScanCommand({ TableName: bench.tableName, ConsistentRead: true }),
  );
  return Items.map((item) => JSON.stringify(item))
    .filter((item) => item.includes(reference))
    .join('\n');
}

/** Runs an act again that a refusal of its own may answer: the first one was carried out. */
async function repeat(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
  }
}

interface Case {
  readonly act: string;
  readonly before: (reference: string) => Promise<unknown>;
  readonly run: (reference: string) => Promise<unknown>;
  readonly event: string;
}
const cases: readonly Case[] = [
  { act: 'an invitation', before: async () => undefined, run: invite, event: 'PERSON_INVITED' },
  {
    act: 'a revocation',
    before: invite,
    run: (reference) => revokePerson(dependencies(), reference, 'P1', asking(reference)),
    event: 'PERSON_REVOKED',
  },
  {
    act: 'a revocation by an operator',
    before: invite,
    run: (reference) => revokePersonAsOperator(bench, reference, 'P1', 'left', operator),
    event: 'PERSON_REVOKED',
  },
  {
    act: 'an erasure by the person',
    before: async (reference) => {
      await invite(reference);
      await savePage(bench, reference, pageOf('E', secretiveAnswers), customer);
    },
    run: (reference) => erasePerson(bench, reference, 'P1'),
    event: 'PERSON_ERASED',
  },
];

describe('an act on a person', () => {
  it.each(cases)(
    '$act happens once, whatever call of the table it dies at',
    async ({ before, run, event }) => {
      let calls = 0;
      for (let died = true; died; ) {
        calls += 1;
        for (const when of ['before', 'after'] as const) {
          const reference = await invited(bench);
          await before(reference);
          died = await bench.dies({ call: calls, when }, () => run(reference));
          await repeat(() => run(reference));
          const where = `death ${when} call ${calls}`;
          expect(await eventsOf(reference, event), where).toBe(1);
          const people = await bench.store.people.of(reference);
          expect([people.length, people.filter(isActive).length], where).toEqual([
            1,
            event === 'PERSON_INVITED' ? 1 : 0,
          ]);
        }
      }
      expect(calls).toBeGreaterThan(2);
    },
  );

  it.each([
    ['invitation', invite, 'PERSON_INVITED'],
    [
      'revocation',
      (reference: string) => revokePerson(dependencies(), reference, 'P1', asking(reference)),
      'PERSON_REVOKED',
    ],
  ] as const)('an %s sent twice at the same moment happens once', async (_, run, event) => {
    const reference = await invited(bench);
    if (run !== invite) await invite(reference);
    await Promise.all([1, 2, 3].map(() => repeat(() => run(reference))));
    expect(await eventsOf(reference, event)).toBe(1);
    expect(await bench.store.people.of(reference)).toHaveLength(1);
  });

  it('gives ids of their own to persons who are named at the same moment, and loses none', async () => {
    const reference = await invited(bench);
    const numbers = [1, 2, 3, 4, 5];
    await Promise.all(
      numbers.map((number) =>
        invitePerson(
          dependencies(),
          reference,
          { ...named, name: `Un ${number}`, email: `un.${number}@client.example` },
          asking(reference),
        ),
      ),
    );
    const people = await bench.store.people.of(reference);
    expect(people.map(({ id }) => id)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
    expect(new Set(people.map(({ email }) => email)).size).toBe(5);
  });

  it('comes before each call of a revocation without undoing it', async () => {
    let calls = 0;
    for (let came = true; came; ) {
      calls += 1;
      const reference = await invited(bench);
      await invite(reference);
      const another = { ...named, name: 'Une Autre', email: 'une.autre@client.example' };
      came = await bench.between(
        calls,
        () => revokePerson(dependencies(), reference, 'P1', asking(reference)),
        () => invitePerson(dependencies(), reference, another, asking(reference)),
      );
      const people = await bench.store.people.of(reference);
      expect(people.map((person) => [person.id, isActive(person)])).toEqual([
        ['P1', false],
        ...(came ? [['P2', true]] : []),
      ]);
    }
    expect(calls).toBeGreaterThan(2);
  });
});

describe('the erasure by a person', () => {
  it('leaves neither name nor address in any item of the table, and what was answered in its place', async () => {
    const reference = await invited(bench);
    await invite(reference);
    const answers = { ...plainAnswers, E5: secretiveAnswers.E5 ?? plainAnswers.E5 };
    await savePage(bench, reference, pageOf('E', answers), customer);
    await savePage(
      bench,
      reference,
      { questions: ['B9'], given: { B9: ['ordinary'] } },
      { kind: 'customer', id: 'P1' },
    );
    await submitAnswers(bench, reference, answers, customer, { known: 'replace' });
    expect(await everything(reference)).toMatch(/canarijaune/i);
    await erasePerson(bench, reference, 'P1');
    expect(await everything(reference)).not.toMatch(/canarijaune/i);
    // The other contact is named still.
    expect(await everything(reference)).toMatch(/canarigris/i);
    expect(bench.logged.join('\n')).not.toMatch(/canarijaune/i);
    const submission = await bench.store.dossiers.submission(reference);
    expect(submission?.answers.B9).toEqual(plainAnswers.B9);
    expect(submission?.answers.E5?.projectManager).toEqual(secretiveAnswers.E5?.projectManager);
    const draft = await bench.store.dossiers.draft(reference);
    expect(draft?.saved.get('B9')?.by).toBe('P1');
    expect(draft?.saved.get('E5')?.value).toBeUndefined();
    expect(draft?.saved.get('E5')?.unfinished).toEqual({
      projectManager: secretiveAnswers.E5?.projectManager,
    });
  });
});

describe('a mail to a person that does not arrive', () => {
  it('shows at that person, once, until the link is sent again, and is none of the contact’s', async () => {
    const reference = await invited(bench);
    await invite(reference);
    const failed = { mail: 'a-mail', why: 'bounce', bounceType: 'Permanent' } as const;
    const isTo = (address: string) => address === named.email;
    const note = () => recordUndeliveredMail(bench, reference, failed, isTo);
    expect([await note(), await note()]).toEqual([true, false]);
    expect(await eventsOf(reference, 'PERSON_MAIL_NOT_DELIVERED')).toBe(1);
    expect((await bench.store.onboardings.now(reference)).state.mailBounced).toBeUndefined();
    expect((await bench.store.people.get(reference, 'P1'))?.mailBounced).toBe(true);
    bench.clock.set(new Date(bench.clock.now().getTime() + 2 * minute).toISOString());
    await resendPersonLink(bench, reference, 'P1', asking(reference));
    expect((await bench.store.people.get(reference, 'P1'))?.mailBounced).toBeUndefined();
    await revokePerson(dependencies(), reference, 'P1', asking(reference));
    expect(await note()).toBe(false);
  });
});
