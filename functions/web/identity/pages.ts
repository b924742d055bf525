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
import { onlyAsksForLanguage } from '../shared/http/language.ts';
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
import { isKnownDevice, knownDevice } from '../shared/session/known-device.ts';
import { goOn, showVerified } from './go-on.ts';
import { registerProConnect, showProConnect } from './proconnect.ts';
import { onlyBy, proofOf } from './proof.ts';
import { hiddenFields, identityPath, type Waiting, waitingOf } from './waiting.ts';
import * as words from './words.ts';

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
  const { waiting, address, isSent, typed, problems = [] } = shown;
  // After a refusal the field stays, whatever became of the code: what to do is said at it.
  const asksForCode = isSent || typed !== undefined;
  return {
    title: words.title,
    ...(asksForCode ? { problems } : {}),
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

async function receiveCode(c: WebContext, deps: WebDependencies, fetchSite: FetchSite): Promise<Response> {
  const customer = customerOf(c);
  if (await isKnownDevice(c, deps, customer)) return goOn(c, deps, fetchSite, waitingOf(c), undefined);
  if ((await proofOf(c, deps)) !== 'code') return leadTo(c, deps.site, identityPath(waitingOf(c)));
  const typed = formOf(c).get(codeField) ?? '';
  const show = async (problems: readonly Problem[]) =>
    answerPage(c, identityPage(c.get('view'), { ...(await shownNow(c, deps)), typed, problems }));
  const code = codeTyped(typed);
  const missing = code === undefined ? [{ field: codeField, message: words.noCode }] : [];
  if (code === undefined || onlyAsksForLanguage(c)) return show(missing);
  try {
    await checkCode(deps, holderOf(c), code, customer.who);
  } catch (error) {
    if (!(error instanceof CodeRefusedError)) throw error;
    return show([{ field: codeField, message: error.text }]);
  }
  return goOn(c, deps, fetchSite, waitingOf(c), await knownDevice(deps, customer));
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
    if (await isKnownDevice(c, deps, customerOf(c))) return showVerified(c, deps, waitingOf(c));
    if ((await proofOf(c, deps)) === 'proconnect') return showProConnect(c, deps);
    return answerPage(c, identityPage(c.get('view'), await shownNow(c, deps)));
  });
  app.post('/identity', (c) => receiveCode(c, deps, fetchSite));
  app.post('/identity/code', onlyBy(deps, 'code'), (c) => sendCode(c, deps));
  app.use('/identity/proconnect/*', onlyBy(deps, 'proconnect'));
  registerProConnect(app, deps, fetchSite);
}
