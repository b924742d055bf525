import { type SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { type Mail, type Mailer, mailHeaders, messageIdHeader } from './mail.ts';

type Content = NonNullable<SendEmailCommandInput['Content']>;

/**
 * What SES is given of a mail. It takes the media type of a file as a name alone, but a calendar's needs its method: mails
 * with files are composed here.
 */
async function contentOf(mail: Mail, from: string): Promise<Content> {
  const messageId = messageIdHeader(mail.id, from);
  // SES writes its own Message-ID over any other, and refuses one here.
  const headers = { ...mailHeaders(mail), 'Original-Message-ID': messageId };
  if (mail.attachments !== undefined) {
    // Loaded when it is needed: few mails have files.
    const { mimeMessage } = await import('./mime-message.ts');
    return { Raw: { Data: await mimeMessage(mail, { from, messageId, headers }) } };
  }
  return {
    Simple: {
      Subject: { Data: mail.subject, Charset: 'UTF-8' },
      Body: { Text: { Data: mail.text, Charset: 'UTF-8' } },
      Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    },
  };
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
          Content: await contentOf(mail, from),
          EmailTags: [{ Name: 'mail', Value: mail.id }],
        }),
      );
    },
  };
}
