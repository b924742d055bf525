import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
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
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** The `Message-ID` of a mail: the same whenever it is sent, so that a receiver can drop what arrives twice. */
export function messageIdHeader(id: string, from: string): string {
  return `<${id}@${from.slice(from.indexOf('@') + 1)}>`;
}

/** Sends through Amazon SES. */
export function sesMailer(client: SESv2Client, from: string): Mailer {
  return {
    send: async (mail) => {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [mail.to] },
          ...(mail.replyTo === undefined ? {} : { ReplyToAddresses: [mail.replyTo] }),
          Content: {
            Simple: {
              Subject: { Data: mail.subject, Charset: 'UTF-8' },
              Body: { Text: { Data: mail.text, Charset: 'UTF-8' } },
              Headers: [
                { Name: 'Content-Language', Value: mail.language },
                { Name: 'Auto-Submitted', Value: 'auto-generated' },
                // SES writes its own Message-ID over any other, and refuses one here.
                { Name: 'Original-Message-ID', Value: messageIdHeader(mail.id, from) },
              ],
            },
          },
          EmailTags: [{ Name: 'mail', Value: mail.id }],
        }),
      );
    },
  };
}
