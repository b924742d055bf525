import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { Interview } from '../../../domain/onboarding/interviews.ts';
import type { Person } from '../../../domain/onboarding/people.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { CustomerSession, StaffSession, StoredSession } from '../../../store/sessions.ts';
import type { Page } from '../layout/page.ts';
import { renderPage } from '../layout/page.ts';
import type { View } from '../layout/view.ts';
import type { FormFields } from './form-fields.ts';
import type { Site } from './site.ts';

/** The session a request came with. */
export type OpenSession =
  | {
      readonly kind: 'customer';
      readonly session: StoredSession & CustomerSession;
      readonly now: Snapshot;
      /** Whose link opened it; absent for the contact. */
      readonly person?: Person | undefined;
    }
  | { readonly kind: 'staff'; readonly session: StoredSession & StaffSession };

/** The interview whose pages a member of staff has opened. */
export interface OpenInterview {
  readonly now: Snapshot;
  readonly interview: Interview;
}

export interface WebEnv {
  Variables: {
    site: Site;
    view: View;
    form?: FormFields;
    session?: OpenSession;
    interview?: OpenInterview;
    /** The part of the customer's split onboarding that the page is about. */
    part?: Snapshot;
  };
}

export type WebApp = Hono<WebEnv>;
export type WebContext = Context<WebEnv>;
export type WebMiddleware = MiddlewareHandler<WebEnv>;

type PageStatus = 200 | 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;

/** Answers with a page; a page with problems is a refused form (422). */
export function answerPage(c: WebContext, page: Page, status?: PageStatus): Response | Promise<Response> {
  const view = c.get('view');
  const refused = !view.unsent && (page.problems ?? []).length > 0;
  return c.html(renderPage(view, page), status ?? (refused ? 422 : 200));
}

/** The form of this request; present on every POST that the guards let through. */
export function formOf(c: WebContext): FormFields {
  const form = c.get('form');
  if (form === undefined) throw new Error('No form was read: the route is not a POST');
  return form;
}
