import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comesFromUs } from '../../functions/web/shared/http/guards.ts';
import { siteOf } from '../../functions/web/shared/http/site.ts';
import { type Browser, origin, startTrial, type Trial } from '../support/trial.ts';

const fields = () => new URLSearchParams({ remark: 'ce que j’avais écrit' });

describe('forms', () => {
  let trial: Trial;
  let staff: Browser;
  beforeAll(async () => {
    trial = await startTrial();
    staff = await trial.staff({ roles: ['operator'] });
  });
  afterAll(() => trial.close());

  it.each([
    [undefined, undefined, false],
    [origin, undefined, true],
    ['https://evil.example', undefined, false],
    ['null', undefined, false],
    ['null', 'same-origin', true],
    [undefined, 'same-origin', true],
    [origin, 'same-origin', true],
    [origin, 'cross-site', false],
    [origin, 'same-site', false],
    ['https://evil.example', 'same-origin', false],
    [undefined, 'none', false],
  ])('from origin %s with Sec-Fetch-Site %s are ours: %s', (from, fetchSite, ours) => {
    expect(comesFromUs(siteOf(origin), from, fetchSite)).toBe(ours);
  });

  it('without an origin are refused with a page that keeps what was written', async () => {
    const answer = await staff.send('/sign-out', { method: 'POST', body: fields() });
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(page).toContain('ce que j’avais écrit');
    expect(page).toContain('Rien de ce que vous venez de saisir n’a été enregistré');
  });

  it('of a session without its proof, or with another session’s, are refused', async () => {
    const other = await trial.staff({ roles: ['operator'], subject: 'bo' });
    const proof = /name="_csrf" value="([^"]+)"/.exec(await (await other.get('/')).text())?.[1] ?? '';
    expect(proof).toHaveLength(43);
    for (const body of [fields(), new URLSearchParams({ _csrf: proof })]) {
      const answer = await staff.send('/sign-out', { method: 'POST', body, headers: { Origin: origin } });
      expect(answer.status).toBe(403);
    }
    expect((await staff.get('/operations')).status).toBe(200);
  });

  it('of more than 1 MiB are refused, announced or not', async () => {
    const headers = { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' };
    const large = `remark=${'x'.repeat(1_100_000)}`;
    const announced = await staff.send('/sign-out', {
      method: 'POST',
      body: large,
      headers: { ...headers, 'Content-Length': String(large.length) },
    });
    expect(announced.status).toBe(413);
    const streamed = new Request(`${origin}/sign-out`, {
      method: 'POST',
      body: new Blob([large]).stream(),
      headers,
      duplex: 'half',
    });
    expect((await trial.app.request(streamed)).status).toBe(413);
  });

  it('of another content type are refused', async () => {
    const answer = await staff.send('/sign-out', {
      method: 'POST',
      body: '{}',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(415);
  });

  it('lead on with 303 and tell once what was done', async () => {
    const answer = await staff.post('/sign-out', {}, '/operations');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/signed-out?staff']);
    expect((await staff.get('/operations')).headers.get('location')).toBe('/sign-in?to=%2Foperations');
  });

  it('sent after the session ended come back to be copied', async () => {
    const gone = await trial.staff({ roles: ['operator'], subject: 'gone' });
    await trial.runtime.store.sessions.endAllOf('gone', trial.runtime.clock.now());
    const answer = await gone.send('/operations/x', {
      method: 'POST',
      body: new URLSearchParams({ reason: 'une raison <b>', _csrf: 'x' }),
      headers: { Origin: origin },
    });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('<li>une raison &lt;b&gt;</li>');
  });
});
