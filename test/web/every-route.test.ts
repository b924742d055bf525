import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes as operations } from '../../functions/web/api/routes.ts';
import { scopes } from '../../functions/web/api/scopes.ts';
import { createApp } from '../../functions/web/app.ts';
import { behindSession } from '../../functions/web/app-frame.ts';
import type { WebDependencies } from '../../functions/web/shared/dependencies.ts';
import { sessionFor } from '../../functions/web/shared/http/guards.ts';
import type { WebApp } from '../../functions/web/shared/http/web-app.ts';
import { registerDemoPages } from '../../infra/local/web/demo-pages.ts';
import { type Browser, openBrowser, origin, startTrial, type Trial } from '../support/trial.ts';
import {
  otherBodies,
  strangeForms,
  strangeHeaders,
  strangeQueries,
  strangeValues,
  wideForms,
} from './whatever-is-sent.ts';

/** Largest answer to anything, in characters: a refusal quotes the names of fields, as the sender wrote them. */
const largestAnswer = 3_000_000;

let trial: Trial;
let app: WebApp;
let staff: Browser;
let customer: Browser;
let reference: string;
let clock = 0;

beforeAll(async () => {
  trial = await startTrial();
  const attempt = { state: 'state', nonce: 'nonce', verifier: 'verifier' };
  const deps: WebDependencies & { readonly elapsed: () => number } = {
    ...trial.deps,
    verifyToken: async () => ({ subject: 'crm', scopes: Object.keys(scopes), kind: 'machine' }),
    identity: {
      ...trial.deps.identity,
      begin: async () => ({ url: new URL('https://identity.example/'), attempt }),
    },
    // The rate limit is full again before each request.
    elapsed: () => (clock += 1_000),
  };
  app = createApp(deps);
  registerDemoPages(app, trial.runtime, deps.site);
  reference = await trial.start('999000102');
  const signedIn = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
  staff = openBrowser(async (url, init) => app.request(url, init), origin);
  for (const [name, value] of signedIn.cookies) staff.cookies.set(name, value);
  customer = openBrowser(async (url, init) => app.request(url, init), origin);
  await customer.post(await trial.linkOf(reference));
});
afterAll(() => trial.close());

/** Every address that answers a method, with something in each place: whatever is registered is found. */
function addresses(method: 'GET' | 'POST'): readonly string[] {
  const fill = (path: string) =>
    path
      .replace(':reference', reference)
      .replace(':section', 'E')
      .replace(':role', 'ciso')
      .replace(':code', 'DR_PATH')
      .replace(/:decision(\{[^}]*\})?/, 'confirm')
      .replace(/:(id|token|problem|uid)/, 'paris-2027-03-09');
  const found = app.routes.filter(
    (route) => route.method === method && !route.path.includes('*') && !route.path.startsWith('/api'),
  );
  return [...new Set(found.map(({ path }) => fill(path)))];
}

function browserFor(path: string): Browser {
  return sessionFor(behindSession, path) === 'customer' ? customer : staff;
}

async function proofOf(browser: Browser): Promise<string> {
  const page = await (await browser.get(browser === customer ? '/status' : '/')).text();
  return /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** A right answer: one of these, said in few words. */
async function expectBounded(answer: Response, expected: readonly number[], what: string): Promise<void> {
  const text = await answer.text();
  expect(expected, `${what}: ${answer.status} ${text.slice(0, 200)}`).toContain(answer.status);
  expect(text.length, what).toBeLessThan(largestAnswer);
}

/** A body of which it is counted how much was read. */
function watched(pieceCount: number) {
  const seen = { pieces: 0 };
  const body = new ReadableStream(
    {
      pull: (controller) => {
        seen.pieces += 1;
        if (seen.pieces > pieceCount) controller.close();
        else controller.enqueue(new TextEncoder().encode('a=1&'.repeat(16_000)));
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, body };
}

function withoutSession(path: string, body: NonNullable<RequestInit['body']>): Request {
  const headers = { Origin: origin, 'Content-Type': form };
  return new Request(`${origin}${path}`, { method: 'POST', body, headers, duplex: 'half' });
}

const refusals = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429];
const form = 'application/x-www-form-urlencoded';

describe('every form', () => {
  it('is found, and says who needs a session for it', () => {
    const open = addresses('POST').filter((path) => sessionFor(behindSession, path) === undefined);
    expect(addresses('POST').length).toBeGreaterThan(20);
    expect(open.toSorted()).toEqual([
      '/f/paris-2027-03-09',
      '/local/clock',
      '/new-link',
      '/proof',
      '/sign-out',
    ]);
  });

  it.each(wideForms)('with $name is refused as too large, before any session is asked for', async (body) => {
    for (const path of addresses('POST')) {
      const headers = { Origin: origin, 'Content-Type': body.type };
      const answer = await browserFor(path).send(path, { method: 'POST', body: body.content, headers });
      await expectBounded(answer, [413], path);
    }
  });

  it('with whatever fields gets a right answer', async () => {
    for (const path of addresses('POST').filter((each) => each !== '/sign-out')) {
      const browser = browserFor(path);
      for (const body of strangeForms(await proofOf(browser))) {
        const headers = { Origin: origin, 'Content-Type': body.type };
        const answer = await browser.send(path, { method: 'POST', body: body.content, headers });
        await expectBounded(answer, [200, 303, ...refusals], `${path} with ${body.name}`);
      }
    }
  });

  it.each(otherBodies)('of another type, $name, is not read', async (body) => {
    for (const path of addresses('POST')) {
      const headers = { Origin: origin, 'Content-Type': body.type };
      const answer = await browserFor(path).send(path, { method: 'POST', body: body.content, headers });
      // The clock of the demonstration also takes JSON, before the pages see it.
      await expectBounded(answer, [415], path);
    }
  });

  it('from another site is refused without reading any of it', async () => {
    for (const path of addresses('POST')) {
      const { seen, body } = watched(1_000);
      const headers = { Origin: 'https://evil.example', 'Content-Type': form };
      const init = { method: 'POST', body, headers, duplex: 'half' } as const;
      await expectBounded(await browserFor(path).send(path, init), [403], path);
      expect(seen.pieces, path).toBe(0);
    }
  });

  it('of staff without a session is refused without reading any of it', async () => {
    for (const path of addresses('POST').filter((each) => sessionFor(behindSession, each) === 'staff')) {
      const { seen, body } = watched(1_000);
      await expectBounded(await app.request(withoutSession(path, body)), [401], path);
      expect(seen.pieces, path).toBe(0);
    }
  });

  it('of a customer without a session is read up to its limits, to give back what was typed', async () => {
    const paths = addresses('POST').filter((each) => sessionFor(behindSession, each) === 'customer');
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const { seen, body } = watched(1_000);
      await expectBounded(await app.request(withoutSession(path, body)), [413], path);
      expect(seen.pieces, path).toBeLessThan(5);
      await expectBounded(await app.request(withoutSession(path, 'typed=kept')), [401], path);
    }
  });

  it('is read no further than its limits, announced or not', async () => {
    for (const path of addresses('POST')) {
      const { seen, body } = watched(1_000);
      const init = {
        method: 'POST',
        body,
        headers: { Origin: origin, 'Content-Type': form },
        duplex: 'half',
      } as const;
      await expectBounded(await browserFor(path).send(path, init), [413], path);
      expect(seen.pieces, path).toBeLessThan(5);
    }
  });
});

describe('every page', () => {
  it.each(strangeQueries)('with %s gets a right answer', async (_, query) => {
    for (const path of addresses('GET')) {
      await expectBounded(
        await browserFor(path).get(`${path}?${query}`),
        [200, 303, ...refusals],
        `${path}?${query.slice(0, 20)}`,
      );
    }
  });

  it.each(strangeHeaders)('with %s gets a right answer', async (name, headers) => {
    for (const path of [...addresses('GET'), '/nothing', '/api/nothing']) {
      const answer = await app.request(`${origin}${path}`, { headers });
      await expectBounded(answer, [200, 303, ...refusals], `${path} with ${name}`);
    }
  });

  it('with a long part in its address gets a right answer', async () => {
    const routes = app.routes.filter(({ method, path }) => method === 'GET' && path.includes(':'));
    for (const { path } of routes) {
      for (const part of ['x'.repeat(3_000), 'é'.repeat(2_000), '%00', '%ED%A0%80', '__proto__']) {
        const address = path.replace(/:\w+(\{[^}]*\})?/g, part);
        await expectBounded(
          await browserFor(path).get(address),
          [200, 303, ...refusals],
          `${path} with ${part.slice(0, 10)}`,
        );
      }
    }
    await expectBounded(await staff.get(`/${'a/'.repeat(100_000)}`), [404], 'a deep path');
  });
});

/** The problem document of an answer of the API. */
const problem = z.object({ errors: z.optional(z.array(z.object({ pointer: z.string() }))) });

async function callApi(
  method: string,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return app.request(`${origin}/api${path}`, {
    method,
    headers: {
      Authorization: 'Bearer token',
      'Content-Type': 'application/json',
      'Idempotency-Key': `key-${path}`,
      ...headers,
    },
    ...(method === 'GET' ? {} : { body }),
  });
}

function apiAddress(path: string): string {
  return path
    .replace('{reference}', reference)
    .replace('{code}', 'DR_PATH')
    .replace('{id}', 'paris-2027-03-09')
    .replace('{gate}', 'SCHEDULE')
    .replace('{problem}', 'invalid_input');
}

const withBody = operations.filter(({ method }) => method !== 'GET');

/** Bodies with a value as a whole, in each field, and in each field of a field. */
function bodiesWith(value: string, example: unknown): readonly string[] {
  const given = z.record(z.string(), z.unknown()).parse(example ?? {});
  const replaced = (fields: Readonly<Record<string, unknown>>, name: string, text: string) =>
    `{${Object.entries(fields)
      .map(([key, kept]) => `${JSON.stringify(key)}:${key === name ? text : JSON.stringify(kept)}`)
      .join(',')}}`;
  const inside = Object.entries(given).flatMap(([name, nested]) => {
    const fields = z.record(z.string(), z.unknown()).safeParse(nested);
    if (!fields.success) return [];
    return Object.keys(fields.data).map((key) => replaced(given, name, replaced(fields.data, key, value)));
  });
  const beside = `{${Object.entries(given)
    .map(([key, kept]) => `${JSON.stringify(key)}:${JSON.stringify(kept)},`)
    .join('')}"unknown":${value}}`;
  return [
    value,
    beside,
    ...Object.keys(given).map((name) => replaced(given, name, value)),
    // A form with many questions has many parts; a few stand for them.
    ...inside.slice(0, 6),
  ];
}

describe('every operation of the API', () => {
  it.each(Object.entries(strangeValues))('refuses %s wherever it stands', async (name, value) => {
    for (const { method, path, body } of withBody) {
      for (const [index, sent] of bodiesWith(value, body.example).entries()) {
        const what = `${method} ${path} with ${name}, body ${index}`;
        const answer = await callApi(method, apiAddress(path), sent);
        const text = await answer.text();
        expect([200, 201, ...refusals], `${what}: ${answer.status}`).toContain(answer.status);
        expect(text.length, what).toBeLessThan(largestAnswer);
        expect(problem.parse(JSON.parse(text)).errors?.length ?? 0, what).toBeLessThanOrEqual(100);
      }
    }
  });

  it('says how many problems there are up to a hundred, and that there are more', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, 1]));
    for (const { method, path, body } of withBody.filter(({ operators }) => operators !== 'only')) {
      const sent = JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(body.example), ...unknown });
      const answer = await callApi(method, apiAddress(path), sent, { 'Accept-Language': 'en' });
      const { detail, errors } = z
        .object({ detail: z.string(), errors: z.array(z.unknown()) })
        .parse(await answer.json());
      expect([answer.status, errors.length, detail.slice(0, 29)], path).toEqual([
        422,
        100,
        'More than 100 problems to cor',
      ]);
    }
  });

  it.each(strangeQueries)('with %s gets a right answer', async (_, query) => {
    for (const { method, path, body } of operations) {
      const answer = await callApi(
        method,
        `${apiAddress(path)}?${query}`,
        JSON.stringify(body.example ?? {}),
      );
      await expectBounded(answer, [200, ...refusals], `${path}?${query.slice(0, 20)}`);
    }
  });

  it.each(strangeHeaders)('with %s gets a right answer', async (name, headers) => {
    for (const { method, path } of operations) {
      const answer = await callApi(method, apiAddress(path), '{}', headers);
      await expectBounded(answer, [200, ...refusals], `${path} with ${name}`);
    }
  });

  it('takes no form and no CSV', async () => {
    for (const { method, path, operators } of withBody) {
      for (const { type, content } of [...wideForms, ...strangeForms('proof'), ...otherBodies.slice(1)]) {
        const answer = await callApi(method, apiAddress(path), content, { 'Content-Type': type });
        // What takes a person's own token refuses a client first.
        await expectBounded(answer, [operators === 'only' ? 403 : 415], `${path} with ${type.slice(0, 30)}`);
      }
    }
  });

  it('refuses a client without a valid token before its body is read', async () => {
    for (const { method, path, scope } of withBody) {
      if (scope === undefined) continue;
      const { seen, body } = watched(1_000);
      const request = new Request(`${origin}/api${apiAddress(path)}`, {
        method,
        body,
        headers: { 'Content-Type': 'application/json' },
        duplex: 'half',
      });
      await expectBounded(await app.request(request), [401], path);
      expect(seen.pieces, path).toBe(0);
    }
  });
});
