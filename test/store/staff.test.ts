import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, hour } from '../../functions/domain/time.ts';
import { keys } from '../../functions/store/keys.ts';
import { staffKeptDays } from '../../functions/store/staff.ts';
import { openBench, type StoreBench } from './bench.ts';

let bench: StoreBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const ada = { subject: 'ada', name: 'Ada', mail: 'ada@platform.example', roles: ['operator'] } as const;
const eve = { subject: 'eve', name: 'Ève', mail: 'eve@platform.example', roles: ['sales'] } as const;

type Member = Parameters<StoreBench['store']['staff']['signedIn']>[0];

function signIn(member: Omit<Member, 'roles'> & { readonly roles: readonly Member['roles'][number][] }) {
  return bench.store.staff.signedIn({ ...member, roles: [...member.roles] }, bench.clock.now());
}

function pass(milliseconds: number): void {
  bench.clock.set(new Date(bench.clock.now().getTime() + milliseconds).toISOString());
}

const listed = async () =>
  (await bench.store.staff.operators(bench.clock.now())).map(({ subject }) => subject);

it('lists those who signed in as operators, by name, with one query', async () => {
  await signIn({ ...ada, subject: 'zoe', name: 'Zoé', mail: 'zoe@platform.example' });
  await signIn(ada);
  await signIn(eve);
  await signIn({ ...eve, subject: 'émile', name: 'Émile', roles: ['sales', 'operator'] });
  expect(await listed()).toEqual(['ada', 'émile', 'zoe']);
  expect(await bench.costOf(listed)).toMatchObject({ requests: 1 });
});

/** Whether each sign-in was written, beside being looked up. */
async function written(...signIns: readonly Parameters<typeof signIn>[0][]): Promise<readonly boolean[]> {
  const result: boolean[] = [];
  for (const each of signIns) result.push((await bench.costOf(() => signIn(each))).requests > 1);
  return result;
}

it('writes once a day, and whenever something has changed', async () => {
  expect(await written(ada)).toEqual([true]);
  pass(hour);
  expect(await written(ada)).toEqual([false]);
  const named = { ...ada, name: 'Ada Martin' };
  const both = { ...named, roles: ['operator', 'sales'] } as const;
  expect(await written(named, both, { ...both, roles: ['sales', 'operator'] })).toEqual([true, true, false]);
  pass(day);
  expect(await written(both, both)).toEqual([true, false]);
});

it('leaves out who is no operator any more, and notes no one without a role', async () => {
  expect(await written({ ...ada, roles: [] }, ada, { ...ada, roles: [] })).toEqual([false, true, true]);
  expect(await listed()).toEqual([]);
});

it('is by date, whether or not the item was deleted, that someone is left out', async () => {
  await signIn(ada);
  pass(staffKeptDays * day - 1);
  expect(await listed()).toEqual(['ada']);
  const { Items: [item] = [] } = await bench.documents.send(new ScanCommand({ TableName: bench.tableName }));
  expect(item?.['expiresAt']).toBe(Math.ceil((bench.clock.now().getTime() + 1) / 1_000));
  pass(1);
  expect(await listed()).toEqual([]);
});

it('lists an account that was made anew once, and reads more than a page', async () => {
  await signIn(ada);
  pass(1);
  await signIn({ ...ada, subject: 'ada-2' });
  expect(await bench.store.staff.operators(bench.clock.now())).toMatchObject([
    { subject: 'ada-2', earlier: ['ada'] },
  ]);
  await Promise.all(
    Array.from({ length: 210 }, (_, index) =>
      signIn({ ...ada, subject: `op-${index}`, mail: `op-${index}@platform.example` }),
    ),
  );
  expect(await listed()).toHaveLength(211);
});

it('leaves out one that this release cannot read, and writes it again at the next sign-in', async () => {
  const item = { ...keys.staffMember('ada'), subject: 'ada', person: { name: 'Ada' } };
  await bench.documents.send(new PutCommand({ TableName: bench.tableName, Item: item }));
  expect(await listed()).toEqual([]);
  await signIn(ada);
  expect(await listed()).toEqual(['ada']);
});
