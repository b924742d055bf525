import { formatSiren } from '../../domain/input/identifiers.ts';
import type { Text } from '../../domain/text.ts';
import type { ProConnectFailure } from '../shared/identity/proconnect.ts';
import { form, linkButton } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import { typedText } from '../shared/layout/typed-text.ts';
import type { View } from '../shared/layout/view.ts';
import { tooManyRequests } from './address-limit.ts';
import * as words from './proconnect-words.ts';
import { hiddenFields, identityPath, type Waiting } from './waiting.ts';
import { noLongerKept, title } from './words.ts';

/** What waits for the person. */
interface Kept {
  readonly waiting: Waiting;
  /** When the first of the pages that wait ends; absent when none is kept. */
  readonly keptUntil: string | undefined;
}

/** The way to ProConnect. */
function signInLink(view: View, { waiting }: Kept, label: Text, anew = false): Html {
  const path = identityPath(waiting, '/identity/proconnect');
  const asked = anew ? `${path}${path.includes('?') ? '&' : '?'}anew` : path;
  return html`<p>${linkButton(view, asked, label, anew ? 'second' : 'first')}</p>`;
}

function keptLine(view: View, { waiting, keptUntil }: Kept): Html {
  if (keptUntil !== undefined) {
    const moment = instantText(view, keptUntil);
    return html`<p><strong>${view.t(words.keptUntil(moment))}</strong></p>`;
  }
  return waiting.page === undefined ? nothing : html`<p>${view.t(noLongerKept)}</p>`;
}

/** A decision of the account owner. */
export interface Refusal {
  readonly siren: string;
  readonly refusedAt: string;
  readonly reason: string;
}

function refusalLines(view: View, refusal: Refusal | undefined): Html {
  if (refusal === undefined) return nothing;
  const { siren, refusedAt, reason } = refusal;
  return html`<p>${view.t(words.refused(formatSiren(siren), instantText(view, refusedAt)))}</p>
${typedText(reason)}
<p>${view.t(words.afterRefusal)}</p>`;
}

/** Why ProConnect is asked, and the way there. */
export function startPage(
  view: View,
  shown: Kept & { readonly hasAsked: boolean; readonly refusal: Refusal | undefined },
): Page {
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t(words.why)}</p>
<p>${view.t(words.whatIsKept)}</p>
${shown.hasAsked ? html`<p>${view.t(words.asked)}</p>` : refusalLines(view, shown.refusal)}${keptLine(view, shown)}
${signInLink(view, shown, words.signIn)}`,
  };
}

/** ProConnect has presented no one: why, that nothing is lost, and the way to try again. */
export function failurePage(view: View, failure: ProConnectFailure, kept: Kept): Page {
  return notPresentedPage(view, words.failures[failure], kept);
}

/** Too many come back at the same time. */
export function busyPage(view: View, kept: Kept): Page {
  return notPresentedPage(view, { title: words.busyTitle, text: tooManyRequests }, kept);
}

function notPresentedPage(
  view: View,
  { title: what, text }: { readonly title: Text; readonly text: Text },
  kept: Kept,
): Page {
  return {
    title: what,
    body: html`<h1>${view.t(what)}</h1>
<p>${view.t(text)}</p>
${keptLine(view, kept)}
${signInLink(view, kept, words.tryAgain)}`,
  };
}

interface ShownOrganisation extends Kept {
  /** The establishment that was presented. */
  readonly siret: string;
  /** The organisation whose onboarding it is. */
  readonly organisation: string;
  readonly siren: string;
  readonly hasAsked: boolean;
  /** The account owner has refused it. */
  readonly refusal: Refusal | undefined;
}

/** A SIRET as people read it: the SIREN in groups of three, and the five digits of the establishment. */
function formatSiret(siret: string): string {
  return `${formatSiren(siret.slice(0, 9))}\u202f${siret.slice(9)}`;
}

/** Which organisation was presented, and the way to ask for it to be accepted. */
export function organisationPage(view: View, shown: ShownOrganisation): Page {
  const { waiting, siret, organisation, siren, hasAsked, refusal } = shown;
  const isRefused = !hasAsked && refusal !== undefined;
  const what = hasAsked ? words.askedTitle : isRefused ? words.refusedTitle : words.foreignTitle;
  return {
    title: what,
    body: html`<h1>${view.t(what)}</h1>
<p>${view.t(words.presented(formatSiret(siret)))}</p>
${isRefused ? refusalLines(view, refusal) : nothing}<p>${view.t(hasAsked ? words.asked : words.expected(organisation, formatSiren(siren)))}</p>
${keptLine(view, shown)}
${form(view, {
  action: '/identity/proconnect/organisation',
  content: html`${hiddenFields(waiting)}<p>${view.t(hasAsked ? words.keepExplained : words.askExplained)}</p>`,
  buttons: [
    hasAsked
      ? { label: words.keepLonger, look: 'second' }
      : { label: isRefused ? words.askAgain : words.ask },
  ],
})}
${signInLink(view, shown, words.otherAccount, true)}`,
  };
}

/** The account owner cannot be asked, or not now. */
export function notAskedPage(view: View, text: Text): Page {
  return {
    title: words.foreignTitle,
    body: html`<h1>${view.t(words.foreignTitle)}</h1><p>${view.t(text)}</p>`,
  };
}
