import { MailedTooOftenError } from '../../../domain/too-often.ts';
import type { WebContext } from './web-app.ts';

/** The status of what was asked for too often, once the answer says when it is possible; undefined for any other error. */
export function statusOfTooOften(c: WebContext, error: unknown): 429 | undefined {
  if (!(error instanceof MailedTooOftenError)) return undefined;
  c.header('Retry-After', String(error.retryAfter));
  return 429;
}
