import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;

const names = ['Ada Martin', 'Ève Petit'] as const;

beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op-0', mail: 'op-0@platform.example' });
  const { store, clock } = trial.runtime;
  for (const [index, name] of names.entries()) {
    const member = { subject: `op-${index}`, name, mail: `op-${index}@platform.example` };
    await store.staff.signedIn({ ...member, roles: ['operator'] }, clock.now());
  }
});
afterAll(() => trial.close());

const id = 'paris-2027-02-09';
const path = `/waves/${id}/tasks/SCHEDULE`;
const page = async (address: string) => (await operator.get(address)).text();
const stored = (code: 'SCHEDULE' | 'FIRST_MEETING' = 'SCHEDULE') =>
  trial.runtime.store.gateTasks.get(id, code);

/** Entries of the form, each with the present value unless given. */
function filled(owner: string, done: 'yes' | 'no', note = '') {
  return [
    ['owner', owner],
    ['done', done],
    ['note', note],
  ] as const;
}

describe('the tasks of a wave', () => {
  it('are its gates, each with owner, state and a link to its page', async () => {
    const html = await page(`/waves/${id}`);
    expect(textOf(html)).toMatch(
      /Calendrier arrêté Date : 5 janvier 2027 Jours : J−35 Responsable : Adresse partagée de l’exploitation État : À faire Action : Gérer : Calendrier arrêté/,
    );
    expect(html.match(new RegExp(`href="/waves/${id}/tasks/`, 'g'))).toHaveLength(8);
    expect(await htmlFaults(html)).toEqual([]);
    expect(await page('/waves/prep-paris-2027-01-11')).not.toContain('/tasks/');
  });

  it('are taken over, ticked with a note and opened again, with their history', async () => {
    const shown = await page(path);
    expect(textOf(shown)).toMatch(
      /Adresse partagée de l’exploitation \(operations@platform.example\) Ada Martin \(op-0@platform.example\) Ève Petit/,
    );
    expect(textOf(shown)).toContain('Aucun changement.');
    const saved = await sendForm(operator, path, filled('op-1@platform.example', 'yes', 'Envoyé à tous'));
    expect([saved.status, saved.headers.get('Location')]).toEqual([303, `/waves/${id}`]);
    expect(textOf(await page(`/waves/${id}`))).toMatch(
      /La tâche a été enregistrée.*Responsable : Ève Petit État : Faite/,
    );
    expect((await sendForm(operator, path, filled('', 'no', 'Envoyé à tous'))).status).toBe(303);
    const history = textOf(await page(path)).split('Historique')[1] ?? '';
    expect(history).toMatch(/Ève Petit → Adresse partagée de l’exploitation Rouverte .*op-0/);
    expect(history).toMatch(/Adresse partagée de l’exploitation → Ève Petit Faite Note : Envoyé à tous/);
    const english = await page(`${path}?lang=en`);
    expect(textOf(english)).toMatch(
      /Schedule agreed.*Owner.*Operators’ shared address.*Done.*Note \(optional\)/,
    );
    expect(await htmlFaults(english)).toEqual([]);
    await operator.get('/waves?lang=fr');
  });

  it('name each field that is wrong, with what was typed', async () => {
    const long = `Très long ${'x'.repeat(500)}`;
    const refused = await sendForm(operator, path, filled('nobody@platform.example', 'no', long));
    const html = await refused.text();
    expect([refused.status, html.includes(long)]).toEqual([422, true]);
    expect(problemsOf(html).links.map(({ id: field }) => field)).toEqual(['field-owner', 'field-note']);
    expect(await htmlFaults(html)).toEqual([]);
  });

  it('show what they are now to whoever comes second, with all that was typed', async () => {
    const { version } = await stored();
    const mine = [...filled('op-0@platform.example', 'yes', 'Le mien'), ['version', `${version}`]] as const;
    const theirs = [...filled('op-1@platform.example', 'no', 'Le sien'), ['version', `${version}`]] as const;
    expect((await sendForm(operator, path, mine)).status).toBe(303);
    const second = await sendForm(operator, path, theirs);
    const html = await second.text();
    expect([second.status, await htmlFaults(html)]).toEqual([409, []]);
    expect(textOf(html)).toMatch(/modifiée entre-temps.*La tâche à présent.*Faite.*Ada Martin.*Le mien/);
    expect(html).toMatch(/<option value="op-1@platform.example" selected>/);
    expect(html).toContain('>Le sien</textarea>');
    // The same form again, which was shown with what the task is now.
    expect(html).toContain(`name="version" value="${version + 1}"`);
    expect((await sendForm(operator, path, mine)).status).toBe(303);
    expect((await stored()).version).toBe(version + 1);
  });

  it('keep what a colleague has changed, where the second one has left the form as it was shown', async () => {
    const { version } = await stored();
    const shown = [
      ['shown.owner', 'op-1@platform.example'],
      ['shown.done', 'no'],
      ['shown.note', 'Avant'],
    ] as const;
    const mine = [...filled('op-0@platform.example', 'yes', 'Le mien'), ['version', `${version}`]] as const;
    await sendForm(operator, path, [
      ...filled('op-1@platform.example', 'no', 'Avant'),
      ['version', `${version}`],
    ]);
    const next = await stored();
    await sendForm(operator, path, [...mine.slice(0, -1), ['version', `${next.version}`]]);
    const theirs = [...filled('op-1@platform.example', 'no', 'Le sien'), ...shown] as const;
    const second = await sendForm(operator, path, [...theirs, ['version', `${next.version}`]]);
    const html = await second.text();
    expect(second.status).toBe(409);
    expect(html).toMatch(/<option value="op-0@platform.example" selected>/);
    expect(html).toMatch(/value="yes"[^>]* checked/);
    expect(html).toContain('>Le sien</textarea>');
  });

  it('that follow from the customers say so, and have an owner all the same', async () => {
    const cutover = `/waves/${id}/tasks/CUTOVER`;
    const shown = await page(cutover);
    expect(textOf(shown)).toContain('Enregistrée client par client');
    expect(shown).not.toContain('name="done"');
    expect((await sendForm(operator, cutover, [['owner', 'op-0@platform.example']])).status).toBe(303);
    const ticked = await sendForm(operator, cutover, [['done', 'yes']]);
    expect([ticked.status, textOf(await ticked.text()).includes('il ne se coche pas')]).toEqual([422, true]);
    expect(textOf(await page(`/waves/${id}/tasks/GO_NO_GO`))).toContain('Décidé client par client');
    for (const address of [`/waves/${id}/tasks/TEA`, '/waves/prep-paris-2027-01-11/tasks/SCHEDULE']) {
      expect((await operator.get(address)).status).toBe(404);
    }
  });

  it('are shown, and not changed, once the wave has ended', async () => {
    const { store } = trial.runtime;
    const done = 'sud-2027-02-09';
    const ended = `/waves/${done}/tasks/SCHEDULE`;
    const form = await page(ended);
    const wave = await store.waves.get('sud', done);
    await store.waves.replace(wave, { ...wave, state: 'CANCELLED' });
    const proof = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const late = await operator.send(ended, {
      method: 'POST',
      headers: { Origin: trial.deps.site.origin },
      body: new URLSearchParams({
        owner: '',
        done: 'yes',
        note: 'Saisi trop tard',
        version: '0',
        _csrf: proof,
      }),
    });
    expect([late.status, (await late.text()).includes('<pre>Saisi trop tard</pre>')]).toEqual([409, true]);
    const shown = await page(ended);
    expect(shown).not.toContain('<textarea');
    expect(textOf(shown)).toMatch(/Non faite.*ses tâches ne changent plus/);
    expect(textOf(await page(`/waves/${done}`))).toContain('Voir : Calendrier arrêté');
  });
});

describe('the tasks of all waves', () => {
  it('are listed from the calendar, by owner, overdue first', async () => {
    const { store } = trial.runtime;
    const soon = { site: 'paris', kind: 'PILOT', state: 'OPEN', cutover: '2026-12-01' } as const;
    const vector = { customers: 1, points: 1, complex: 1 };
    const wave = { ...soon, id: 'paris-2026-12-01', capacity: vector, booked: { ...vector, customers: 0 } };
    await store.waves.create(wave);
    const actor = { kind: 'operator', id: 'op-1' } as const;
    const task = await store.gateTasks.get(wave.id, 'SECOND_NOTICE');
    await store.gateTasks.replace(wave, task, { owner: 'op-0' }, actor);
    const schedule = await store.gateTasks.get(wave.id, 'SCHEDULE');
    const done = { at: '2026-11-01T08:00:00.000Z', actor };
    await store.gateTasks.replace(wave, schedule, { owner: 'op-1', done }, actor);
    expect(await page('/waves')).toContain('href="/waves/tasks"');
    const all = await page('/waves/tasks');
    expect(await htmlFaults(all)).toEqual([]);
    expect(textOf(all)).toMatch(
      /Réunion de lancement Date : 3 novembre 2026.*En retard.*Faites \(1\).*Calendrier/,
    );
    expect(all.match(/tasks\/[A-Z_]+"/g)).toHaveLength(8);
    const mine = await page('/waves/tasks?owner=me');
    expect(mine.match(/tasks\/[A-Z_]+"/g)).toEqual(['tasks/SECOND_NOTICE"']);
    expect(textOf(mine)).toContain('Rappel aux utilisateurs');
    expect((await page('/waves/tasks?owner=none')).match(/tasks\/[A-Z_]+"/g)).toHaveLength(6);
    expect((await page('/waves/tasks?owner=tea')).match(/tasks\/[A-Z_]+"/g)).toHaveLength(8);
    const english = await page('/waves/tasks?lang=en');
    expect([textOf(english).includes('Tasks of the waves'), await htmlFaults(english)]).toEqual([true, []]);
    await operator.get('/waves?lang=fr');
  });

  it('stay with an owner whose account was made anew', async () => {
    const { store, clock } = trial.runtime;
    const anew = { subject: 'op-9', name: 'Ada Martin', mail: 'op-0@platform.example' };
    await store.staff.signedIn({ ...anew, roles: ['operator'] }, new Date(clock.now().getTime() + 1));
    const again = await trial.staff({ roles: ['operator'], ...anew });
    const mine = await (await again.get('/waves/tasks?owner=me')).text();
    expect(mine.match(/tasks\/[A-Z_]+"/g)).toEqual(['tasks/SECOND_NOTICE"']);
  });

  it('are for operators alone', async () => {
    const sales = await trial.staff({ roles: ['sales'], team: 'state' });
    for (const address of ['/waves/tasks', path]) expect((await sales.get(address)).status).toBe(403);
  });
});
