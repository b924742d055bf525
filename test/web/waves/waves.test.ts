import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { rankedAs, rankOf } from '../../../functions/domain/waves/rank.ts';
import { filesOf, firstViewBytes, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, confirmForm, sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let cast: ReturnType<typeof castOf>;

beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

const why = ['reason', 'Équipe en renfort'] as const;

async function bookedWave(): Promise<{ reference: string; wave: string }> {
  const reference = await cast.answered();
  const { booking } = await trial.runtime.store.onboardings.now(reference);
  return { reference, wave: booking?.wave ?? '' };
}

function wave(day: string, month: string, more: readonly (readonly [string, string])[] = []) {
  return [
    ['site', 'paris'],
    ['kind', 'MIGRATION'],
    ['cutover.day', day],
    ['cutover.month', month],
    ['cutover.year', '2027'],
    ['customers', '3'],
    ['points', '1 000'],
    ['complex', '1'],
    ['growthReason', 'Deuxième équipe'],
    ...more,
  ] as const;
}

describe('the calendar', () => {
  it('shows the load of each wave as text, by site', async () => {
    const { wave: id } = await bookedWave();
    const page = await (await operator.get('/waves')).text();
    expect(page).toContain(`href="/waves/${id}"`);
    expect(textOf(page)).toMatch(/Clients : 1 sur \d/);
    expect([...page.matchAll(/<h2>(Paris|Sud)<\/h2>/g)]).toHaveLength(2);
  });

  it('shows the same waves as a list, as months and as their load, each at an address of its own', async () => {
    const query = 'site=paris&kind=MIGRATION&state=OPEN&from=01/04/2027&to=30 juin 2027';
    const waves = ['paris-2027-04-06', 'paris-2027-05-04', 'paris-2027-06-01', 'paris-2027-06-29'];
    for (const view of ['list', 'month', 'load']) {
      const page = await (await operator.get(`/waves?view=${view}&${query}`)).text();
      const links = [...page.matchAll(/href="\/waves\/((?:prep-)?(?:paris|sud)-[^"/]+)"/g)];
      expect(
        links.map(([, id]) => id),
        view,
      ).toEqual(waves);
      const menu = [...page.matchAll(/href="(\/waves[^"]*)"[^>]*>(?:Liste|Calendrier|Charge)</g)];
      expect(
        menu.map(([, to = '']) => to.includes('kind=MIGRATION')),
        view,
      ).toEqual([true, true, true]);
      expect(page.includes('<svg aria-hidden="true"'), view).toBe(view === 'load');
    }
    const months = await (await operator.get(`/waves?view=month&${query}`)).text();
    expect([...months.matchAll(/<caption>([^<]*)/g)].map(([, name]) => name)).toEqual([
      'avril 2027',
      'mai 2027',
      'juin 2027',
    ]);
    expect(textOf(months)).toContain('8 férié');
    const load = textOf(await (await operator.get(`/waves?view=load&${query}`)).text());
    expect(load).toMatch(/Points d’effort : 0 sur 90, 90 libres/);
  });

  it('goes from one period to the next, and says what it cannot read', async () => {
    const page = await (await operator.get('/waves')).text();
    expect(textOf(page)).toContain('Du 1er octobre 2026 au 31 décembre 2027');
    // The calendar has no wave beyond: there is nothing to go to.
    expect(textOf(page)).not.toMatch(/Période (?:suivante|précédente)/);
    const part = await (await operator.get('/waves?from=2027-04-01&to=2027-06-30')).text();
    const addressOf = (label: string) =>
      new RegExp(`href="([^"]+)">${label}`).exec(part)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const next = textOf(await (await operator.get(addressOf('Période suivante'))).text());
    expect(next).toContain('Du 1er juillet 2027 au 30 juin 2028');
    const before = textOf(await (await operator.get(addressOf('Période précédente'))).text());
    expect(before).toContain('Du 1er avril 2026 au 31 mars 2027');
    const wrong = await operator.get('/waves?from=31/02/2027&to=2026-01-01&site=mars&kind=TEA');
    expect([wrong.status, textOf(await wrong.text())]).toEqual([
      200,
      expect.stringMatching(/cette date n’existe pas/),
    ]);
    const backwards = await operator.get('/waves?from=2027-05-01&to=2027-04-01');
    expect(textOf(await backwards.text())).toContain('la valeur est en contradiction avec « Du »');
  });

  it('accepts a new wave, and explains why it refuses another', async () => {
    const made = await confirmForm(operator, '/waves/new', wave('16', '3', [why]));
    expect([made.status, made.headers.get('Location')]).toEqual([303, '/waves/paris-2027-03-16']);
    const history = textOf(await (await operator.get('/waves/paris-2027-03-16')).text());
    expect(history).toMatch(/Vague ajoutée.*Équipe en renfort/);
    for (const [day, month, words, status, year] of [
      ['16', '3', 'a déjà une vague', 409],
      ['1', '5', 'férié', 422],
      ['15', '7', 'gel de la plateforme', 422],
      ['4', '3', 'jours fériés connus de 2022 à 2035', 422, '2036'],
    ] as const) {
      const dated = wave(day, month).filter(([name]) => name !== 'cutover.year');
      const answer = await sendForm(operator, '/waves/new', [...dated, ['cutover.year', year ?? '2027']]);
      const page = await answer.text();
      expect([answer.status, textOf(page).includes(words)]).toEqual([status, true]);
      expect(page).toContain('value="1 000"');
    }
    const past = await sendForm(operator, '/waves/new', [
      ...wave('16', '3').filter(([name]) => name !== 'cutover.year'),
      ['cutover.year', '2026'],
    ]);
    expect([past.status, textOf(await past.text()).includes('Le 16 mars 2026 est passé')]).toEqual([
      422,
      true,
    ]);
    const near = wave('1', '12').filter(([name]) => name !== 'cutover.year' && name !== 'kind');
    const soon = [...near, ['cutover.year', '2026'], ['kind', 'PILOT']] as const;
    const refused = await sendForm(operator, '/waves/new', soon);
    expect([
      refused.status,
      textOf(await refused.text()).includes('Choisissez le 6 janvier 2027 ou'),
    ]).toEqual([422, true]);
    await confirmForm(operator, '/waves/new', [...soon, ['state', 'PLANNED']]);
    const shown = textOf(await (await operator.get('/waves/paris-2026-12-01')).text());
    expect(shown).toContain('délai dépassé, plus aucun client ne peut y être placé');
    const zero = wave('2', '4').filter(([name]) => name !== 'cutover.year' && name !== 'points');
    const none = await sendForm(operator, '/waves/new', [...zero, ['cutover.year', '2027'], ['points', '0']]);
    expect(problemsOf(await none.text()).links.map(({ id }) => id)).toEqual(['field-points']);
    const empty = await sendForm(operator, '/waves/new', []);
    expect(problemsOf(await empty.text()).links.map(({ id }) => id)).toEqual([
      'field-site',
      'field-kind',
      'field-cutover',
      'field-customers',
      'field-points',
      'field-complex',
    ]);
  });
});

it('the page that cancels the only pilot before other waves says so, and which is first then', async () => {
  const text = async (id: string) => textOf(await (await operator.get(`/waves/${id}/cancellation`)).text());
  expect(await text('sud-2027-02-09')).toMatch(
    /Aucune vague pilote ne précède plus les autres du site\. La première est alors la vague du 9 mars 2027 \(Sud\)/,
  );
  expect(await text('sud-2027-03-09')).not.toContain('vague pilote');
});

describe('a series of waves', () => {
  const asked = [
    ['sites', 'paris'],
    ['sites', 'sud'],
    ['kind', 'MIGRATION'],
    ['from.day', '21'],
    ['from.month', '12'],
    ['from.year', '2027'],
    ['everyWeeks', '2'],
    ['count', '3'],
    ['customers', '3'],
    ['points', '60'],
    ['complex', '1'],
  ] as const;

  it('shows every date first, those that are excluded before the others, and adds the rest', async () => {
    const asks = await sendForm(operator, '/waves/series', asked);
    const page = await asks.text();
    expect([asks.status, await htmlFaults(page)]).toEqual([200, []]);
    expect(textOf(page)).toMatch(
      /2 à ajouter, 0 qui existe déjà, 4 exclues.*gel de la plateforme.*À ajouter/,
    );
    const { store } = trial.runtime;
    await expect(store.waves.get('sud', 'sud-2028-01-18')).rejects.toThrow('No wave');
    const done = await confirmForm(operator, '/waves/series', asked);
    expect(textOf(await done.text())).toContain('2 ajoutées, 0 qui existe déjà, 4 exclues');
    const { items } = await store.waves.history('sud-2028-01-18', { limit: 5 });
    expect(items.map(({ actor }) => actor.id)).toEqual(['op']);
    const again = await sendForm(operator, '/waves/series', asked);
    expect(textOf(await again.text())).toContain('0 à ajouter, 2 qui existent déjà, 4 exclues');
    const whole = asked.map(([name, value]) => [name, name === 'count' ? '1' : value] as const);
    const plain = whole.map(
      ([name, value]) => [name, name === 'from.day' ? '1' : name === 'from.month' ? '2' : value] as const,
    );
    const later = plain.map(([name, value]) => [name, name === 'from.year' ? '2028' : value] as const);
    const led = await confirmForm(operator, '/waves/series', later);
    expect([led.status, led.headers.get('Location')]).toEqual([303, '/waves?from=2028-02-01']);
    expect(textOf(await (await operator.get('/waves?from=2028-02-01')).text())).toContain('sont ajoutées');
  });

  it('begins with the kind, the site and the capacity of a wave that exists', async () => {
    const page = await (await operator.get('/waves/sud-2027-06-29')).text();
    const path = '/waves/series?template=sud-2027-06-29';
    expect(page).toContain(`href="${path}"`);
    const shown = await (await operator.get(path)).text();
    expect(shown.match(/<input [^>]*(?:checked|value="180")[^>]*>/g)).toHaveLength(4);
    expect((await operator.get('/waves/series?template=mars-2027-06-29')).status).toBe(404);
  });

  it('names each field that is wrong', async () => {
    const empty = await sendForm(operator, '/waves/series', []);
    expect(problemsOf(await empty.text()).links.map(({ id }) => id)).toEqual([
      'field-sites',
      'field-kind',
      'field-from',
      'field-everyWeeks',
      'field-count',
      'field-customers',
      'field-points',
      'field-complex',
    ]);
    const wrong = asked.map(([name, value]) => [name, name === 'everyWeeks' ? '0' : value] as const);
    expect(textOf(await (await sendForm(operator, '/waves/series', wrong)).text())).toContain(
      'indiquez de 1 à 52',
    );
    const many = asked.map(([name, value]) => [name, name === 'count' ? '40' : value] as const);
    expect(textOf(await (await sendForm(operator, '/waves/series', many)).text())).toContain(
      'compterait 80 vagues',
    );
  });
});

describe('a wave', () => {
  it('refuses a capacity below its bookings, and accepts a larger one', async () => {
    const { wave: id } = await bookedWave();
    const path = `/waves/${id}/capacity`;
    const below = await sendForm(operator, path, [
      why,
      ['customers', '0'],
      ['points', '0'],
      ['complex', '0'],
    ]);
    const page = await below.text();
    expect([
      below.status,
      textOf(page).includes('inférieure à ce qui est réservé (clients, points d’effort'),
    ]).toEqual([409, true]);
    expect(await htmlFaults(page)).toEqual([]);
    const few = [why, ['customers', '3'], ['points', '1'], ['complex', '1']] as const;
    const points = problemsOf(await (await sendForm(operator, path, few)).text());
    expect(points.links.map(({ id: field }) => field)).toEqual(['field-points']);
    const more = await confirmForm(operator, path, [
      why,
      ['customers', '30'],
      ['points', '2 000'],
      ['complex', '9'],
      ['growthReason', 'Deuxième équipe'],
    ]);
    expect(more.status).toBe(303);
    const { capacity } = await trial.runtime.store.waves.get('paris', id);
    expect(capacity).toEqual({ customers: 30, points: 2000, complex: 9 });
  });

  it('is frozen and reopened, but not frozen twice', async () => {
    const path = '/waves/sud-2027-05-04/state';
    const state = async () => (await trial.runtime.store.waves.get('sud', 'sud-2027-05-04')).state;
    expect((await confirmForm(operator, path, [why, ['transition', 'freeze']])).status).toBe(303);
    expect(await state()).toBe('FROZEN');
    expect((await confirmForm(operator, path, [why, ['transition', 'freeze']])).status).toBe(422);
    // As over the API: no one loses anything by it.
    const page = await (await operator.get(path)).text();
    expect(textOf(page)).toMatch(/Motif \(facultatif\)/);
    expect((await confirmForm(operator, path, [['transition', 'reopen']])).status).toBe(303);
    expect(await state()).toBe('OPEN');
  });

  it('is not reopened without room for anyone: the field of the form says so', async () => {
    const { store } = trial.runtime;
    const stored = await store.waves.get('sud', 'sud-2027-10-19');
    const empty = { customers: 0, points: 0, complex: 0 };
    await store.waves.replace(stored, { ...stored, state: 'FROZEN', capacity: empty });
    const path = '/waves/sud-2027-10-19/state';
    const refused = await sendForm(operator, path, [['transition', 'reopen']]);
    const problems = problemsOf(await refused.text());
    expect(refused.status).toBe(422);
    expect(new Set(problems.links.map(({ id }) => id))).toEqual(new Set(['field-transition']));
    const now = await store.waves.get('sud', 'sud-2027-10-19');
    await store.waves.replace(now, { ...now, state: 'OPEN', capacity: stored.capacity });
  });

  it('shows what a change does before it is confirmed, and keeps who made it and why', async () => {
    const { wave: id } = await bookedWave();
    const path = `/waves/${id}/state`;
    const without = await sendForm(operator, path, [['transition', 'freeze']]);
    expect(problemsOf(await without.text()).links.map(({ id: field }) => field)).toEqual(['field-reason']);
    const asked = await sendForm(operator, path, [why, ['transition', 'freeze']]);
    const shown = await asked.text();
    expect(await htmlFaults(shown)).toEqual([]);
    expect(textOf(shown)).toMatch(/Ce que cela change.*gard.* place.*à confirmer par le client/);
    expect((await trial.runtime.store.waves.get('paris', id)).state).toBe('OPEN');
    expect((await confirmForm(operator, path, [why, ['transition', 'freeze']])).status).toBe(303);
    const page = textOf(await (await operator.get(`/waves/${id}`)).text());
    expect(page).toMatch(/Figée.*Exploitation.*op.*Équipe en renfort/);
    await confirmForm(operator, path, [why, ['transition', 'reopen']]);
    const english = textOf(await (await operator.get(`/waves/${id}?lang=en`)).text());
    expect(english).toMatch(/Reopened.*Frozen.*Wave added/);
    await operator.get(`/waves/${id}?lang=fr`);
  });

  it('that another operator has changed meanwhile is shown as it is, with all that was typed', async () => {
    const path = '/waves/sud-2027-09-21/capacity';
    const { store } = trial.runtime;
    const read = await store.waves.get('sud', 'sud-2027-09-21');
    const fields = [why, ['customers', '11'], ['points', '222'], ['complex', '5']] as const;
    const stale = [...fields, ['version', String(read.version)]] as const;
    const other = { actor: { kind: 'operator', id: 'another' }, reason: 'Gel avancé' } as const;
    await store.waves.replace(read, { ...read, state: 'FROZEN' }, other);
    const answer = await sendForm(operator, path, stale);
    const page = await answer.text();
    expect([answer.status, await htmlFaults(page)]).toEqual([409, []]);
    expect(textOf(page)).toMatch(/modifiée entre-temps.*La vague à présent.*Figée.*another.*Gel avancé/);
    expect([page.includes('value="222"'), page.includes('Équipe en renfort')]).toEqual([true, true]);
    expect((await confirmForm(operator, path, fields)).status).toBe(303);
    expect((await store.waves.get('sud', 'sud-2027-09-21')).capacity.points).toBe(222);
    const now = await store.waves.get('sud', 'sud-2027-09-21');
    await store.waves.replace(now, { ...now, state: 'DONE' });
    const over = await sendForm(operator, path, stale, path);
    expect([over.status, (await over.text()).includes('<pre>Équipe en renfort</pre>')]).toEqual([409, true]);
  });

  it('changes its date while no one has booked it, with the days of its gates shown first', async () => {
    const path = '/waves/sud-2027-10-19/date';
    const day = (value: string) =>
      [why, ['cutover.day', value], ['cutover.month', '10'], ['cutover.year', '2027']] as const;
    expect(textOf(await (await sendForm(operator, path, day('20'))).text())).toMatch(
      /Décision go\/no-go.*19 octobre 2027/,
    );
    expect((await confirmForm(operator, path, day('20'))).status).toBe(303);
    expect((await trial.runtime.store.waves.get('sud', 'sud-2027-10-19')).cutover).toBe('2027-10-20');
    expect((await sendForm(operator, path, day('40'))).status).toBe(422);
    const { wave: id } = await bookedWave();
    expect((await operator.get(`/waves/${id}/date`)).status).toBe(409);
  });

  it('is cancelled only after its impact was shown and confirmed, and its customers are placed in other waves', async () => {
    const { reference, wave: id } = await bookedWave();
    const path = `/waves/${id}/cancellation`;
    const shown = await (await operator.get(path)).text();
    expect(shown).toContain(reference);
    expect(textOf(shown)).toMatch(/\d+ clients? perd(ent)? cette date/);
    expect((await sendForm(operator, path, [])).status).toBe(422);
    const stale = await sendForm(operator, path, [why, ['confirmed', 'yes'], ['booked', '0']]);
    expect([stale.status, textOf(await stale.text()).includes('ont changé entre-temps')]).toEqual([
      422,
      true,
    ]);
    expect((await sendForm(operator, path, [why, ['confirmed', 'yes']])).status).toBe(303);
    await trial.runtime.clock.settled();
    const { booking, state } = await trial.runtime.store.onboardings.now(reference);
    expect([state.stage, booking?.wave === id]).toEqual(['WAVE_HELD', false]);
    expect((await operator.get(path)).status).toBe(409);
  });

  it('that is running lists the cutovers that keep it from finishing, and finishes once they are recorded', async () => {
    const { reference, wave: id } = await bookedWave();
    const { store } = trial.runtime;
    const open = await store.waves.get('paris', id);
    const offers = async (path: string) => (await operator.get(path)).text();
    expect(await offers(`/waves/${id}/state`)).not.toContain('value="start"');
    await store.waves.replace(open, { ...open, state: 'RUNNING' });
    const shown = await offers(`/waves/${id}`);
    expect([shown.includes(`href="/operations/${reference}"`), shown.includes(`/waves/${id}/state`)]).toEqual(
      [true, false],
    );
    expect(textOf(shown)).toContain('La vague pourra être terminée une fois enregistrée la bascule de');
    expect(textOf(shown)).toMatch(/sont enregistrées État : Non rempli Constat : \d+ à enregistrer/);
    expect(await htmlFaults(shown)).toEqual([]);
    for (const one of (await store.waves.bookedIn(id, { limit: 50 })).items)
      await withdraw(trial.runtime, one, 'test', system);
    const finish = await confirmForm(operator, `/waves/${id}/state`, [why, ['transition', 'finish']]);
    expect(finish.status).toBe(303);
    expect((await store.waves.get('paris', id)).state).toBe('DONE');
    const over = textOf(await offers(`/waves/${id}`));
    expect([over.includes('Critères de sortie'), over.includes('se termine d’elle-même')]).toEqual([
      true,
      false,
    ]);
  });

  it('of preparation is not cancelled while places are taken', async () => {
    const low = { D1: 1, D2: 1, D3: 1, D4: 1, D5: 1, D6: 1, D7: 1, D8: 1, D9: 1 } as const;
    const reference = await cast.answered(low);
    const { preparation } = await trial.runtime.store.onboardings.now(reference);
    const id = preparation?.wave ?? '';
    expect(textOf(await (await operator.get(`/waves/${id}`)).text())).toContain('1 sur 20');
    expect((await operator.get(`/waves/${id}/cancellation`)).status).toBe(409);
  });
});

describe('the waiting list', () => {
  it('shows who is waiting, why, and the criterion of each position', async () => {
    const never = { E2: [{ from: '2027-01-01', to: '2028-12-31' }] };
    const [first, second] = [await cast.answered(never), await cast.answered(never)];
    const page = await (await operator.get('/waves/waiting-list')).text();
    expect([page.includes(first), page.includes(second)]).toEqual([true, true]);
    expect(textOf(page)).toContain('Le calendrier ne comporte pas encore de vague possible');
    expect(textOf(page)).toContain('Critère de priorité : référence');
    expect(await htmlFaults(page)).toEqual([]);
  });

  it.each([
    { hardDeadline: '2027-05-01', requirementLevel: 'MANDATORY', tier: 'READY', score: 87.5 },
    { requirementLevel: 'NOT_REQUIRED', tier: 'CONDITIONAL', score: null },
  ] as const)('reads back the components of a rank: %o', (given) => {
    const entry = { ...given, reference: 'K7F4-M3XJ', requestedOn: '2026-11-23' };
    expect(rankedAs(rankOf(entry), entry.reference)).toEqual(entry);
    expect(rankedAs('x', entry.reference)).toBeUndefined();
  });
});

describe('every page of operations', () => {
  it.each(['fr', 'en'] as const)('is valid HTML, light, and has one heading, in %s', async (language) => {
    const reference = await cast.answered({ B2: 'unknown' });
    const failed = await cast.invited();
    await cast.note(failed, 'failure');
    const paths = [
      '/operations',
      '/operations?stage=IN_REVIEW',
      '/operations/search',
      '/waves',
      '/waves?view=month',
      '/waves?view=load&site=paris&from=01/03/2027&to=2027-06-30',
      '/waves?from=jamais&state=DONE',
      '/waves/new',
      '/waves/series',
      '/waves/waiting-list',
      ...['', '/review', '/resumption', '/contact', '/conditions/EXIT_PLAN_REQUIRED'].map(
        (act) => `/operations/${reference}${act}`,
      ),
      ...['', '/capacity', '/date', '/state', '/cancellation'].map((act) => `/waves/sud-2027-06-29${act}`),
      `/operations/${failed}`,
    ];
    for (const path of paths) {
      const address = new URL(path, 'http://page.invalid');
      address.searchParams.set('lang', language);
      const page = await (await operator.get(`${address.pathname}${address.search}`)).text();
      expect(await htmlFaults(page), path).toEqual([]);
      expect(page.match(/<h1/g), path).toHaveLength(1);
      expect(page, path).toContain(`<html lang="${language}">`);
      expect(firstViewBytes(page), path).toBeLessThanOrEqual(20_000);
      expect(1 + filesOf(page).length, path).toBeLessThanOrEqual(4);
    }
    const stuck = await (await operator.get('/operations?lang=fr')).text();
    expect(stuck.indexOf(failed)).toBeLessThan(stuck.indexOf(reference));
    const resumed = await sendForm(operator, `/operations/${failed}/resumption`, [['reason', 'réparé']]);
    expect(resumed.status).toBe(303);
    await trial.runtime.clock.settled();
    expect(await cast.stageOf(failed)).toBe('INVITED');
  });

  it('clears a condition only with evidence', async () => {
    const reference = await cast.answered({ A6: 'yes', A6b: 'yes' });
    const path = `/operations/${reference}/conditions/EXIT_PLAN_REQUIRED`;
    expect(await (await operator.get(`/operations/${reference}`)).text()).toContain(`href="${path}"`);
    expect((await sendForm(operator, path, [])).status).toBe(422);
    const evidence = (title: string): [string, string][] => [
      ['title', title],
      ['reference', 'REG-42'],
      ['keptBy', 'Bureau des projets'],
      ...([
        ['date.day', '4'],
        ['date.month', '11'],
        ['date.year', '2026'],
      ] as [string, string][]),
    ];
    const done = await sendForm(operator, path, evidence('pièce 42'));
    expect([done.status, done.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
    expect(textOf(await (await operator.get(`/operations/${reference}`)).text())).toContain('pièce 42');
    const twice = await sendForm(operator, path, evidence('pièce 43'));
    expect([twice.status, (await twice.text()).includes('<li>pièce 43</li>')]).toEqual([409, true]);
    expect((await operator.get(`/operations/${reference}/conditions/DPIA_MISSING`)).status).toBe(404);
  });
});
