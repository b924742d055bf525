import type { FetchSite } from '../app-frame.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton } from '../shared/layout/components.ts';
import { html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import type { NewCookie } from '../shared/session/known-device.ts';
import { carryOut, keptPage, withCookie } from './carry-out.ts';
import { hiddenFields, type Waiting } from './waiting.ts';
import * as words from './words.ts';

/** Leads on once it is known who is there: carries out what was typed, or opens what was asked for. */
export async function goOn(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  { page, to }: Waiting,
  cookie: NewCookie | undefined,
): Promise<Response> {
  if (page === undefined) return withCookie(leadTo(c, deps.site, to ?? '/questionnaire'), deps, cookie);
  const answer = await carryOut(c, deps, fetchSite, { id: page, cookie });
  return withCookie(answer ?? (await nothingWaits(c)), deps, cookie);
}

/** The pages that were kept, and the cookie of the device that has just become known. */
interface ToCarryOut {
  readonly kept: readonly { readonly id: string }[];
  readonly device: NewCookie;
}

/** The same for all pages that wait, the one sent last at the end; what refuses one of them is answered at once. */
export async function carryOutAll(
  c: WebContext,
  deps: WebDependencies,
  fetchSite: FetchSite,
  waiting: Waiting,
  { kept, device }: ToCarryOut,
): Promise<Response> {
  const others = kept.filter(({ id }) => id !== waiting.page);
  const last = waiting.page ?? others.at(-1)?.id;
  for (const { id } of others) {
    if (id === last) continue;
    const answer = await carryOut(c, deps, fetchSite, { id, cookie: device });
    if (answer !== undefined && answer.status >= 400) return withCookie(answer, deps, device);
  }
  return goOn(c, deps, fetchSite, { ...waiting, page: last }, device);
}

/** The page on a known device: another tab has confirmed, and what was typed in this one may still wait. */
export async function showVerified(c: WebContext, deps: WebDependencies, { page, to }: Waiting) {
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
