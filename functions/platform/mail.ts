import type { Language } from '../domain/text.ts';

/** One mail, ready to go. Holds no answers; the personal link stands in invitations and reminders only. */
export interface Mail {
  /** The same for the same mail, however often it is tried: a receiver may drop the second. */
  readonly id: string;
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}
