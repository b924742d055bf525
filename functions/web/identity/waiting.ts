import { formOf, type WebContext } from '../shared/http/web-app.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';

/** What is waiting for the person: a page that was typed, or one to be opened. */
export interface Waiting {
  readonly page: string | undefined;
  readonly to: string | undefined;
}

const pageShape = /^[\w-]{22}$/;
/** Addresses of the customer's side, and nothing else. */
const ownAddress = /^\/(?:questionnaire|status)(?:\/[\w-][\w.-]*)*$/;

export function waitingIn(read: (name: 'page' | 'to') => string | undefined): Waiting {
  const [page, to] = [read('page'), read('to')];
  return {
    page: page !== undefined && pageShape.test(page) ? page : undefined,
    to: to !== undefined && ownAddress.test(to) ? to : undefined,
  };
}

export function waitingOf(c: WebContext): Waiting {
  return waitingIn((name) => (c.req.method === 'POST' ? formOf(c).get(name) : c.req.query(name)));
}

/** The address of a page about it: the first one unless given. */
export function identityPath({ page, to }: Waiting, path = '/identity'): string {
  const query = new URLSearchParams();
  if (page !== undefined) query.set('page', page);
  if (to !== undefined) query.set('to', to);
  return query.size === 0 ? path : `${path}?${query}`;
}

export function hiddenFields({ page, to }: Waiting): Html {
  const hidden = (name: string, value: string | undefined) =>
    value === undefined ? nothing : html`<input type="hidden" name="${name}" value="${value}">`;
  return html`${hidden('page', page)}${hidden('to', to)}`;
}
