import { SESv2Client, type SendEmailCommand } from '@aws-sdk/client-sesv2';
import { expect, it } from 'vitest';
import { type Mail, sesMailer } from '../../functions/platform/mail.ts';

const mail: Mail = {
  id: 'K7F4-M3XJ-3-0',
  to: 'dsi@organisme.example',
  language: 'fr',
  subject: 'Votre questionnaire',
  text: 'Bonjour\n',
};

/** What the mailer asks of SES for a mail. */
async function requested(sent: Mail): Promise<SendEmailCommand['input']> {
  const asked: SendEmailCommand['input'][] = [];
  const client = new SESv2Client({
    region: 'eu-west-3',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  client.middlewareStack.add(
    () => async (args) => {
      // What the client was given is all that SES gets.
      asked.push(JSON.parse(JSON.stringify(args.input)));
      return { response: {}, output: { $metadata: {} } };
    },
    { step: 'initialize' },
  );
  await sesMailer(client, 'onboarding@platform.example').send(sent);
  const [first] = asked;
  if (first === undefined) throw new Error('Nothing was asked of SES');
  return first;
}

it('sends answers to the address that the mail names, as a field of its own', async () => {
  const { ReplyToAddresses, Destination, FromEmailAddress } = await requested({
    ...mail,
    replyTo: 'lou@platform.example',
  });
  expect(ReplyToAddresses).toEqual(['lou@platform.example']);
  expect(Destination).toEqual({ ToAddresses: ['dsi@organisme.example'] });
  expect(FromEmailAddress).toBe('onboarding@platform.example');
});

it('names no address for answers when the mail has none, and attaches nothing', async () => {
  const request = await requested(mail);
  expect(request.ReplyToAddresses).toBeUndefined();
  expect(Object.keys(request.Content?.Simple ?? {})).toEqual(['Subject', 'Body', 'Headers']);
});
