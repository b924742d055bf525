import type { Text } from '../../domain/text.ts';
import { form } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { integerField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { hiddenFields, type Waiting } from './waiting.ts';
import * as words from './words.ts';

/** What the page for a mailed code shows. */
export interface Shown {
  readonly waiting: Waiting;
  /** Until when what was typed is kept; absent when nothing is. */
  readonly keptUntil: string | undefined;
  readonly address: string;
  /** A code was sent and can still be tried. */
  readonly isSent: boolean;
  /** Why no code is mailed now. */
  readonly noneNow: Text | undefined;
  /** A code was asked for and not sent. */
  readonly isRefused?: boolean;
  /** Why the request was not carried out, which may be sent again at once. */
  readonly busy?: Text | undefined;
  readonly typed?: string | undefined;
  /** The code that was refused last: the language switch says so again, and does not try it again. */
  readonly refused?: string | undefined;
  readonly problems?: readonly Problem[];
}

export const codeField = 'code';
export const refusedField = 'refused';

/** Enough of an address for its owner to know it, and for no one else to learn it. */
function hinted(address: string): string {
  return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
}

function codeForm(view: View, { waiting, keptUntil, typed, refused, problems }: Shown): Html {
  return form(view, {
    kept: true,
    action: '/identity',
    content: html`${hiddenFields(waiting)}${
      refused === undefined ? nothing : html`<input type="hidden" name="${refusedField}" value="${refused}">`
    }${integerField(view, {
      name: codeField,
      label: words.codeLabel,
      hint: words.codeHint,
      autocomplete: 'one-time-code',
      value: typed,
      problem: problemOf(problems, codeField),
    })}`,
    buttons: [{ label: keptUntil === undefined ? words.confirm : words.confirmAndSave }],
  });
}

function sendForm(view: View, { waiting, isSent, noneNow, busy }: Shown): Html {
  if (noneNow !== undefined) return html`<p>${view.t(noneNow)}</p>`;
  return form(view, {
    action: '/identity/code',
    content: html`${hiddenFields(waiting)}${busy === undefined ? nothing : html`<p><strong>${view.t(busy)}</strong></p>`}${isSent ? html`<p class="soft">${view.t(words.anotherVoids)}</p>` : nothing}`,
    buttons: [isSent ? { label: words.sendAnother, look: 'second' } : { label: words.send }],
  });
}

/** What becomes of the page that was typed. */
function keptLine(view: View, { waiting, keptUntil }: Shown): Html {
  if (keptUntil !== undefined) {
    return html`<p><strong>${view.t(words.keptUntil(instantText(view, keptUntil)))}</strong></p>`;
  }
  return waiting.page === undefined ? nothing : html`<p>${view.t(words.noLongerKept)}</p>`;
}

/** Where a code is asked for and typed. */
export function codePage(view: View, shown: Shown): Page {
  const { address, isSent, noneNow, isRefused, typed, problems = [] } = shown;
  const title = isRefused === true ? words.notSentTitle : words.title;
  // After a refusal the field stays, whatever became of the code: what to do is said at it.
  const asksForCode = isSent || typed !== undefined;
  const mailed = isSent ? words.wasSentTo(hinted(address)) : words.goesTo(hinted(address));
  return {
    title,
    ...(asksForCode ? { problems } : {}),
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t(words.why)}</p>
${keptLine(view, shown)}
${isSent || noneNow === undefined ? html`<p>${view.t(mailed)}</p>` : nothing}
${asksForCode ? codeForm(view, shown) : nothing}
${sendForm(view, shown)}`,
  };
}
