import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.ts';

/** What a message has beside its mail. */
export interface Envelope {
  readonly from: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When it is sent; now without. */
  readonly date?: Date;
}

/** Composes a mail with its files as one message (RFC 5322). */
export function mimeMessage(mail: Mail, { from, messageId, headers, date }: Envelope): Promise<Buffer> {
  return new MailComposer({
    from: { name: '', address: from },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: mail.subject,
    text: mail.text,
    ...(date === undefined ? {} : { date }),
    messageId,
    headers: { ...headers },
    attachments: (mail.attachments ?? []).map(({ name, type, text }) => ({
      filename: name,
      contentType: type,
      content: text,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
