import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/web/app.ts';
import type { WebDependencies } from '../../../functions/web/shared/dependencies.ts';
import { eventsIn, propertyOf } from '../../support/calendar-client.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'ada' });
});
afterAll(() => trial.close());

const page = '/calendar';

async function addressOn(browser: Browser): Promise<string> {
  const html = await (await browser.get(page)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return /<code>([^<]+)<\/code>/.exec(html)?.[1]?.replace(origin, '') ?? '';
}

/** Sends one of the buttons of the page as it is now, or as it was. */
async function press(browser: Browser, act: string, shown?: string): Promise<void> {
  const html = shown ?? (await (await browser.get(page)).text());
  const seen = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const answer = await browser.post(page, { act, seen });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
}

/** A calendar program: it has the address and nothing else. */
async function fetched(address: string, app = trial.app): Promise<Response> {
  return app.request(`${origin}${address}`);
}

describe('the address of the waves for a calendar program', () => {
  it('is created, replaced and removed by its owner; what was before gives nothing any more', async () => {
    expect(await addressOn(operator)).toBe('');
    await press(operator, 'start');
    const first = await addressOn(operator);
    expect(first).toMatch(/^\/calendar\/[\w-]{43}\.ics$/);
    expect(await addressOn(operator)).toBe(first);
    expect((await fetched(first)).status).toBe(200);
    const shown = await (await operator.get(page)).text();
    await press(operator, 'start', shown);
    const second = await addressOn(operator);
    expect(second).not.toBe(first);
    // The form is sent again, as browsers do: the address that the page has shown last stays.
    await press(operator, 'start', shown);
    expect(await addressOn(operator)).toBe(second);
    expect([(await fetched(first)).status, (await fetched(second)).status]).toEqual([404, 200]);
    await press(operator, 'end');
    expect(await addressOn(operator)).toBe('');
    expect((await fetched(second)).status).toBe(404);
    await press(operator, 'start');
    expect(await addressOn(operator)).not.toMatch(new RegExp(`${first}|${second}`));
  });

  it('belongs to one person, and is for operators', async () => {
    const other = await trial.staff({ roles: ['operator'], subject: 'eve' });
    expect(await addressOn(other)).toBe('');
    await press(other, 'start');
    expect(await addressOn(other)).not.toBe(await addressOn(operator));
    const sales = await trial.staff({ roles: ['sales'], team: 'state', subject: 'sam' });
    expect((await sales.get(page)).status).toBe(403);
    expect((await sales.post(page, { act: 'start', seen: '0' }, '/')).status).toBe(403);
  });

  it('answers every wrong address in the same way', async () => {
    const right = await addressOn(operator);
    const nearly = right.replace(/.\.ics$/, (end) => (end === 'A.ics' ? 'B.ics' : 'A.ics'));
    const wrong = [nearly, right.replace('.ics', ''), `${right}x`, '/calendar/x.ics', '/calendar/.ics'];
    for (const address of wrong) {
      const answer = await fetched(address);
      const text = textOf(await answer.text()).replaceAll(address, '');
      expect([address, answer.status, text.includes('Page introuvable')]).toEqual([address, 404, true]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('the waves in a calendar program', () => {
  it('are days with numbers, without the name of a customer, a cookie or a trace of the address', async () => {
    const reference = await castOf(trial).answered();
    const { booking, state } = await trial.runtime.store.onboardings.now(reference);
    expect(booking?.wave).toBe('paris-2027-03-09');
    const address = await addressOn(operator);
    const answer = await fetched(address);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=900');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.getSetCookie()).toEqual([]);
    const file = (await answer.text()).replaceAll('\r\n ', '');
    const cutover = eventsIn(file).find(
      (event) => propertyOf(event, 'UID') === 'wave-paris-2027-03-09-cutover',
    );
    expect(propertyOf(cutover ?? '', 'SUMMARY')?.replaceAll('\u00a0', ' ')).toBe(
      'Bascule – Paris – 1 client',
    );
    expect(propertyOf(cutover ?? '', 'DTSTART')).toBe('20270309');
    expect(propertyOf(cutover ?? '', 'URL')).toBe(`${origin}/waves/paris-2027-03-09`);
    for (const secret of [state.name, reference, state.siren, 'Canari', 'client.example']) {
      expect(file).not.toContain(secret);
    }
    const token = /[\w-]{43}/.exec(address)?.[0] ?? '';
    expect(token).toHaveLength(43);
    expect(trial.log.filter((line) => line.includes(token))).toEqual([]);
    expect((await operator.get(page)).headers.get('cache-control')).toBe('no-store');
  });

  it('leave out cancelled waves, and those that are long past or far away', async () => {
    const waves = await trial.runtime.store.waves.calendar(['sud']);
    const wave = waves.find(({ id }) => id === 'sud-2027-04-06');
    if (wave === undefined) throw new Error('The sample calendar has this wave');
    const { version: _, ...plain } = wave;
    await trial.runtime.store.waves.replace(wave, { ...plain, state: 'CANCELLED' });
    const file = await (await fetched(await addressOn(operator))).text();
    const ids = eventsIn(file).map((event) => propertyOf(event, 'UID'));
    expect(ids).not.toContain('wave-sud-2027-04-06-cutover');
    expect(ids).toContain('wave-paris-2027-04-06-cutover');
    expect(ids).toContain('wave-prep-paris-2027-01-11-start');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('cost one query for each site, and read nothing of a customer', async () => {
    const { store } = trial.runtime;
    let calendars = 0;
    const allowed: Partial<WebDependencies['store']> = {
      sessions: store.sessions,
      calendarFeeds: store.calendarFeeds,
      waves: {
        ...store.waves,
        calendar: (...args) => {
          calendars += 1;
          return store.waves.calendar(...args);
        },
      },
    };
    const guarded = new Proxy(store, {
      get: (_, name) => {
        const found = Object.entries(allowed).find(([known]) => known === name)?.[1];
        if (found === undefined) throw new Error(`The feed reads ${String(name)}`);
        return found;
      },
    });
    const app = createApp({ ...trial.deps, store: guarded });
    expect((await fetched(await addressOn(operator), app)).status).toBe(200);
    expect(calendars).toBe(1);
  });

  it('are not fetched without end from one network', async () => {
    const deps: WebDependencies & { readonly elapsed: () => number } = { ...trial.deps, elapsed: () => 0 };
    const app = createApp(deps);
    const env = { requestContext: { identity: { sourceIp: '192.0.2.7' } } };
    const address = await addressOn(operator);
    const answers: Response[] = [];
    for (let times = 0; times < 7; times += 1) {
      answers.push(await app.request(`${origin}${address}`, {}, env));
    }
    expect(answers.map(({ status }) => status)).toContain(429);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
  });

  it('go on when their owner signs in', async () => {
    const { clock, store } = trial.runtime;
    const address = await addressOn(operator);
    await clock.jumpTo(new Date(clock.now().getTime() + 31 * 86_400_000));
    expect((await fetched(address)).status).toBe(404);
    await store.calendarFeeds.signedIn('ada', clock.now());
    expect((await fetched(address)).status).toBe(200);
  });
});
