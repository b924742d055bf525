import { type MailTemplate, mailsWithoutLink } from '../../domain/onboarding/messages.ts';
import { typeset } from '../../domain/text.ts';
import type {
  ComposedMail,
  CustomerTemplate,
  MailContext,
  MailWording,
  StaffTemplate,
} from './mails/mail-context.ts';
import { questionnaireMails } from './mails/questionnaire-mails.ts';
import { staffMails } from './mails/staff-mails.ts';
import { waveMails } from './mails/wave-mails.ts';

export type { ComposedMail, MailContext } from './mails/mail-context.ts';

const customerMails: Readonly<Record<CustomerTemplate, MailWording>> = {
  ...questionnaireMails,
  ...waveMails,
};

function isStaffTemplate(template: MailTemplate): template is StaffTemplate {
  return Object.hasOwn(staffMails, template);
}

/** Names come from people: characters that would break a header's line become a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

/**
 * Writes a mail: subject with the reference, the matter, the action and its limit, the consequence of silence, the
 * contact and the reason for the mail. Customer mails that lead to a page contain the personal link; staff mails never do.
 */
export function composeMail(template: MailTemplate, context: MailContext): ComposedMail {
  const { link, ...rest } = context;
  const open: MailContext = { ...rest, organisation: oneLine(context.organisation) };
  const secret = link === undefined || mailsWithoutLink.has(template) ? {} : { link };
  const { subject, text } = isStaffTemplate(template)
    ? composeStaffMail(staffMails[template], open)
    : composeCustomerMail(customerMails[template], { ...open, ...secret });
  return { subject: typeset(subject, context.language), text: typeset(text, context.language) };
}

function assemble(paragraphs: readonly (string | undefined)[]): string {
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n')}\n`;
}

function composeCustomerMail(wording: MailWording, context: MailContext): ComposedMail {
  const { subject, body } = wording[context.language](context);
  const { platform, reference, language } = context;
  return {
    subject: oneLine(`${platform}${language === 'fr' ? ' : ' : ': '}${subject} (${reference})`),
    text: assemble([
      greeting(context),
      ...body,
      statusLine(context),
      contactLine(context),
      signature(context),
    ]),
  };
}

function greeting({ language, contactName }: MailContext): string {
  const name = oneLine(contactName ?? '');
  if (language === 'fr') return name === '' ? 'Bonjour,' : `Bonjour ${name},`;
  return name === '' ? 'Hello,' : `Hello ${name},`;
}

function statusLine({ language, link, statusUrl }: MailContext): string | undefined {
  if (statusUrl === undefined || link !== undefined) return undefined;
  return language === 'fr' ? `Suivre votre dossier :\n${statusUrl}` : `Follow your file:\n${statusUrl}`;
}

function contactLine({ language, salesOwner, reference }: MailContext): string {
  const owner = oneLine(salesOwner ?? '');
  if (language === 'fr') {
    const who = owner === '' ? 'votre interlocuteur commercial' : `votre interlocuteur, ${owner}`;
    return `Une question ? Adressez-vous à ${who}, en rappelant la référence ${reference}. N’envoyez ni réponse au questionnaire ni donnée sensible par courriel.`;
  }
  const who = owner === '' ? 'your sales contact' : `your contact, ${owner}`;
  return `A question? Turn to ${who}, and give the reference ${reference}. Send neither answers of the questionnaire nor sensitive data by mail.`;
}

function signature({ language, platform, organisation }: MailContext): string {
  return language === 'fr'
    ? `L’équipe d’accueil de ${platform}\n\nVous recevez ce message parce que vous êtes le contact désigné de ${organisation} pour son entrée sur ${platform}.`
    : `The onboarding team of ${platform}\n\nYou receive this message because you are the contact named by ${organisation} for its onboarding on ${platform}.`;
}

function composeStaffMail(wording: MailWording, context: MailContext): ComposedMail {
  const { subject, body } = wording[context.language](context);
  const french = context.language === 'fr';
  const page = context.staffUrl;
  const pageLine = french ? `Page du dossier :\n${page}` : `The file’s page:\n${page}`;
  const why = french
    ? `Vous recevez ce message parce que ce dossier de ${context.platform} vous est confié, à vous ou à votre équipe. Référence : ${context.reference}. En cas de doute, adressez-vous à l’équipe d’exploitation.`
    : `You receive this message because this file of ${context.platform} is in your hands or your team’s. Reference: ${context.reference}. If in doubt, ask the operations team.`;
  return {
    subject: oneLine(`${context.reference} – ${subject} – ${context.organisation}`),
    text: assemble([french ? 'Bonjour,' : 'Hello,', ...body, page === undefined ? undefined : pageLine, why]),
  };
}
