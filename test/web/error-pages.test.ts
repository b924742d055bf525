import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleOnboarding } from '../../functions/web/shared/session/access.ts';
import { origin, startTrial, type Trial } from '../support/trial.ts';

describe('error pages', () => {
  let trial: Trial;
  let reference: string;
  beforeAll(async () => {
    trial = await startTrial();
    trial.app.get('/breaks', () => {
      throw new Error('zoe.canari@client.example typed s3cret');
    });
    trial.app.get('/out-of-order', () => {
      throw Object.assign(new Error('The write could not be kept'), { $fault: 'server' });
    });
    trial.app.get('/looked-at/:reference', async (c) => {
      await visibleOnboarding(c, trial.deps, c.req.param('reference'));
      return c.text('seen');
    });
    reference = await trial.start('999000102');
  });
  afterAll(() => trial.close());

  it.each([
    ['/nothing', 'GET', 404, 'Page introuvable', 'Page not found'],
    ['/status', 'GET', 401, 'Ouvrez votre lien personnel', 'Open your personal link'],
    ['/', 'PUT', 405, 'Action impossible à cette adresse', 'Not possible at this address'],
    ['/sign-out', 'POST', 415, 'Envoi illisible', 'Unreadable form'],
    ['/breaks', 'GET', 500, 'Un problème est survenu de notre côté', 'Something went wrong on our side'],
    [
      '/out-of-order',
      'GET',
      503,
      'Le service ne répond pas pour le moment',
      'The service does not answer for the moment',
    ],
  ])('%s by %s is answered with %i in both languages', async (path, method, status, french, english) => {
    for (const [language, title] of [
      ['fr', french],
      ['en', english],
    ] as const) {
      const answer = await trial.browser().send(`${path}?lang=${language}`, { method });
      const page = await answer.text();
      expect(answer.status).toBe(status);
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toContain(`<title>${title} – `);
    }
  });

  it('keep French punctuation on the line of its word', async () => {
    const page = await (await trial.browser().get('/status?lang=fr')).text();
    expect(page).toContain('Vous ne le retrouvez pas\u202f?');
    expect(page).not.toMatch(/ [;:?!»](?!\S)|« /);
  });

  it('of another role tell so without saying what is behind', async () => {
    const sales = await trial.staff({ roles: ['sales'], team: 'state' });
    const answer = await sales.get('/operations');
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Page réservée à un autre rôle');
  });

  it('of another team’s onboarding equal those of one that does not exist', async () => {
    const mine = await trial.staff({ roles: ['sales'], team: 'state' });
    const theirs = await trial.staff({ roles: ['sales'], team: 'public', subject: 'bo' });
    const operator = await trial.staff({ roles: ['operator'], subject: 'cy' });
    expect(await (await mine.get(`/looked-at/${reference}`)).text()).toBe('seen');
    expect(await (await operator.get(`/looked-at/${reference}`)).text()).toBe('seen');
    const foreign = await theirs.get(`/looked-at/${reference}`);
    const missing = await theirs.get('/looked-at/XXXX-XXXX');
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    const hidden = (page: string) => page.replaceAll(reference, 'R').replaceAll('XXXX-XXXX', 'R');
    expect(hidden(await foreign.text())).toBe(hidden(await missing.text()));
  });

  it('and the log hold no name, mail address, token or message of an error', async () => {
    const token = (await trial.linkOf(reference)).slice('/f/'.length);
    const browser = trial.browser();
    await browser.post(`/f/${token}`);
    const secret = browser.cookies.get('session') ?? '';
    const pages = [await browser.get('/breaks'), await browser.get('/nothing'), await browser.get('/sales')];
    pages.push(await trial.browser().post(`/f/${token.slice(1)}A`));
    const said = [...trial.log, ...(await Promise.all(pages.slice(0, 2).map((page) => page.text())))].join(
      '\n',
    );
    expect(said).toContain('page_failed');
    expect(said).toContain('link_opened');
    for (const canary of [token, secret, 'zoe.canari', 'Zoé', 's3cret']) expect(said).not.toContain(canary);
  });

  it('keep the language that was chosen, and the page one was on', async () => {
    const browser = trial.browser();
    const page = await (await browser.get('/nothing?a=1&lang=en')).text();
    expect(page).toContain('href="/nothing?a=1&amp;lang=fr" lang="fr" hreflang="fr"');
    expect(page).toContain('hreflang="en" aria-current="true"');
    expect(browser.cookies.get('lang')).toBe('en');
    expect(await (await browser.get('/')).text()).toContain('<html lang="en">');
    const german = await trial.app.request(`${origin}/`, {
      headers: { 'Accept-Language': 'de, en;q=0.5, fr;q=0.2' },
    });
    expect(await german.text()).toContain('<html lang="en">');
  });
});
