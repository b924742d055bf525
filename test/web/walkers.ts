import { answerWave } from '../../functions/application/answer-wave.ts';
import { beginCorrection } from '../../functions/application/correct-answers.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { askToTalk } from '../../functions/application/talk.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { once } from '../../functions/platform/on-demand.ts';
import { createApp } from '../../functions/web/app.ts';
import { noDate, notReady } from '../support/journeys.ts';
import { unescaped } from '../support/page-reader.ts';
import { type Member, openMember } from '../support/people.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { type Browser, openBrowser, openTrial, origin, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from './staff/cast.ts';

const customer = { kind: 'customer', id: 'test' } as const;
const operator = { kind: 'operator', id: 'op' } as const;

/** Someone who follows every link they find, and where they begin. */
export interface Walker {
  readonly browser: Browser;
  readonly entries: readonly string[];
}

/** What a walker finds at an address. */
export interface Seen {
  readonly address: string;
  readonly status: number;
  readonly html: string | undefined;
  /** Where a redirect leads, when it stays on the site. */
  readonly onward: string | undefined;
}

/** The pages with a provider of identities that sends people to an address elsewhere. */
export function withSignIn(started: Trial): Trial {
  const attempt = { state: 'state', nonce: 'nonce', verifier: 'verifier' };
  const begin = async () => ({ url: new URL('https://identity.example/'), attempt });
  const app = createApp({ ...started.deps, identity: { ...started.deps.identity, begin } });
  return { ...started, app, browser: () => openBrowser(async (url, init) => app.request(url, init), origin) };
}

/** Those who do not work here, each in a state that leads to pages of its own. */
export const guests = [
  'someone who was never here',
  'a customer with an unopened invitation',
  'a customer before the first question',
  'a customer who is asked for a code',
  'a customer that talks first',
  'a customer that has answered everything',
  'a customer with classified information',
  'a customer whose answers are being reviewed',
  'a customer asked for a section again',
  'a customer asked for an answer again',
  'a customer that prepares, with conditions',
  'a customer on the waiting list',
  'a customer with a date to confirm',
  'a customer that corrects its answers',
  'a security officer',
  'a deputy',
  'an integrator',
  'a customer with a confirmed date',
] as const;
export const staff = ['sales', 'an operator'] as const;
/** To get there moves the clock by months. */
export const lastGuest = 'a customer that was handed over' as const;
export type Name = (typeof guests)[number] | (typeof staff)[number] | typeof lastGuest;

/** What brings each of them to where they begin. */
export function walkersOf(trial: Trial): Readonly<Record<Name, () => Promise<Walker>>> {
  const cast = castOf(trial);
  const { runtime } = trial;
  const behind = (browser: Browser): Walker => ({ browser, entries: ['/status', '/questionnaire'] });
  const behindLink = async (reference: string) => behind((await openLink(trial, reference)).browser);
  // The register knows only so many organisations.
  const fresh = once(() => cast.invited());
  const shared = once(() => cast.invited());
  const named = async (member: Member) => behind((await openMember(trial, await shared(), member)).browser);
  async function signedIn(role: 'operator' | 'sales', entry: string): Promise<Walker> {
    const staff = await trial.staff({ roles: [role], team: 'state' });
    const browser = trial.browser();
    for (const [name, value] of staff.cookies) browser.cookies.set(name, value);
    return { browser, entries: [entry] };
  }
  async function asked(ask: { readonly sections: readonly ['B'] } | { readonly questions: readonly ['B2'] }) {
    const reference = await cast.answered({ B2: 'unknown' });
    const asking = {
      kind: 'readiness',
      decision: 'ask_customer',
      reason: 'x',
      message: 'y',
      ...ask,
    } as const;
    await decideReview(runtime, reference, asking, operator);
    await runtime.clock.settled();
    return behindLink(reference);
  }
  return {
    'someone who was never here': async () => ({
      browser: trial.browser(),
      entries: ['/', '/trust', '/questions', '/new-link'],
    }),
    'a customer with an unopened invitation': async () => ({
      browser: trial.browser(),
      entries: [await trial.linkOf(await fresh())],
    }),
    'a customer before the first question': async () => behindLink(await fresh()),
    'a customer who is asked for a code': async () => {
      const { browser } = openTrial({ ...runtime, customerIdentity: 'link_and_code' });
      const unproven = browser();
      await unproven.post(await trial.linkOf(await fresh()));
      await unproven.post('/identity/code', {}, '/identity');
      return { browser: unproven, entries: ['/identity', '/status', '/questionnaire'] };
    },
    'a customer that talks first': async () => {
      const reference = await cast.invited();
      await askToTalk(runtime, reference, 'Le périmètre', customer);
      return behindLink(reference);
    },
    'a customer that has answered everything': async () => {
      const visitor = await openLink(trial, await cast.invited());
      for (const { id } of sections) await visitor.fill(id, plainAnswers);
      return behind(visitor.browser);
    },
    'a customer with classified information': async () => {
      const visitor = await openLink(trial, await cast.invited());
      await visitor.answer('B1', { B1: 'yes' });
      return behind(visitor.browser);
    },
    'a customer whose answers are being reviewed': async () => behindLink(await cast.answered({ B1: 'yes' })),
    'a customer asked for a section again': () => asked({ sections: ['B'] }),
    'a customer asked for an answer again': () => asked({ questions: ['B2'] }),
    'a customer that prepares, with conditions': async () =>
      behindLink(
        await cast.answered({
          ...notReady,
          A6: 'yes',
          A6b: 'yes',
          B9: ['art9'],
          B9b: 'under_10k',
          B11: 'not_done',
        }),
      ),
    'a customer on the waiting list': async () => behindLink(await cast.answered(noDate)),
    'a customer with a date to confirm': async () => behindLink(await cast.answered()),
    'a customer that corrects its answers': async () => {
      const reference = await cast.answered();
      await beginCorrection(runtime, reference, { sections: [] }, customer);
      return behindLink(reference);
    },
    'a security officer': () => named('ciso'),
    'a deputy': () => named('deputy'),
    'an integrator': () => named('integrator'),
    sales: () => signedIn('sales', '/sales'),
    'an operator': () => signedIn('operator', '/operations'),
    'a customer with a confirmed date': async () => {
      const reference = await cast.answered();
      await answerWave(runtime, reference, 'confirm', customer);
      await runtime.clock.settled();
      return behindLink(reference);
    },
    'a customer that was handed over': async () => {
      const reference = await cast.inGoNoGo();
      await decideReview(runtime, reference, { kind: 'go_no_go', decision: 'go', reason: 'x' }, operator);
      await runtime.clock.settled();
      return behindLink(reference);
    },
  };
}

async function look(browser: Browser, address: string): Promise<Seen> {
  const answer = await browser.get(address);
  const location = answer.headers.get('location');
  const target = location === null ? undefined : new URL(location, new URL(address, origin));
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
  const text = await answer.text();
  return {
    address,
    status: answer.status,
    html: isPage && location === null ? text : undefined,
    onward: target?.origin === origin ? `${target.pathname}${target.search}` : undefined,
  };
}

/** Addresses that a page links to or loads, with their fragments. */
export function linksOf({ html = '', address }: Seen): readonly URL[] {
  return [...html.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)].map(
    ([, href = '']) => new URL(unescaped(href), new URL(address, origin)),
  );
}

/** Signing out ends the walk; the other language is a walk of its own. */
const isFollowed = (url: URL): boolean =>
  url.origin === origin && !url.searchParams.has('lang') && url.pathname !== '/sign-out';

/** Every page that a walker comes to, by its address, but for those that need not be seen again. */
export async function walk(
  { browser, entries }: Walker,
  except: ReadonlySet<string> = new Set(),
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  const ahead = [...entries];
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    if (seen.has(next)) continue;
    const found = await look(browser, next);
    seen.set(next, found);
    if (found.onward !== undefined) ahead.push(found.onward);
    ahead.push(
      ...linksOf(found)
        .filter(isFollowed)
        .map((url) => `${url.pathname}${url.search}`)
        .filter((address) => !except.has(address)),
    );
  }
  return seen;
}
