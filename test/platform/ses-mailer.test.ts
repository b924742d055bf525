import { SESv2Client, type SendEmailCommand } from '@aws-sdk/client-sesv2';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Mail } from '../../functions/platform/mail.ts';
import { sesMailer } from '../../functions/platform/ses-mailer.ts';

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

it('sends a mail with files as one message whose calendar parts name their method', async () => {
  const invitation = {
    name: 'bascule.ics',
    type: 'text/calendar; charset=utf-8; method=REQUEST',
    text: 'BEGIN:VCALENDAR\r\nSUMMARY:Bascule de la Préfecture\r\nEND:VCALENDAR\r\n',
  };
  const request = await requested({ ...mail, replyTo: 'lou@platform.example', attachments: [invitation] });
  expect(Object.keys(request.Content ?? {})).toEqual(['Raw']);
  expect(request.Destination).toEqual({ ToAddresses: ['dsi@organisme.example'] });
  expect(request.ReplyToAddresses).toEqual(['lou@platform.example']);
  const { data } = z.object({ data: z.array(z.number()) }).parse(request.Content?.Raw?.Data);
  const message = Buffer.from(data).toString('utf8');
  const [head = '', ...parts] = message.split(/\r\n--[^\r]+\r\n/);
  for (const line of [
    'From: onboarding@platform.example',
    'To: dsi@organisme.example',
    'Reply-To: lou@platform.example',
    'Content-Language: fr',
    'Auto-Submitted: auto-generated',
    'Original-Message-ID: <K7F4-M3XJ-3-0@platform.example>',
    'Content-Type: multipart/mixed',
  ]) {
    expect(head).toContain(line);
  }
  const part = parts.find((each) => each.includes('text/calendar')) ?? '';
  const [, body = ''] = part.split('\r\n\r\n');
  expect(part).toMatch(
    /^Content-Type: text\/calendar; charset=utf-8; method=REQUEST;\s+name=bascule\.ics\r\n/,
  );
  expect(part).toContain('Content-Disposition: attachment; filename=bascule.ics');
  expect(Buffer.from(body.split('\r\n--')[0] ?? '', 'base64').toString('utf8')).toBe(invitation.text);
});
