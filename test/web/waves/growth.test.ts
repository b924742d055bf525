import { afterAll, beforeAll, expect, it } from 'vitest';
import { htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { confirmForm, sendForm } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;

beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
});
afterAll(() => trial.close());

const why = ['growthReason', 'Deux équipes depuis mars'] as const;
const linksOf = async (answer: Response) => problemsOf(await answer.text()).links.map(({ id }) => id);

it('a new wave that grows too much asks for the reason, with the numbers, and keeps it', async () => {
  const fields = [
    ['site', 'paris'],
    ['kind', 'MIGRATION'],
    ['cutover.day', '16'],
    ['cutover.month', '3'],
    ['cutover.year', '2027'],
    ['customers', '3'],
    ['points', '91'],
    ['complex', '1'],
  ] as const;
  expect(await (await operator.get('/waves/new')).text()).not.toContain('growthReason');
  const refused = await sendForm(operator, '/waves/new', fields);
  const page = await refused.text();
  expect([refused.status, await htmlFaults(page)]).toEqual([409, []]);
  expect(problemsOf(page).links.map(({ id }) => id)).toEqual(['field-growthReason']);
  expect(textOf(page)).toMatch(/91 points d’effort.*\(9 mars 2027\) en compte 60 : au plus 90/);
  const long = ['growthReason', 'x'.repeat(2_000)] as const;
  expect(await linksOf(await sendForm(operator, '/waves/new', [...fields, long]))).toEqual([
    'field-growthReason',
  ]);
  const shown = await sendForm(operator, '/waves/new', [...fields, why]);
  expect(textOf(await shown.text())).toMatch(/au plus 90.*Votre motif est conservé dans l’historique/);
  const made = await confirmForm(operator, '/waves/new', [...fields, why]);
  expect([made.status, made.headers.get('Location')]).toEqual([303, '/waves/paris-2027-03-16']);
  const wave = await (await operator.get('/waves/paris-2027-03-16')).text();
  expect(textOf(wave)).toContain('Croissance : Deux équipes depuis mars');
});

it('a larger capacity asks for it as well, beside the reason of the change', async () => {
  const path = '/waves/sud-2027-03-09/capacity';
  const fields = [
    ['customers', '3'],
    ['points', '61'],
    ['complex', '1'],
    ['reason', 'Renfort'],
  ] as const;
  expect(await linksOf(await sendForm(operator, path, fields))).toEqual(['field-growthReason']);
  expect((await confirmForm(operator, path, [...fields, why])).status).toBe(303);
  const page = await (await operator.get('/waves/sud-2027-03-09?lang=en')).text();
  expect(await htmlFaults(page)).toEqual([]);
  expect(textOf(page)).toContain('Renfort Growth: Deux équipes depuis mars');
  await operator.get('/waves?lang=fr');
});

it('a series shows which of its dates grow too much, and adds them with a reason', async () => {
  const fields = [
    ['sites', 'paris'],
    ['sites', 'sud'],
    ['kind', 'MIGRATION'],
    ['from.day', '1'],
    ['from.month', '2'],
    ['from.year', '2028'],
    ['everyWeeks', '4'],
    ['count', '2'],
    ['customers', '3'],
    ['points', '361'],
    ['complex', '1'],
  ] as const;
  const asked = await (await sendForm(operator, '/waves/series', fields)).text();
  expect(textOf(asked)).toMatch(/0 à ajouter, 0 qui existe déjà, 4 exclues.*au plus 360/);
  expect([asked.includes('name="growthReason"'), await htmlFaults(asked)]).toEqual([true, []]);
  const led = await confirmForm(operator, '/waves/series', [...fields, why, ['reason', 'Deuxième site']]);
  expect([led.status, led.headers.get('Location')]).toEqual([303, '/waves?from=2028-02-01']);
  const { items } = await trial.runtime.store.waves.history('sud-2028-02-01', { limit: 5 });
  expect(items.map(({ reason, growthReason }) => [reason, growthReason])).toEqual([
    ['Deuxième site', 'Deux équipes depuis mars'],
  ]);
});
