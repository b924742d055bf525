import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Language } from '../domain/text.ts';

/** A rendered email. Contains no answers; only invitations and reminders contain the personal link. */
export interface Mail {
  /** Stable across retries, so that a receiver can drop duplicates. */
  readonly id: string;
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Sends through Amazon SES. */
export function sesMailer(client: SESv2Client, from: string): Mailer {
  return {
    send: async (mail) => {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [mail.to] },
          Content: {
            Simple: {
              Subject: { Data: mail.subject, Charset: 'UTF-8' },
              Body: { Text: { Data: mail.text, Charset: 'UTF-8' } },
              Headers: [
                { Name: 'Content-Language', Value: mail.language },
                { Name: 'Auto-Submitted', Value: 'auto-generated' },
              ],
            },
          },
          EmailTags: [{ Name: 'mail', Value: mail.id }],
        }),
      );
    },
  };
}
