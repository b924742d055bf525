import { BusinessError } from './errors.ts';
import type { Text } from './text.ts';
import { second } from './time.ts';

/** Whole seconds until an instant, in milliseconds: at least one. */
export function secondsUntil(due: number, at: Date): number {
  return Math.max(1, Math.ceil((due - at.getTime()) / second));
}

/** A link was mailed as often as it may be: the same request is possible later. */
export abstract class MailedTooOftenError extends BusinessError {
  readonly code = 'link_mailed_too_often';
  /** Whole seconds until the next mail is possible. */
  readonly retryAfter: number;

  constructor(retryAfter: number, text: Text) {
    super(text);
    this.retryAfter = retryAfter;
  }
}
