import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whoseTurn } from '../../../functions/domain/onboarding/whose-turn.ts';
import { sirens } from '../../support/canaries.ts';
import { filesOf, firstViewBytes, htmlFaults, problemsOf, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf, sendForm } from '../staff/cast.ts';

let trial: Trial;
let sales: Browser;
let cast: ReturnType<typeof castOf>;

beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
  sales = await trial.staff({
    roles: ['sales'],
    team: 'state',
    subject: 'own',
    mail: 'own@platform.example',
  });
});
afterAll(() => trial.close());

const siren = sirens[15];

const filled: readonly (readonly [string, string])[] = [
  ['siren', siren],
  ['legalName', 'Préfecture fictive'],
  ['bodyType', 'state_administration'],
  ['contactName', 'Max Canariroux'],
  ['contactEmail', 'max.canariroux@client.example'],
  ['language', 'en'],
  ['services', 'exchange'],
  ['services', 'teams'],
  ['usersInScope', '1 200'],
  ['latestDate.day', '1'],
  ['latestDate.month', '9'],
  ['latestDate.year', '2027'],
  ['deadlineReason', 'contract_end'],
];

function changed(name: string, value: string) {
  return [...filled.filter(([known]) => known !== name), [name, value] as const];
}

describe('starting an onboarding', () => {
  it('shows each problem in the summary and at its field, and keeps the entries', async () => {
    const answer = await sendForm(sales, '/sales/new', [
      ['siren', '123 456 789'],
      ['contactEmail', 'nobody'],
      ['earliestDate.day', '31'],
      ['earliestDate.month', '2'],
      ['earliestDate.year', '2027'],
    ]);
    const page = await answer.text();
    const { links, inline } = problemsOf(page);
    expect(answer.status).toBe(422);
    expect(links.map(({ id }) => id).toSorted()).toEqual(inline.map(({ id }) => id).toSorted());
    expect(links.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['field-siren', 'field-services', 'field-earliestDate', 'field-bodyType']),
    );
    expect(page).toContain('value="123 456 789"');
    expect(textOf(page)).toContain(
      'cette date n’existe pas ou ne se lit pas ; indiquez le jour, le mois et l’année, comme JJ/MM/AAAA',
    );
    expect(await htmlFaults(page)).toEqual([]);
  });

  it('shows at its field that a parent would close a ring', async () => {
    const [one, other] = [sirens[13], '999005507'];
    const first = changed('siren', one).concat([['parentSiren', other]]);
    expect((await sendForm(sales, '/sales/new', first)).status).toBe(303);
    const second = changed('siren', other).concat([['parentSiren', one]]);
    const answer = await sendForm(sales, '/sales/new', second);
    expect(answer.status).toBe(422);
    expect(problemsOf(await answer.text()).links.map(({ id }) => id)).toEqual(['field-parentSiren']);
  });

  it('starts one onboarding when the form is sent twice at once, and leads both to it', async () => {
    const html = await (await sales.get('/sales/new')).text();
    const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const fields = [['key', key] as const, ...filled];
    const answers = await Promise.all([
      sendForm(sales, '/sales/new', fields),
      sendForm(sales, '/sales/new', fields),
    ]);
    const places = answers.map(({ status, headers }) => [status, headers.get('Location')]);
    expect(places[0]).toEqual(places[1]);
    expect(places[0]?.[0]).toBe(303);
    await trial.runtime.clock.settled();
    const reference = String(places[0]?.[1]).replace('/sales/', '');
    const { state } = await trial.runtime.store.onboardings.now(reference);
    expect(state).toMatchObject({ owner: 'own@platform.example', team: 'state', stage: 'INVITED' });
    const intake = await trial.runtime.store.dossiers.intake(reference);
    expect(intake).toMatchObject({
      services: ['exchange', 'teams'],
      latestDate: '2027-09-01',
      usersInScope: 1200,
    });

    const again = await sendForm(sales, '/sales/new', [
      ['key', key],
      ...changed('legalName', 'Préfecture autre'),
    ]);
    const page = await again.text();
    expect([again.status, textOf(page).includes('ce formulaire a déjà servi')]).toEqual([409, true]);
    expect(page).not.toContain(key);
  });

  it('leads to the onboarding in progress of the team, and hides that of another team', async () => {
    const own = await sendForm(sales, '/sales/new', filled);
    const page = await own.text();
    const [, reference = ''] = /href="\/sales\/([2-9A-Z]{4}-[2-9A-Z]{4})"/.exec(page) ?? [];
    expect([own.status, reference.length]).toEqual([409, 9]);
    const other = await trial.staff({ roles: ['sales'], team: 'companies', subject: 'other' });
    const foreign = await sendForm(other, '/sales/new', filled);
    const text = await foreign.text();
    expect([
      foreign.status,
      text.includes(reference),
      textOf(text).includes('dans une autre équipe'),
    ]).toEqual([409, false, true]);
  });

  it('starts one onboarding for each scope, and lists those of the own team alone at a refusal', async () => {
    const own = sirens[12];
    const form = (scope: string) => changed('siren', own).concat([['scope', scope]]);
    const whole = await sendForm(sales, '/sales/new', form(''));
    const south = await sendForm(sales, '/sales/new', form('Île du Sud'));
    const other = await trial.staff({ roles: ['sales'], team: 'companies', subject: 'other' });
    const north = await sendForm(other, '/sales/new', form('Nord'));
    const referenceOf = ({ headers }: Response) => String(headers.get('Location')).replace('/sales/', '');
    expect([whole, south, north].map(({ status }) => status)).toEqual([303, 303, 303]);

    const refused = await sendForm(sales, '/sales/new', form('ile du sud'));
    const page = await refused.text();
    expect(refused.status).toBe(409);
    expect(problemsOf(page).links.map(({ id }) => id)).toEqual(['field-scope']);
    expect(textOf(page)).toContain('votre équipe a déjà un dossier en cours pour ce périmètre');
    expect(textOf(page)).toContain(`Ouvrir le dossier ${referenceOf(south)} : Île du Sud`);
    expect(textOf(page)).toContain(`Ouvrir le dossier ${referenceOf(whole)} : tout l’organisme`);
    expect(page).not.toContain(referenceOf(north));
    expect(page).toContain('value="ile du sud"');
    expect(await htmlFaults(page)).toEqual([]);

    const foreign = await sendForm(other, '/sales/new', form('Ile du Sud'));
    const answer = await foreign.text();
    expect(foreign.status).toBe(409);
    expect(textOf(answer)).toContain('pour ce périmètre de l’organisme, dans une autre équipe');
    for (const hidden of [south, whole]) expect(answer).not.toContain(referenceOf(hidden));
    expect(textOf(answer)).toContain(`Ouvrir le dossier ${referenceOf(north)} : Nord`);

    const detail = await (await sales.get(`/sales/${referenceOf(south)}`)).text();
    expect(textOf(detail)).toContain('Préfecture fictive (Île du Sud)');
    const list = textOf(await (await sales.get('/sales')).text());
    expect(list).toContain('Préfecture fictive (Île du Sud)');
    await trial.runtime.clock.settled();
    const visitor = await openLink(trial, referenceOf(south));
    expect(textOf(await (await visitor.browser.get('/status')).text())).toContain('Périmètre Île du Sud');
    const mail = trial.runtime.mailbox
      .list()
      .find(({ text }) => text.includes('Préfecture fictive (Île du Sud)'));
    expect(mail?.subject).toContain(referenceOf(south));
  });

  it('is refused at a latest date in the past', async () => {
    const answer = await sendForm(sales, '/sales/new', [
      ...changed('latestDate.year', '2020').filter(([name]) => name !== 'siren'),
      ['siren', sirens[14]],
    ]);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(problemsOf(page).links.map(({ id }) => id)).toEqual(['field-latestDate']);
    expect(textOf(page)).toContain('cette date est passée');
    expect(await htmlFaults(page)).toEqual([]);
  });

  it('is refused to an account without a team', async () => {
    const lost = await trial.staff({ roles: ['sales'], subject: 'lost' });
    expect((await lost.get('/sales/new')).status).toBe(409);
  });
});

describe('the list of a team', () => {
  it('lists an undelivered email first, with sales to act next, and filters by owner', async () => {
    const bounced = await cast.invited();
    for (let count = 0; count < 3; count += 1) await cast.invited();
    await cast.note(bounced, 'bounce');
    const page = await (await sales.get('/sales')).text();
    const [attention = '', rest = ''] = page.split('</table>');
    expect(textOf(attention)).toContain('Courriel non remis');
    expect(attention).toContain(bounced);
    expect(rest).toContain(bounced);
    const mine = await (await sales.get('/sales?view=mine')).text();
    expect([mine.includes(bounced), textOf(mine).includes('Préfecture fictive')]).toEqual([false, true]);
    const only = await (await sales.get('/sales?view=attention')).text();
    expect([...only.matchAll(/<tr role="row"><th scope="row"/g)]).toHaveLength(1);
  });

  it('shows its first page for an invented cursor', async () => {
    for (const cursor of ['x', Buffer.from('{"pk":"a"}').toString('base64url')]) {
      expect((await sales.get(`/sales?cursor=${cursor}`)).status).toBe(200);
    }
  });
});

describe('an onboarding of the team', () => {
  it('changes its contact: the old link and its sessions end, and the bounce is cleared', async () => {
    const reference = await cast.invited();
    await cast.note(reference, 'bounce');
    const visitor = await openLink(trial, reference);
    const path = `/sales/${reference}/contact`;
    const same = await sendForm(sales, path, [
      ['contactName', 'Zoé Canari'],
      ['contactEmail', 'zoe.canari@client.example'],
    ]);
    expect([same.status, textOf(await same.text()).includes('rien n’a changé')]).toEqual([422, true]);
    const done = await sendForm(sales, path, [
      ['contactName', 'Lia Canarimauve'],
      ['contactEmail', 'lia.canarimauve@client.example'],
    ]);
    expect([done.status, done.headers.get('Location')]).toEqual([303, `/sales/${reference}`]);
    expect((await visitor.browser.get('/status')).status).toBe(401);
    const { state } = await trial.runtime.store.onboardings.now(reference);
    expect([state.link, state.mailBounced]).toEqual([2, undefined]);
  });

  it('revokes its link: sessions end at once, and the resent invitation contains a working link', async () => {
    const reference = await cast.invited();
    const visitor = await openLink(trial, reference);
    expect((await visitor.browser.get('/status')).status).toBe(200);
    const done = await sendForm(sales, `/sales/${reference}/revocation`, [['reason', 'poste perdu']]);
    expect(done.status).toBe(303);
    expect((await visitor.browser.get('/status')).status).toBe(401);
    const again = trial.browser();
    const dead = await again.post(await trial.linkOf(reference));
    const told = textOf(await dead.text());
    expect([dead.status, told.includes('Ce lien a été révoqué'), told.includes('plus récent')]).toEqual([
      410,
      true,
      false,
    ]);
    const attention = textOf(await (await sales.get('/sales?view=attention')).text());
    expect(attention).toContain('Sans lien valide');
    expect(whoseTurn((await trial.runtime.store.onboardings.now(reference)).state)).toBe('sales');
    await sendForm(sales, `/sales/${reference}/invitation`, [['reason', 'au nouveau poste']]);
    expect((await again.post(await trial.linkOf(reference, 2))).status).toBe(303);
    expect(textOf(await (await again.post(await trial.linkOf(reference))).text())).toContain(
      'a été remplacé',
    );
    expect(whoseTurn((await trial.runtime.store.onboardings.now(reference)).state)).toBe('customer');
    const page = textOf(await (await sales.get(`/sales/${reference}`)).text());
    expect(page).toContain('Lien personnel révoqué');
    expect(page).toContain('poste perdu');
  });

  it('has the link resent once a minute; the form says so and keeps the reason', async () => {
    const reference = await cast.invited();
    const path = `/sales/${reference}/invitation`;
    expect(textOf(await (await sales.get(path)).text())).toMatch(
      /une fois par minute, et 10 fois en 24\sheures/,
    );
    expect((await sendForm(sales, path, [['reason', 'égaré']])).status).toBe(303);
    const refused = await sendForm(sales, path, [['reason', 'encore égaré']]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    const page = await refused.text();
    expect(textOf(page)).toMatch(/Le lien vient d’être envoyé.*Attendez 60\ss/);
    expect(page).toContain('>encore égaré</textarea>');
  });

  it('is withdrawn only with a reason, and then allows no further acts', async () => {
    const reference = await cast.invited();
    const path = `/sales/${reference}/withdrawal`;
    expect((await sendForm(sales, path, [])).status).toBe(422);
    expect((await sendForm(sales, path, [['reason', 'projet arrêté']])).status).toBe(303);
    expect(await cast.stageOf(reference)).toBe('CLOSED');
    for (const act of ['contact', 'invitation', 'revocation', 'withdrawal']) {
      expect((await sales.get(`/sales/${reference}/${act}`)).status).toBe(409);
    }
    const late = await sendForm(sales, `/sales/${reference}`, [['reason', 'encore']], path);
    expect([late.status, (await late.text()).includes('>encore</textarea>')]).toEqual([409, true]);
  });
});

describe('every sales page', () => {
  it.each(['fr', 'en'] as const)('is valid HTML, light, and has one heading, in %s', async (language) => {
    const reference = await cast.answered();
    const paths = ['', '/contact', '/invitation', '/revocation', '/withdrawal'].map(
      (act) => `/sales/${reference}${act}`,
    );
    const titles = new Set<string>();
    const all = ['/sales', '/sales/new', '/sales/search', ...paths];
    for (const path of all) {
      const page = await (await sales.get(`${path}?lang=${language}`)).text();
      expect(await htmlFaults(page), path).toEqual([]);
      expect(page.match(/<h1/g), path).toHaveLength(1);
      expect(page, path).toContain(`<html lang="${language}">`);
      expect(firstViewBytes(page), path).toBeLessThanOrEqual(20_000);
      expect(1 + filesOf(page).length, path).toBeLessThanOrEqual(4);
      titles.add(/<title>(.*?)<\/title>/.exec(page)?.[1] ?? '');
    }
    expect(titles.size).toBe(all.length);
  });

  it('about a link that did not arrive leads to the page for mail administrators', async () => {
    const page = await (await sales.get(`/sales/${await cast.answered()}/invitation`)).text();
    expect(page.slice(0, page.indexOf('<footer'))).toContain('href="/mail-setup"');
  });

  it('reveals nothing about the contact in URLs and logs', async () => {
    const page = await sales.post('/sales/search', { q: 'zoe.canari@client.example' });
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address);
    expect(html).toContain('/sales/');
    expect(`${addresses.join(' ')} ${trial.log.join(' ')}`).not.toMatch(/canari|client\.example/i);
  });
});
