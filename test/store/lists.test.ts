import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { close } from '../../functions/domain/onboarding/transitions/close.ts';
import { SearchTooShortError } from '../../functions/store/lists.ts';
import { CursorError, eachItem, type Page } from '../../functions/store/table.ts';
import { add, openBench, referenceOf, type StoreBench, sirenOf, stateOf } from './bench.ts';

let bench: StoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

type Listed = { readonly reference: string };

/** Every page of a list, one after the other. */
async function everyPage(
  list: (page: { limit: number; cursor?: string }) => Promise<Page<Listed>>,
  limit: number,
): Promise<string[]> {
  return Array.fromAsync(
    eachItem((page) => list({ limit, ...page })),
    ({ reference }) => reference,
  );
}

function names(page: Page<Listed>): string[] {
  return page.items.map(({ reference }) => reference);
}

const ten = { limit: 10 };

describe('lists by stage, owner and team', () => {
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  const inOrder = numbers.map(referenceOf);

  beforeAll(async () => {
    for (const number of numbers) {
      const at = new Date(Date.parse('2026-11-01T08:00:00.000Z') + number * 60_000).toISOString();
      await add(
        bench.store,
        stateOf(number, {
          stageSince: at,
          requestedAt: at,
          owner: 'paging@platform.example',
          team: 'paging',
        }),
      );
    }
  });

  it('pages through 60 onboardings of a stage, oldest first, without loss or repeat', async () => {
    expect(await everyPage((page) => bench.store.lists.byStage('REGISTERED', page), 7)).toEqual(inOrder);
  });

  it('pages through 60 onboardings of an owner and of a team, newest first', async () => {
    const newestFirst = inOrder.toReversed();
    expect(await everyPage((page) => bench.store.lists.byOwner('paging@platform.example', page), 13)).toEqual(
      newestFirst,
    );
    expect(await everyPage((page) => bench.store.lists.byTeam('paging', page), 60)).toEqual(newestFirst);
  });

  it('gives one full page and no more than was asked for', async () => {
    const page = await bench.store.lists.byTeam('paging', { limit: 25 });
    expect(page.items).toHaveLength(25);
    expect(page.cursor).toBeTypeOf('string');
  });

  it('refuses a cursor that is damaged, of another shape or of another list', async () => {
    const { cursor = '' } = await bench.store.lists.byTeam('paging', ten);
    const forged = [
      'not base64url!',
      cursor.slice(0, 20),
      Buffer.from('null').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('{"pk":"ONB#X","sk":7}').toString('base64url'),
      '',
    ];
    for (const damaged of forged) {
      await expect(bench.store.lists.byTeam('paging', { ...ten, cursor: damaged })).rejects.toThrow(
        CursorError,
      );
    }
    await expect(bench.store.lists.byTeam('another', { ...ten, cursor })).rejects.toThrow(CursorError);
    await expect(bench.store.lists.byStage('REGISTERED', { ...ten, cursor })).rejects.toThrow(CursorError);
  });

  it('moves an onboarding from one stage to the other, and to its new owner', async () => {
    const reference = await add(bench.store, stateOf(100, { stage: 'QUALIFYING', team: 'moved' }));
    const now = await bench.store.onboardings.now(reference);
    await bench.store.onboardings.apply(now, {
      to: 'INVITED',
      set: { owner: 'next@platform.example' },
      event: { type: 'INVITED', actor: system, data: { link: 1 } },
    });
    expect(names(await bench.store.lists.byStage('QUALIFYING', ten))).not.toContain(reference);
    expect(names(await bench.store.lists.byStage('INVITED', ten))).toEqual([reference]);
    expect(names(await bench.store.lists.byOwner('next@platform.example', ten))).toEqual([reference]);
    expect(names(await bench.store.lists.byTeam('moved', ten))).toEqual([reference]);
  });
});

describe('search', () => {
  it('finds a name by its beginning, whatever its case, accents, ligatures and punctuation', async () => {
    const written = {
      201: 'Économie solidaire',
      202: 'ECONOMIE SOLIDAIRE DU NORD',
      203: 'Œuvres universitaires',
      204: 'L’Agence, de l’eau',
    };
    for (const [number, name] of Object.entries(written)) {
      await add(bench.store, stateOf(Number(number), { name }));
    }
    for (const asked of ['economie', 'ÉCONOMIE  sol', 'éco']) {
      const found = names(await bench.store.lists.byName(asked, ten));
      expect(found.toSorted()).toEqual(['REF00201', 'REF00202']);
    }
    expect(names(await bench.store.lists.byName('economie solidaire du', ten))).toEqual(['REF00202']);
    expect(names(await bench.store.lists.byName('oeuvre', ten))).toEqual(['REF00203']);
    expect(names(await bench.store.lists.byName('Œuvre', ten))).toEqual(['REF00203']);
    expect(names(await bench.store.lists.byName("l'agence", ten))).toEqual(['REF00204']);
  });

  it('finds a name by the beginning of any of its words, with those that follow, once', async () => {
    const written = {
      291: 'Direction régionale de l’environnement',
      292: 'SA Régionale des eaux et des régions',
      293: 'SARL Environs',
    };
    for (const [number, name] of Object.entries(written)) {
      await add(bench.store, stateOf(Number(number), { name }));
    }
    const foundBy = async (asked: string) => names(await bench.store.lists.byName(asked, ten)).toSorted();
    expect(await foundBy('Régionale')).toEqual(['REF00291', 'REF00292']);
    expect(await foundBy('régio')).toEqual(['REF00291', 'REF00292']);
    expect(await foundBy('régionale de l’env')).toEqual(['REF00291']);
    expect(await foundBy('environ')).toEqual(['REF00291', 'REF00293']);
    expect(await foundBy('sa régionale')).toEqual(['REF00292']);
    // Not within a word, not in another order; small words and legal forms begin nothing.
    for (const asked of ['gionale', 'environnement direction', 'des régions']) {
      expect(await foundBy(asked), asked).toEqual([]);
    }
  });

  it('pages through names', async () => {
    for (let number = 210; number < 222; number += 1) {
      await add(bench.store, stateOf(number, { name: `Préfecture ${number}` }));
    }
    const found = await everyPage((page) => bench.store.lists.byName('prefecture', page), 5);
    expect(found).toEqual(Array.from({ length: 12 }, (_, index) => referenceOf(210 + index)));
  });

  it('refuses a search by fewer than three letters', async () => {
    await expect(bench.store.lists.byName(' é, ', ten)).rejects.toThrow(SearchTooShortError);
  });

  it('finds the onboardings of a mail address, whatever its case', async () => {
    await add(bench.store, stateOf(230), { contactEmail: 'Ada.Martin@Client.example' });
    await add(bench.store, stateOf(231), { contactEmail: 'ada.martin@client.EXAMPLE' });
    expect(names(await bench.store.lists.byMail('ADA.martin@client.example', ten))).toEqual([
      'REF00230',
      'REF00231',
    ]);
    expect(names(await bench.store.lists.byMail('da.martin@client.example', ten))).toEqual([]);
  });

  it('finds the active and the former onboardings of a SIREN', async () => {
    const first = await add(bench.store, stateOf(240));
    await bench.store.onboardings.change(first, async (now) => ({
      result: undefined,
      change: close(now, 'WITHDRAWN', { type: 'WITHDRAWN', actor: system }),
    }));
    expect(await bench.store.starts.active(sirenOf(240))).toBeUndefined();
    const second = await add(bench.store, stateOf(241, { siren: sirenOf(240) }));
    expect(await bench.store.starts.active(sirenOf(240))).toBe(second);
    expect(names(await bench.store.lists.bySiren(sirenOf(240), ten))).toEqual([second, first]);
  });
});

it('lists the waits that are past their date, and none that was decided', async () => {
  const until = ['2026-12-01', '2026-12-03', '2026-12-02', '2026-12-24'];
  for (const [index, day] of until.entries()) {
    const reference = await add(bench.store, stateOf(300 + index));
    const wait = {
      ...({ id: 'answers@1', kind: 'answers', openedAt: '2026-11-24T08:00:00.000Z' } as const),
      activeAt: '2026-11-24T08:00:00.000Z',
      until: `${day}T08:00:00.000Z`,
      reminders: 0,
      ...(index === 2 ? { decision: 'ANSWERED' } : {}),
    };
    expect(await bench.store.onboardings.putWait(reference, wait, undefined)).toBe(true);
  }
  expect(names(await bench.store.lists.overdue('2026-12-04T00:00:00.000Z', ten))).toEqual([
    'REF00300',
    'REF00301',
  ]);
});
