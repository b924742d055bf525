import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
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
