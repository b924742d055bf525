import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { keys } from '../../functions/store/keys.ts';
import { add, type Cost, openBench, referenceOf, type StoreBench, sirenOf, stateOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const page = { limit: 5 };

/** Fills the table up to a number of onboardings, all alike. */
async function grow(from: number, upTo: number): Promise<void> {
  const numbers = Array.from({ length: upTo - from }, (_, index) => from + index);
  for (let start = 0; start < numbers.length; start += 25) {
    await Promise.all(
      numbers.slice(start, start + 25).map(async (number) => {
        const reference = await add(
          bench.store,
          stateOf(number, { name: `Commune ${referenceOf(number)}`, stage: 'SUBMITTED' }),
          { contactEmail: `${number}@client.example` },
          [{ kind: 'wake' }],
        );
        const now = await bench.store.onboardings.now(reference);
        await bench.store.onboardings.apply(now, {
          to: 'WAITING_LIST',
          event: { type: 'WAITING', actor: system, data: { because: 'WAVE_FULL' } },
          wait: {
            ...({ id: 'slot@2', kind: 'slot', openedAt: '2026-11-23T08:00:00.000Z' } as const),
            ...{ activeAt: '2026-11-23T08:00:00.000Z', until: '2026-11-30T08:00:00.000Z', reminders: 0 },
          },
          effects: [{ kind: 'join_waiting_list', rank: referenceOf(number) }],
        });
      }),
    );
  }
}

/** Every question of the table but those whose answer is a list without pages. */
function questions(): Readonly<Record<string, () => Promise<unknown>>> {
  const { onboardings, dossiers, lists, starts, waitingList, outbox, waves, links } = bench.store;
  const reference = referenceOf(3);
  return {
    now: () => onboardings.now(reference),
    events: () => onboardings.events(reference),
    intake: () => dossiers.intake(reference),
    draft: () => dossiers.draft(reference),
    'by stage': () => lists.byStage('WAITING_LIST', page),
    'by owner': () => lists.byOwner('sales@platform.example', page),
    'by team': () => lists.byTeam('state', page),
    'by name': () => lists.byName('commune', page),
    'by SIREN': () => lists.bySiren(sirenOf(3), page),
    'by mail': () => lists.byMail('3@client.example', page),
    overdue: () => lists.overdue('2027-01-01T00:00:00.000Z', page),
    active: () => starts.active(sirenOf(3)),
    earlier: () => bench.store.requests.earlier({ scope: 'test', key: reference, body: sirenOf(3) }),
    waiting: () => waitingList.page({ limit: 5 }),
    outbox: () => outbox.page(keys.outbox('dispatch', '', reference, 1).pk, { limit: 1 }),
    'set aside': () => outbox.aside({ limit: 5 }),
    calendar: () => waves.calendar(['paris', 'sud']),
    booked: () => waves.bookedIn('paris-2027-03-09', page),
    link: () => links.find('a token'),
  };
}

async function costs(): Promise<Record<string, Cost>> {
  const found: Record<string, Cost> = {};
  for (const [question, ask] of Object.entries(questions())) found[question] = await bench.costOf(ask);
  return found;
}

it('answers every question with 500 onboardings by reading no more than with 10', async () => {
  await grow(0, 10);
  const few = await costs();
  await grow(10, 500);
  const many = await costs();
  expect(many).toEqual(few);
  expect(few['now']).toMatchObject({ requests: 1, items: 2 });
  expect(few['by stage']).toMatchObject({ requests: 2, items: 10 });
});

it('asks for a scan nowhere', () => {
  const folder = join(import.meta.dirname, '../../functions');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(sources.length).toBeGreaterThan(50);
  const scanning = sources.filter((file) =>
    /ScanCommand|paginateScan|\bdynamodb:Scan\b|\.scan\(/i.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(scanning).toEqual([]);
});
