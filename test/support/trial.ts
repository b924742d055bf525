import { fileURLToPath } from 'node:url';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import type { CustomerIdentity } from '../../functions/domain/onboarding/customer-identity.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import type { BodyType } from '../../functions/domain/questionnaire/option-codes.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import type { StaffSession } from '../../functions/store/sessions.ts';
import { createApp } from '../../functions/web/app.ts';
import type { WebDependencies } from '../../functions/web/shared/dependencies.ts';
import { siteOf } from '../../functions/web/shared/http/site.ts';
import type { WebApp } from '../../functions/web/shared/http/web-app.ts';
import { type Runtime, type RuntimeHooks, startRuntime } from '../../infra/local/runtime.ts';
import { listenOnLoopback } from '../../infra/local/web/server.ts';
import { startWeb } from '../../infra/local/web/start-web.ts';

export const origin = 'http://127.0.0.1:3000';

/** A browser as far as cookies go: each is sent to its path only, and forms come from the site itself. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form with the session's proof, taken from the page at `from` (the form's own address unless given). */
  post(path: string, fields?: Record<string, string>, from?: string): Promise<Response>;
  send(path: string, init: RequestInit): Promise<Response>;
  /** The cookies of the whole site, by name. */
  readonly cookies: Map<string, string>;
}

export function openBrowser(
  fetchPage: (url: string, init: RequestInit) => Promise<Response>,
  at: string,
): Browser {
  const cookies = new Map<string, string>();
  const byPath = new Map<string, Map<string, string>>([['/', cookies]]);

  function keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? '/';
    const jar = byPath.get(path) ?? new Map<string, string>();
    byPath.set(path, jar);
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, pair.slice(pair.indexOf('=') + 1));
  }

  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const url = new URL(path, at);
    const sent = [...byPath]
      .filter(([below]) => url.pathname.startsWith(below))
      .flatMap(([, jar]) => [...jar]);
    if (sent.length > 0) headers.set('Cookie', sent.map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetchPage(url.href, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  return {
    cookies,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: async (path, fields = {}, from = path) => {
      const page = await (await send(from, {})).text();
      const proof = /name="_csrf" value="([^"]+)"/.exec(page)?.[1];
      return send(path, {
        method: 'POST',
        body: new URLSearchParams({ ...fields, ...(proof === undefined ? {} : { _csrf: proof }) }),
        headers: { Origin: at },
      });
    },
  };
}

export interface Trial {
  readonly runtime: Runtime;
  readonly deps: WebDependencies;
  readonly app: WebApp;
  /** Everything that was logged. */
  readonly log: string[];
  browser(): Browser;
  /** A browser in which a member of staff is signed in. */
  staff(who: Partial<StaffSession>): Promise<Browser>;
  /** Starts an onboarding and waits until it stands still; gives its reference. */
  start(siren: string, team?: string, parentSiren?: string, bodyType?: BodyType): Promise<string>;
  linkOf(reference: string, generation?: number): Promise<string>;
  close(): Promise<void>;
}

const registryFile = fileURLToPath(new URL('../../examples/registry.json', import.meta.url));

/** The whole system in memory with its pages; the clock stands still. */
export async function startTrial(
  publicUrl = origin,
  hooks: RuntimeHooks = {},
  platform: PlatformConfiguration = samplePlatform,
): Promise<Trial> {
  const log: string[] = [];
  const runtime = await startRuntime({
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform,
    calendar: sampleCalendar(platform),
    registryFile,
    hooks,
    log: (line) => log.push(line),
  });
  return openTrial(runtime, publicUrl, log);
}

/** The pages of a system that runs. */
export function openTrial(runtime: Runtime, publicUrl = origin, log: string[] = []): Trial {
  const site = siteOf(publicUrl);
  const nobody = () => Promise.reject(new Error('Nobody signs in here'));
  const deps: WebDependencies = {
    ...runtime,
    site,
    contact: 'operations@platform.example',
    mailSender: { address: 'onboarding@platform.example', dkimSelectors: ['one', 'two'] },
    sales: { owner: 'sales.state@platform.example', team: 'state' },
    identity: { begin: nobody, complete: nobody, endUrl: async () => undefined },
    verifyToken: async () => undefined,
    tokenUrl: `${publicUrl}/idp/token`,
  };
  const app = createApp(deps);
  const browser = () => openBrowser(async (url, init) => app.request(url, init), site.origin);
  return {
    runtime,
    deps,
    app,
    log,
    browser,
    staff: async (who) => {
      const secret = Buffer.from(runtime.ids.bytes(32)).toString('base64url');
      await runtime.store.sessions.open(
        secret,
        { kind: 'staff', subject: 'ada', name: 'Ada', mail: 'ada@platform.example', roles: [], ...who },
        runtime.clock.now(),
      );
      const opened = browser();
      opened.cookies.set(site.cookie.name('session'), secret);
      return opened;
    },
    start: async (siren, team = 'state', parentSiren, bodyType = 'state_administration') => {
      const intake = {
        siren,
        legalName: 'Direction fictive du numérique',
        bodyType,
        contactName: 'Zoé Canari',
        contactEmail: 'zoe.canari@client.example',
        language: 'fr',
        services: ['exchange'],
        deadlineReason: 'none',
        owner: 'sales.state@platform.example',
        team,
        ...(parentSiren === undefined ? {} : { parentSiren }),
      } as const;
      const request = { scope: 'test', key: siren, body: siren };
      const reference = await startOnboarding(runtime, request, intake, { kind: 'operator', id: 'test' });
      await runtime.clock.settled();
      return reference;
    },
    linkOf: async (reference, generation = 1) => `/f/${await runtime.links.token(reference, generation)}`,
    close: () => runtime.close(),
  };
}

/** The whole system behind a real port, with its identity providers. */
export async function startTrialServer(
  customerIdentity: CustomerIdentity = 'link',
  hooks: RuntimeHooks = {},
) {
  const plain = await startTrial(undefined, hooks);
  const trial = { ...plain, runtime: { ...plain.runtime, customerIdentity } };
  const server = await listenOnLoopback(0);
  server.serve(await startWeb(trial.runtime, server.origin, undefined));
  return {
    ...trial,
    origin: server.origin,
    browser: () => openBrowser((url, init) => fetch(url, init), server.origin),
    close: async () => {
      await server.close();
      await trial.close();
    },
  };
}
