import { afterAll, beforeAll, expect, it } from 'vitest';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let reference: string;
beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op-1' });
  const C3 = { under_1: 10, '1_10': 0, '10_50': 0, '50_100': 0, '100_200': 0, over_200: 3 };
  reference = await castOf(trial).answered({ C3 });
});
afterAll(() => trial.close());

const path = (task: string) => `/operations/${reference}/remediation/${task}`;
const mailboxes = 'MAILBOXES_OVER_200_GB';

async function read(from: string, language = 'fr'): Promise<string> {
  const html = await (await operator.get(`${from}?lang=${language}`)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ');
}

it('says what is to be done and by when, in both languages', async () => {
  const en = await read(path('DIRECTORY_APPLICATIONS'), 'en');
  expect(en).toContain('According to the answers 1 to 10 State To do To be done by');
  const fr = await read(path(mailboxes));
  expect(fr).toContain('Boîtes de plus de 200 Go à alléger');
  expect(fr).toContain('Selon les réponses 3 État À faire À faire au plus tard le');
  expect(fr).toContain('Le go n’en dépend pas.');
});

it('is recorded as done with what shows it, and opened again', async () => {
  const missing = await sendForm(operator, path(mailboxes), []);
  expect([missing.status, JSON.stringify(problemsOf(await missing.text()).links)]).toEqual([
    422,
    expect.stringContaining('Motif'),
  ]);
  const sent = await sendForm(operator, path(mailboxes), [['reason', 'archivées par le client']]);
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, `/operations/${reference}`]);
  const page = await read(`/operations/${reference}`);
  expect(page).toContain('Tâche à régler avant la bascule : faite');
  expect(page).toContain('Tâche : Boîtes de plus de 200 Go à alléger');
  expect(page).toContain('Boîtes de plus de 200 Go à alléger (enregistrée comme faite)');
  expect(await read(path(mailboxes))).toContain('État Faite');
  const { booking } = await trial.runtime.store.onboardings.now(reference);
  const wave = await read(`/waves/${booking?.wave}`);
  expect(wave).toContain('Applications liées à l’annuaire à enregistrer de nouveau (de 1 à 10)');
  expect(wave).not.toContain('Boîtes de plus de 200 Go');
  await sendForm(operator, path(mailboxes), [['reason', 'une autre trouvée']]);
  expect(await read(`/waves/${booking?.wave}`)).toContain('Boîtes de plus de 200 Go à alléger (3)');
});

it('is not there for a task that the answers do not ask for, and for sales', async () => {
  expect((await operator.get(path('OTHER'))).status).toBe(404);
  const sales = await trial.staff({ roles: ['sales'], team: 'state' });
  expect((await sales.get(path(mailboxes))).status).toBe(403);
});
