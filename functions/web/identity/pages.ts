import { askForCode, checkCode, type LinkHolder } from '../../application/identity.ts';
import { proofNeeded } from '../../domain/onboarding/customer-identity.ts';
import {
  CodeMailedTooOftenError,
  CodeRefusedError,
  codeRefusal,
  codeTyped,
  refusedCode,
  tooManyCodes,
} from '../../domain/onboarding/identity-code.ts';
import type { Text } from '../../domain/text.ts';
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
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { isKnownDevice, knownDevice } from '../shared/session/known-device.ts';
import { type AddressLimit, createAddressLimit, type Timed, tooManyRequests } from './address-limit.ts';
import { keptPage } from './carry-out.ts';
import { codeField, codePage, refusedField, type Shown } from './code-page.ts';
import { goOn, showVerified } from './go-on.ts';
import { registerProConnect, showProConnect } from './proconnect.ts';
import { onlyBy, proofOf } from './proof.ts';
import { identityPath, waitingOf } from './waiting.ts';
import * as words from './words.ts';

type Dependencies = WebDependencies & Timed;

function holderOf(c: WebContext): LinkHolder {
  const { reference, person, link } = customerOf(c);
  return { reference, person: person?.id, generation: link };
}

/** What is shown beside the code that was typed. */
type Typed = Pick<Shown, 'typed' | 'refused' | 'problems' | 'isRefused' | 'busy'>;

/** Shows the page as it is now; its language switch leads to it, whichever form was sent. */
async function showCodePage(
  c: WebContext,
  deps: WebDependencies,
  typed: Typed = {},
  status?: 429,
): Promise<Response> {
  const { store, clock } = deps;
  const holder = holderOf(c);
  const { now: onboarding, person } = customerOf(c);
  const waiting = waitingOf(c);
  const [code, address, kept] = await Promise.all([
    store.identityCodes.get(holder.reference, holder.person),
    person === undefined
      ? store.dossiers.intake(holder.reference).then(({ contactEmail }) => contactEmail)
      : person.email,
    waiting.page === undefined ? undefined : keptPage(c, deps, waiting.page),
  ]);
  const now = clock.now();
  c.set('view', { ...c.get('view'), path: identityPath(waiting) });
  const page = codePage(c.get('view'), {
    waiting,
    keptUntil: kept?.until,
    address,
    isSent: codeRefusal(code, holder.generation, now) === undefined,
    noneNow: tooManyCodes(code?.sent ?? [], now, onboarding.state.territory)?.text,
    ...typed,
  });
  return answerPage(c, page, status);
}

/** What to say again of a code that was refused, when its page is asked for in the other language. */
async function refusalBefore(
  c: WebContext,
  { store, clock }: WebDependencies,
  typed: string,
): Promise<Text | undefined> {
  if (formOf(c).get(refusedField) !== typed) return undefined;
  const { reference, person, generation } = holderOf(c);
  const code = await store.identityCodes.get(reference, person);
  return refusedCode(code, generation, clock.now()).text;
}

async function receiveCode(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  waitFor: AddressLimit,
): Promise<Response> {
  const customer = customerOf(c);
  if (await isKnownDevice(c, deps, customer)) return goOn(c, deps, fetchSite, waitingOf(c), undefined);
  if ((await proofOf(c, deps)) !== 'code') return leadTo(c, deps.site, identityPath(waitingOf(c)));
  const typed = formOf(c).get(codeField) ?? '';
  const problemsOf = (message: Text | undefined) =>
    message === undefined ? [] : [{ field: codeField, message }];
  const show = (message: Text | undefined, status?: 429) =>
    showCodePage(c, deps, { typed, problems: problemsOf(message) }, status);
  const showRefused = (message: Text | undefined) =>
    showCodePage(c, deps, { typed, refused: typed, problems: problemsOf(message) });
  const code = codeTyped(typed);
  if (onlyAsksForLanguage(c)) {
    return code === undefined ? show(words.noCode) : showRefused(await refusalBefore(c, deps, typed));
  }
  if (code === undefined) return show(words.noCode);
  if (waitFor(c) > 0) return show(tooManyRequests, 429);
  try {
    await checkCode(deps, holderOf(c), code, customer.who);
  } catch (error) {
    if (!(error instanceof CodeRefusedError)) throw error;
    return showRefused(error.text);
  }
  return goOn(c, deps, fetchSite, waitingOf(c), await knownDevice(deps, customer));
}

async function sendCode(c: WebContext, deps: WebDependencies, waitFor: AddressLimit): Promise<Response> {
  if (waitFor(c) > 0) return showCodePage(c, deps, { isRefused: true, busy: tooManyRequests }, 429);
  try {
    await askForCode(deps, holderOf(c), customerOf(c).who);
  } catch (error) {
    if (!(error instanceof CodeMailedTooOftenError)) throw error;
    return showCodePage(c, deps, { isRefused: true }, 429);
  }
  return leadTo(c, deps.site, identityPath(waitingOf(c)));
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
export function registerIdentity(app: WebApp, deps: Dependencies, fetchSite: FetchSite): void {
  const waitFor = createAddressLimit(deps);
  app.use('/identity/*', requireCustomer, onlyWhereAsked(deps));
  app.get('/identity', async (c) => {
    if (await isKnownDevice(c, deps, customerOf(c))) return showVerified(c, deps, waitingOf(c));
    return (await proofOf(c, deps)) === 'proconnect' ? showProConnect(c, deps) : showCodePage(c, deps);
  });
  app.post('/identity', (c) => receiveCode(c, deps, fetchSite, waitFor));
  app.post('/identity/code', onlyBy(deps, 'code'), (c) => sendCode(c, deps, waitFor));
  app.use('/identity/proconnect/*', onlyBy(deps, 'proconnect'));
  registerProConnect(app, deps, fetchSite, waitFor);
}
