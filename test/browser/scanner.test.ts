import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFile, readNewestMail } from './acts.ts';
import { invite } from './invite.ts';
import { openPerson, type Person } from './person.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, type System, startSystem } from './system.ts';

const visits = 980;
const visitsInABrowser = 20;
/** How many a scanner keeps open at once. */
const atOnce = 20;

let stage: Stage;
let system: System;
beforeAll(async () => {
  [stage, system] = await Promise.all([openStage(), startSystem()]);
});
afterAll(async () => {
  await stage.close();
  await system.close();
});

/** Asks for the address again and again, by turns with HEAD and GET; gives how often each status came. */
async function scan(address: string): Promise<ReadonlyMap<number, number>> {
  const seen = new Map<number, number>();
  for (let done = 0; done < visits; done += atOnce) {
    const answers = await Promise.all(
      Array.from({ length: atOnce }, async (_, index) => {
        const answer = await fetch(address, { method: index % 2 === 0 ? 'HEAD' : 'GET' });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    for (const status of answers) seen.set(status, (seen.get(status) ?? 0) + 1);
  }
  return seen;
}

async function stateOf(reference: string) {
  const { state } = await system.runtime.store.onboardings.now(reference);
  return { version: state.version, stage: state.stage, link: state.link };
}

async function linkInMail(person: Person): Promise<string> {
  return (await person.page.getByRole('link', { name: /\/f\// }).getAttribute('href')) ?? '';
}

test('a thousand visits by mail scanners, some in a browser that runs scripts, leave the link alive', async () => {
  const customer = await openPerson(stage, system, { language: 'fr', script: true });
  const reference = await invite(system, 'fr');
  await readNewestMail(customer, prospect.contact);
  const link = await linkInMail(customer);
  const before = await stateOf(reference);

  expect(await scan(link)).toEqual(new Map([[200, visits]]));
  for (let visit = 0; visit < visitsInABrowser; visit++) {
    const scanner = await openPerson(stage, system, { language: 'en', script: true });
    expect(await scanner.open(link)).toBe(200);
    expect(await scanner.page.context().cookies()).toEqual([]);
    await scanner.leave();
  }

  expect(await stateOf(reference)).toEqual(before);
  await openFile(customer);
  expect(new URL(customer.page.url()).pathname).toBe('/questionnaire');
  await customer.leave();
});
