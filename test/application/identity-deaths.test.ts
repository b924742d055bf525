import type { WrittenKey } from '@onboarding/dynamodb-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForCode, checkCode } from '../../functions/application/identity.ts';
import { sendNewLink } from '../../functions/application/new-link.ts';
import {
  askForOrganisation,
  decideOrganisation,
  verifyByProConnect,
} from '../../functions/application/organisation.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { codeRules } from '../../functions/domain/onboarding/identity-code.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { writeUnits } from '../../tools/bench/capacity-units.ts';
import { customer, invited, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
const written: WrittenKey[] = [];
beforeAll(async () => {
  bench = await openTaskBench((keys) => written.push(...keys));
});
afterAll(() => bench.close());

const links = keyedLinks(new Uint8Array(32));
const dependencies = () => ({ ...bench, links });
const agency = '999001456';
const holderOf = (reference: string) => ({ reference, person: undefined, generation: 1 });
const shown = { idp: 'idp', secondFactor: true, sameAddress: false, person: undefined };

const codeOf = (reference: string) => bench.store.identityCodes.get(reference, undefined);
const ask = (reference: string) => askForCode(bench, holderOf(reference), customer);
async function rightCode(reference: string): Promise<string> {
  return links.code(reference, (await codeOf(reference))?.id ?? '');
}
async function wrongCode(reference: string): Promise<string> {
  return (await rightCode(reference)) === '000000' ? '111111' : '000000';
}
const check = (reference: string, code: string) =>
  checkCode(dependencies(), holderOf(reference), code, customer);
const askOwner = (reference: string) =>
  askForOrganisation(bench, reference, { siren: agency, person: undefined }, customer);
const decide = (reference: string, decision: 'accept' | 'refuse') =>
  decideOrganisation(bench, reference, { siren: agency, decision, reason: 'vu avec le client' }, operator);

async function count(reference: string, type: string): Promise<number> {
  return (await bench.store.onboardings.events(reference)).filter((event) => event.type === type).length;
}

/** Runs an act again that a refusal of its own may answer. */
async function repeat(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
  }
}

/** Lets an act die at each of its calls of the table, before and after it, in an onboarding of its own. */
async function atEachDeath(
  prepare: (reference: string) => Promise<unknown>,
  run: (reference: string) => Promise<unknown>,
  expectAfter: (reference: string, where: string) => Promise<void>,
): Promise<void> {
  let calls = 0;
  for (let died = true; died; ) {
    calls += 1;
    for (const when of ['before', 'after'] as const) {
      const reference = await invited(bench);
      await prepare(reference);
      died = await bench.dies({ call: calls, when }, () => run(reference));
      await repeat(() => run(reference));
      await expectAfter(reference, `death ${when} call ${calls}`);
    }
  }
  expect(calls).toBeGreaterThan(2);
}

describe('whatever call of the table it dies at', () => {
  it('a request for a code leaves one that is right, and counts those that were sent', async () => {
    await atEachDeath(
      async () => undefined,
      ask,
      async (reference, where) => {
        const sent = await count(reference, 'IDENTITY_CODE_SENT');
        expect([1, 2], where).toContain(sent);
        expect((await codeOf(reference))?.sent, where).toHaveLength(sent);
        await check(reference, await rightCode(reference));
        expect(await count(reference, 'CUSTOMER_VERIFIED'), where).toBe(1);
      },
    );
  });

  it('the right code verifies at most once, and leaves a way to go on', async () => {
    await atEachDeath(
      ask,
      async (reference) => check(reference, await rightCode(reference)),
      async (reference, where) => {
        expect(await count(reference, 'CUSTOMER_VERIFIED'), where).toBe(1);
        expect((await codeOf(reference))?.usedAt, where).toBeDefined();
        await expect(check(reference, await rightCode(reference)), where).rejects.toMatchObject({
          why: 'used',
        });
        await ask(reference);
        await check(reference, await rightCode(reference));
      },
    );
  });

  it('a wrong code is counted as a try, and verifies no one', async () => {
    await atEachDeath(
      ask,
      async (reference) =>
        check(reference, await wrongCode(reference)).catch((error: unknown) => {
          if (!(error instanceof BusinessError)) throw error;
        }),
      async (reference, where) => {
        const tries = (await codeOf(reference))?.tries ?? 0;
        expect([1, 2], where).toContain(tries);
        expect(await count(reference, 'CUSTOMER_VERIFIED'), where).toBe(0);
      },
    );
  });

  it('a sign-in with ProConnect is recorded, and no one of another organisation is', async () => {
    await atEachDeath(
      async () => undefined,
      async (reference) => {
        const { siren } = (await bench.store.onboardings.now(reference)).state;
        await verifyByProConnect(bench, reference, { ...shown, siren }, customer);
      },
      async (reference, where) => {
        expect([1, 2], where).toContain(await count(reference, 'CUSTOMER_VERIFIED'));
        const foreign = { ...shown, siren: agency };
        await expect(verifyByProConnect(bench, reference, foreign, customer), where).rejects.toMatchObject({
          code: 'foreign_organisation',
        });
      },
    );
  });

  it('a request to the account owner is made once', async () => {
    await atEachDeath(
      async () => undefined,
      askOwner,
      async (reference, where) => {
        expect(await count(reference, 'ORGANISATION_ASKED'), where).toBe(1);
      },
    );
  });

  it.each([
    ['accept', 'ORGANISATION_ACCEPTED'],
    ['refuse', 'ORGANISATION_REFUSED'],
  ] as const)('a decision to %s is made once', async (decision, event) => {
    await atEachDeath(
      askOwner,
      (reference) => decide(reference, decision),
      async (reference, where) => {
        expect(await count(reference, event), where).toBe(1);
        const { state } = await bench.store.onboardings.now(reference);
        expect(state.organisationsAsked, where).toBeUndefined();
        expect([state.acceptedSirens, state.organisationsRefused?.length], where).toEqual(
          decision === 'accept' ? [[agency], undefined] : [undefined, 1],
        );
      },
    );
  });

  it('a link that is asked for again leaves the link as it was', async () => {
    await atEachDeath(
      async () => undefined,
      async (reference) => {
        const { contactEmail } = await bench.store.dossiers.intake(reference);
        await sendNewLink(dependencies(), { email: contactEmail, reference });
      },
      async (reference, where) => {
        const { state } = await bench.store.onboardings.now(reference);
        expect([state.link, state.linkRevoked], where).toEqual([1, undefined]);
        // Asked for twice within a minute, it is mailed once.
        expect(await count(reference, 'INVITATION_SENT_AGAIN'), where).toBe(1);
      },
    );
  });
});

describe('at the same time', () => {
  it('one of several right codes verifies, and tries are counted to the last', async () => {
    const reference = await invited(bench);
    await ask(reference);
    const code = await rightCode(reference);
    await Promise.all(Array.from({ length: 4 }, () => repeat(() => check(reference, code))));
    expect(await count(reference, 'CUSTOMER_VERIFIED')).toBeLessThanOrEqual(1);
    const other = await invited(bench);
    await ask(other);
    const wrong = await wrongCode(other);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 8 }, () => repeat(() => check(other, wrong))));
    }
    expect((await codeOf(other))?.tries).toBeLessThanOrEqual(codeRules.tries);
  });

  it('requests of several tabs are one, and of two decisions the first counts', async () => {
    const reference = await invited(bench);
    await Promise.all([1, 2, 3].map(() => repeat(() => askOwner(reference))));
    expect(await count(reference, 'ORGANISATION_ASKED')).toBe(1);
    await Promise.allSettled([decide(reference, 'accept'), decide(reference, 'refuse')]);
    const decided = [
      await count(reference, 'ORGANISATION_ACCEPTED'),
      await count(reference, 'ORGANISATION_REFUSED'),
    ];
    expect(decided.toSorted()).toEqual([0, 1]);
    const { state } = await bench.store.onboardings.now(reference);
    expect(state.acceptedSirens?.includes(agency) ?? false).toBe(decided[0] === 1);
  });

  it('another code that comes between the calls of a try makes the first one void', async () => {
    let calls = 0;
    for (let came = true; came; ) {
      calls += 1;
      const reference = await invited(bench);
      await ask(reference);
      const code = await rightCode(reference);
      came = await bench.between(
        calls,
        () => repeat(() => check(reference, code)),
        () => ask(reference),
      );
      // The one that is there now is right, or the first one was used before it came.
      const now = await codeOf(reference);
      const verified = await count(reference, 'CUSTOMER_VERIFIED');
      expect(verified, `before call ${calls}`).toBeLessThanOrEqual(1);
      if (came && now?.usedAt === undefined) await check(reference, await rightCode(reference));
    }
    expect(calls).toBeGreaterThan(3);
  });
});

describe('the write units', () => {
  async function unitsOf(act: () => Promise<unknown>): Promise<number> {
    written.length = 0;
    await act();
    return written.reduce((sum, change) => sum + writeUnits(change), 0);
  }

  it('of a code that is sent and tried, and of a sign-in with ProConnect, are those of the decision record', async () => {
    const reference = await invited(bench, { bodyType: 'state_administration' });
    const { siren } = (await bench.store.onboardings.now(reference)).state;
    const units = {
      code: await unitsOf(() => ask(reference)),
      tried: await unitsOf(async () => check(reference, await rightCode(reference))),
      proConnect: await unitsOf(() => verifyByProConnect(bench, reference, { ...shown, siren }, customer)),
      asked: await unitsOf(() => askOwner(reference)),
      refused: await unitsOf(() => decide(reference, 'refuse')),
    };
    expect(units).toEqual({ code: 8, tried: 7, proConnect: 4, asked: 6, refused: 6 });
  });
});
