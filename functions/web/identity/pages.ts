import { askForCode, checkCode, type LinkHolder } from '../../application/identity.ts';
import { proofNeeded } from '../../domain/onboarding/customer-identity.ts';
import {
  CodeMailedTooOftenError,
  CodeRefusedError,
  codeRefusal,
  codeTyped,
} from '../../domain/onboarding/identity-code.ts';
import type { FetchSite } from '../app-frame.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { isUnsent, onlyAsksForLanguage } from '../shared/http/language.ts';
import {
  answerPage,
  formOf,
  type WebApp,
  type WebContext,
  type WebMiddleware,
} from '../shared/http/web-app.ts';
import { form, linkButton } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { integerField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { isKnownDevice, knownDevice, type NewCookie } from '../shared/session/known-device.ts';
import { carryOut, keptPage, withCookie } from './carry-out.ts';
import * as words from './words.ts';

/** What is waiting for the person: a page that was typed, or one to be opened. */
interface Waiting {
  readonly page: string | undefined;
  readonly to: string | undefined;
}

const pageShape = /^[\w-]{22}$/;
/** Addresses of the customer's side, and nothing else. */
const ownAddress = /^\/(?:questionnaire|status)(?:\/[\w.-]+)*$/;

function waitingIn(read: (name: 'page' | 'to') => string | undefined): Waiting {
  const [page, to] = [read('page'), read('to')];
  return {
    page: page !== undefined && pageShape.test(page) ? page : undefined,
    to: to !== undefined && ownAddress.test(to) ? to : undefined,
  };
}

function waitingOf(c: WebContext): Waiting {
  return waitingIn((name) => (c.req.method === 'POST' ? formOf(c).get(name) : c.req.query(name)));
}

function identityPath({ page, to }: Waiting): string {
  const query = new URLSearchParams();
  if (page !== undefined) query.set('page', page);
  if (to !== undefined) query.set('to', to);
  return query.size === 0 ? '/identity' : `/identity?${query}`;
}

function hiddenFields({ page, to }: Waiting): Html {
  const hidden = (name: string, value: string | undefined) =>
    value === undefined ? nothing : html`<input type="hidden" name="${name}" value="${value}">`;
  return html`${hidden('page', page)}${hidden('to', to)}`;
}

/** Enough of an address for its owner to know it, and for no one else to learn it. */
function hinted(address: string): string {
  return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
}

function holderOf(c: WebContext): LinkHolder {
  const { reference, person, link } = customerOf(c);
  return { reference, person: person?.id, generation: link };
}

interface Shown {
  readonly waiting: Waiting;
  readonly address: string;
  /** A code was sent and can still be tried. */
  readonly isSent: boolean;
  readonly typed?: string | undefined;
  readonly problems?: readonly Problem[];
}

const codeField = 'code';

function codeForm(view: View, { waiting, typed, problems }: Shown): Html {
  return form(view, {
    kept: true,
    action: '/identity',
    content: html`${hiddenFields(waiting)}${integerField(view, {
      name: codeField,
      label: words.codeLabel,
      hint: words.codeHint,
      autocomplete: 'one-time-code',
      value: typed,
      problem: problemOf(problems, codeField),
    })}`,
    buttons: [{ label: waiting.page === undefined ? words.confirm : words.confirmAndSave }],
  });
}

function sendForm(view: View, { waiting, isSent }: Shown): Html {
  return form(view, {
    action: '/identity/code',
    content: html`${hiddenFields(waiting)}${isSent ? html`<p class="soft">${view.t(words.anotherVoids)}</p>` : nothing}`,
    buttons: [isSent ? { label: words.sendAnother, look: 'second' } : { label: words.send }],
  });
}

function identityPage(view: View, shown: Shown): Page {
  const { waiting, address, isSent, typed, problems } = shown;
  // After a refusal the field stays, whatever became of the code: what to do is said at it.
  const asksForCode = isSent || typed !== undefined;
  return {
    title: words.title,
    ...(problems === undefined ? {} : { problems }),
    ...(asksForCode ? { switchSends: true } : {}),
    body: html`<h1>${view.t(words.title)}</h1>
<p>${view.t(words.why)}</p>
${waiting.page === undefined ? nothing : html`<p><strong>${view.t(words.kept)}</strong></p>`}
<p>${view.t(isSent ? words.wasSentTo(hinted(address)) : words.goesTo(hinted(address)))}</p>
${asksForCode ? codeForm(view, shown) : nothing}
${sendForm(view, shown)}`,
  };
}

/** What the page shows besides its problems. */
async function shownNow(c: WebContext, { store, clock }: WebDependencies): Promise<Shown> {
  const holder = holderOf(c);
  const { person } = customerOf(c);
  const [code, address] = await Promise.all([
    store.identityCodes.get(holder.reference, holder.person),
    person === undefined
      ? store.dossiers.intake(holder.reference).then(({ contactEmail }) => contactEmail)
      : person.email,
  ]);
  const isSent = codeRefusal(code, holder.generation, clock.now()) === undefined;
  return { waiting: waitingOf(c), address, isSent };
}

/** Leads on once it is known who is there: carries out what was typed, or opens what was asked for. */
async function goOn(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  cookie: NewCookie | undefined,
): Promise<Response> {
  const { page, to } = waitingOf(c);
  if (page === undefined) return withCookie(leadTo(c, deps.site, to ?? '/questionnaire'), deps, cookie);
  const answer = await carryOut(c, deps, fetchSite, { id: page, cookie });
  return withCookie(answer ?? (await nothingWaits(c)), deps, cookie);
}

/** The page on a known device: another tab has confirmed, and what was typed in this one may still wait. */
async function showVerified(c: WebContext, deps: WebDependencies) {
  const { page, to } = waitingOf(c);
  if (page === undefined) return leadTo(c, deps.site, to ?? '/questionnaire');
  const kept = await keptPage(c, deps, page);
  return answerPage(c, verifiedPage(c.get('view'), kept === undefined ? undefined : page));
}

/** It was carried out meanwhile, or is no longer kept. */
function nothingWaits(c: WebContext) {
  return answerPage(c, verifiedPage(c.get('view'), undefined));
}

function verifiedPage(view: View, page: string | undefined): Page {
  const next =
    page === undefined
      ? html`<p>${view.t(words.noLongerKept)}</p><p>${linkButton(view, '/questionnaire', words.goOn)}</p>`
      : form(view, {
          action: '/identity',
          content: html`${hiddenFields({ page, to: undefined })}<p>${view.t(words.stillKept)}</p>`,
          buttons: [{ label: words.save }],
        });
  return {
    title: words.verifiedTitle,
    body: html`<h1>${view.t(words.verifiedTitle)}</h1>
<p>${view.t(words.onThisDevice)}</p>
${next}`,
  };
}

async function receiveCode(c: WebContext, deps: WebDependencies, fetchSite: FetchSite): Promise<Response> {
  const customer = customerOf(c);
  if (await isKnownDevice(c, deps, customer)) return goOn(c, deps, fetchSite, undefined);
  const typed = formOf(c).get(codeField) ?? '';
  const show = async (problems: readonly Problem[]) =>
    answerPage(c, identityPage(c.get('view'), { ...(await shownNow(c, deps)), typed, problems }));
  const code = codeTyped(typed);
  const missing = code === undefined && !isUnsent(c) ? [{ field: codeField, message: words.noCode }] : [];
  if (code === undefined || onlyAsksForLanguage(c)) return show(missing);
  try {
    await checkCode(deps, holderOf(c), code, customer.who);
  } catch (error) {
    if (!(error instanceof CodeRefusedError)) throw error;
    return show([{ field: codeField, message: error.text }]);
  }
  return goOn(c, deps, fetchSite, await knownDevice(deps, customer));
}

async function sendCode(c: WebContext, deps: WebDependencies): Promise<Response> {
  const waiting = waitingOf(c);
  try {
    await askForCode(deps, holderOf(c), customerOf(c).who);
  } catch (error) {
    if (!(error instanceof CodeMailedTooOftenError)) throw error;
    const view = c.get('view');
    const body = html`<h1>${view.t(words.tooManyCodes)}</h1><p>${view.t(error.text)}</p><p>${linkButton(view, identityPath(waiting), words.back)}</p>`;
    return answerPage(c, { title: words.tooManyCodes, body }, 429);
  }
  return leadTo(c, deps.site, identityPath(waiting));
}

/** Where the link suffices, there is nothing to show. */
function onlyWhereAsked({ customerIdentity, store, site }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const { reference, acting } = customerOf(c);
    const proof = proofNeeded(customerIdentity, await store.dossiers.intake(reference), acting);
    return proof === undefined ? leadTo(c, site, '/questionnaire') : next();
  };
}

/** Where the holder of a link shows who they are, before the first change on a device. */
export function registerIdentity(app: WebApp, deps: WebDependencies, fetchSite: FetchSite): void {
  app.use('/identity/*', requireCustomer, onlyWhereAsked(deps));
  app.get('/identity', async (c) => {
    if (await isKnownDevice(c, deps, customerOf(c))) return showVerified(c, deps);
    return answerPage(c, identityPage(c.get('view'), await shownNow(c, deps)));
  });
  app.post('/identity', (c) => receiveCode(c, deps, fetchSite));
  app.post('/identity/code', (c) => sendCode(c, deps));
}
