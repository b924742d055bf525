import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeContact } from '../../functions/application/change-contact.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { type StoredSession, sessionIsOver, sessionLimits } from '../../functions/store/sessions.ts';
import { startTrial, type Trial } from '../support/trial.ts';

const start = '2026-11-23T08:00:00.000Z';
const hour = 3_600_000;
const later = (milliseconds: number) => new Date(Date.parse(start) + milliseconds);

describe('a session', () => {
  const customer: StoredSession = {
    kind: 'customer',
    reference: 'R',
    link: 1,
    startedAt: start,
    seenAt: start,
  };
  const staff: StoredSession = {
    ...{ kind: 'staff', subject: 'ada', name: 'Ada', mail: 'ada@platform.example', roles: [] },
    ...{ startedAt: start, seenAt: start },
  };

  it.each([customer, staff])(
    'of kind $kind ends when idle, and in any case after its absolute limit',
    (session) => {
      const { idle, absolute } = sessionLimits[session.kind];
      expect(sessionIsOver(session, later(idle - 1))).toBe(false);
      expect(sessionIsOver(session, later(idle))).toBe(true);
      const active = { ...session, seenAt: later(absolute - 1).toISOString() };
      expect(sessionIsOver(active, later(absolute - 1))).toBe(false);
      expect(sessionIsOver(active, later(absolute))).toBe(true);
    },
  );

  it('of a customer lasts longer than the 20 hours under which a warning would be due', () => {
    expect(sessionLimits.customer.idle).toBeGreaterThan(20 * hour);
  });
});

describe('sessions by the clock', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await startTrial();
  });
  afterAll(() => trial.close());

  it('go on while they are used and end once they are not', async () => {
    const browser = await trial.staff({ roles: ['operator'] });
    const move = (milliseconds: number) =>
      trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + milliseconds));
    for (let times = 0; times < 3; times += 1) {
      await move(1.5 * hour);
      expect((await browser.get('/operations')).status).toBe(200);
    }
    await move(2 * hour);
    expect((await browser.get('/operations')).status).toBe(303);
  });

  it('of one member of staff end together; others and later ones go on', async () => {
    const [one, two, other] = await Promise.all([
      trial.staff({ subject: 'eve', roles: ['operator'] }),
      trial.staff({ subject: 'eve', roles: ['operator'] }),
      trial.staff({ subject: 'dan', roles: ['operator'] }),
    ]);
    await trial.runtime.store.sessions.endAllOf('eve', trial.runtime.clock.now());
    expect((await one.get('/operations')).status).toBe(303);
    expect((await two.get('/operations')).status).toBe(303);
    expect((await other.get('/operations')).status).toBe(200);
    await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + 1));
    const again = await trial.staff({ subject: 'eve', roles: ['operator'] });
    expect((await again.get('/operations')).status).toBe(200);
  });
});

describe('the personal link', () => {
  let trial: Trial;
  let reference: string;
  beforeAll(async () => {
    trial = await startTrial();
    reference = await trial.start('999000102');
  });
  afterAll(() => trial.close());

  it('looked at 1,000 times, good or not, changes nothing and always looks the same', async () => {
    const good = await trial.linkOf(reference);
    const bad = `/f/${'A'.repeat(43)}`;
    const before = await trial.runtime.store.onboardings.now(reference);
    const seen = new Set<string>();
    for (let visit = 0; visit < 500; visit += 1) {
      for (const path of [good, bad]) {
        const answer = await trial.browser().send(path, { method: visit % 2 === 0 ? 'GET' : 'HEAD' });
        expect(answer.headers.getSetCookie()).toEqual([]);
        seen.add(`${answer.status} ${(await answer.text()).replaceAll(path, 'PATH')}`);
      }
    }
    expect(seen.size).toBe(2);
    expect(await trial.runtime.store.onboardings.now(reference)).toEqual(before);
  });

  it('opens a new session each time, under an address without the secret', async () => {
    const browser = trial.browser();
    const path = await trial.linkOf(reference);
    const first = await browser.post(path);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/questionnaire/before']);
    const before = browser.cookies.get('session');
    expect(first.headers.getSetCookie()[0]).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.get('/status')).status).toBe(200);
    await browser.post(path);
    expect(browser.cookies.get('session')).not.toBe(before);
    const stolen = trial.browser();
    stolen.cookies.set('session', before ?? '');
    expect((await stolen.get('/status')).status).toBe(401);
  });

  it('does not open the pages of staff', async () => {
    const browser = trial.browser();
    await browser.post(await trial.linkOf(reference));
    for (const path of ['/sales', '/operations', '/waves']) {
      expect((await browser.get(path)).headers.get('location')).toBe(
        `/sign-in?to=${encodeURIComponent(path)}`,
      );
    }
  });

  it('that nobody sent says how to go on', async () => {
    for (const token of ['B'.repeat(43), 'short', 'x'.repeat(500)]) {
      const answer = await trial.browser().post(`/f/${token}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('écrivez-nous à l’adresse ci-dessous');
    }
  });

  it('that was replaced says so, and the sessions it opened are over', async () => {
    const replaced = await trial.start('999000375');
    const browser = trial.browser();
    await browser.post(await trial.linkOf(replaced));
    expect((await browser.get('/status')).status).toBe(200);
    await changeContact(trial.runtime, replaced, { contactName: 'Yan Autre' }, { kind: 'sales', id: 's' });
    expect((await browser.get('/status')).status).toBe(401);
    const old = await trial.browser().post(await trial.linkOf(replaced));
    expect(old.status).toBe(410);
    expect(await old.text()).toContain('Ce lien a été remplacé');
    expect((await trial.browser().post(await trial.linkOf(replaced, 2))).status).toBe(303);
  });

  it('of a closed onboarding opens how it ended', async () => {
    const closed = await trial.start('999000649');
    await withdraw(trial.runtime, closed, 'projet arrêté', { kind: 'sales', id: 's' });
    await trial.runtime.clock.settled();
    const browser = trial.browser();
    const answer = await browser.post(await trial.linkOf(closed));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/status']);
    expect(await (await browser.get('/status')).text()).toContain('Ce dossier est clos');
  });
});
