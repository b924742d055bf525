import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startApiUnderTest } from './api-under-test.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
const references: string[] = [];
const prospects = [
  { siren: '999000102', legalName: 'Éolienne du Nord', owner: 'ada@platform.example' },
  { siren: '999000375', legalName: 'Eolienne du Sud', owner: 'ada@platform.example' },
  { siren: '999000649', legalName: 'Banque fictive', owner: 'Bo@platform.EXAMPLE' },
  { siren: '999006851', legalName: 'Postes fictives', owner: 'ada@platform.example' },
];
beforeAll(async () => {
  api = await startApiUnderTest();
  for (const prospect of prospects) references.push(await api.start(prospect));
});
afterAll(() => api.runtime.close());

const page = z.object({
  items: z.array(z.object({ reference: z.string(), legalName: z.string() })),
  cursor: z.string().nullable(),
});

async function find(query: string) {
  return page.parse((await api.send('GET', `/onboardings?${query}`)).body);
}

async function names(query: string) {
  return (await find(query)).items.map(({ legalName }) => legalName).toSorted();
}

/** Walks through all pages. */
async function all(query: string): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 20; pages += 1) {
    const next: z.infer<typeof page> = await find(`${query}&cursor=${cursor}`);
    found.push(...next.items.map(({ reference }) => reference));
    cursor = next.cursor;
  }
  expect(cursor).toBeNull();
  return found;
}

describe('a search', () => {
  it.each([
    [
      'a reference, however it is written',
      () => `q=${references[2]?.toLowerCase().replace('-', '%20')}`,
      ['Banque fictive'],
    ],
    ['a SIREN', () => 'q=999%20000%20375', ['Eolienne du Sud']],
    ['the start of a name, without accents', () => 'q=eol', ['Eolienne du Sud', 'Éolienne du Nord']],
    ['an owner', () => 'owner=bo@platform.example', ['Banque fictive']],
    ['an owner, whatever its capitals', () => 'owner=BO@Platform.example', ['Banque fictive']],
    ['a stage', () => 'stage=IN_REVIEW', ['Postes fictives']],
    [
      'an owner and a stage',
      () => 'owner=ada@platform.example&stage=INVITED',
      ['Eolienne du Sud', 'Éolienne du Nord'],
    ],
    ['a name and an owner', () => 'q=ban&owner=ada@platform.example', []],
    ['parameters left empty', () => 'stage=&owner=&q=ban&cursor=&limit=', ['Banque fictive']],
    ['nobody', () => 'q=zzzz', []],
  ])('finds %s', async (_, query, found) => {
    expect(await names(query())).toEqual(found.toSorted());
  });

  it("finds an onboarding by the contact's address", async () => {
    expect(await names('q=camille@direction.example')).toHaveLength(prospects.length);
  });

  it.each(['', 'owner=ada@platform.example', 'q=eol', 'stage=INVITED', 'q=camille@direction.example'])(
    'gives each onboarding once over the pages of ?%s',
    async (query) => {
      const whole = (await find(`${query}&limit=100`)).items.map(({ reference }) => reference);
      expect(whole.length).toBeGreaterThan(1);
      for (const limit of [1, 2, 3]) expect(await all(`${query}&limit=${limit}`)).toEqual(whole);
    },
  );

  it('refuses the cursor of another search, and an invented one', async () => {
    const { cursor } = await find('stage=INVITED&limit=1');
    const other = await api.send('GET', `/onboardings?stage=CLOSED&cursor=${cursor}`);
    expect(other).toMatchObject({ status: 400, body: { errors: [{ pointer: '/cursor' }] } });
    const content = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')));
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of ['x', encode({}), encode({ pk: 'ONB#1', sk: 'x' }), encode([1])]) {
      const forged = encode({ ...content, after });
      const answer = await api.send('GET', `/onboardings?stage=INVITED&cursor=${forged}`);
      expect([after, answer.status]).toEqual([after, 400]);
    }
  });
});

describe('a search for failed runs', () => {
  it('finds them by run, and by the stage that a failed run was in the first release', async () => {
    const [reference = ''] = references;
    const { store, clock } = api.runtime;
    await store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        run: { status: 'failed', failedAt: clock.now().toISOString(), error: 'ContractError' },
        event: {
          type: 'EXECUTION_FAILED',
          actor: { kind: 'system', id: 'test' },
          data: { run: 1, status: 'FAILED', error: 'ContractError' },
        },
      },
    }));
    for (const query of [
      'run=failed',
      'stage=FAILED',
      `run=failed&q=${reference}`,
      'run=failed&stage=INVITED',
    ]) {
      expect(
        (await find(query)).items.map((found) => found.reference),
        query,
      ).toEqual([reference]);
    }
    expect((await find('run=failed&stage=CLOSED')).items).toEqual([]);
    const { body } = await api.send('GET', `/onboardings/${reference}`);
    expect(body).toMatchObject({
      stage: 'INVITED',
      ball: 'operator',
      run: { number: 1, status: 'failed', error: 'ContractError', errorClass: 'data', redriveCount: 0 },
    });
  });
});
