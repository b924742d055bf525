import type { Language } from '../domain/text.ts';

/** A rendered email. Contains no answers; only invitations and reminders contain the personal link. */
export interface Mail {
  /** Stable across retries, so that a receiver can drop duplicates. */
  readonly id: string;
  readonly to: string;
  /** Whom an answer reaches; without it, answers go to the sender's address, which no one reads. */
  readonly replyTo?: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
}

/** A file of a mail; its text is UTF-8. */
export interface MailAttachment {
  readonly name: string;
  /** Media type with its parameters. */
  readonly type: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** The `Message-ID` of a mail: the same whenever it is sent, so that a receiver can drop what arrives twice. */
export function messageIdHeader(id: string, from: string): string {
  return `<${id}@${from.slice(from.indexOf('@') + 1)}>`;
}

/** Headers of every mail; absence notices must not answer a machine (RFC 3834). */
export function mailHeaders({ language }: Pick<Mail, 'language'>): Readonly<Record<string, string>> {
  return { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' };
}
