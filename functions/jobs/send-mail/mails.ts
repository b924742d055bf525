import { type MailTemplate, mailsWithoutLink, reminderMails } from '../../domain/onboarding/messages.ts';
import { oneLine, type Text, typeset } from '../../domain/text.ts';
import { askedAgainMails } from './mails/asked-again-mails.ts';
import { conditionMails } from './mails/condition-mails.ts';
import { alsoToSubmit, correctionMails } from './mails/correction-mails.ts';
import { erasureMails } from './mails/erasure-mails.ts';
import { identityMails } from './mails/identity-mails.ts';
import type {
  ComposedMail,
  CustomerTemplate,
  MailContext,
  MailWording,
  StaffTemplate,
} from './mails/mail-context.ts';
import { organisationMails } from './mails/organisation-mails.ts';
import { partMails } from './mails/part-mails.ts';
import { personMails } from './mails/person-mails.ts';
import { questionnaireMails } from './mails/questionnaire-mails.ts';
import { staffMails } from './mails/staff-mails.ts';
import { waveMails } from './mails/wave-mails.ts';

export type { ComposedMail, MailContext } from './mails/mail-context.ts';

const customerMails: Readonly<Record<CustomerTemplate, MailWording>> = {
  ...questionnaireMails,
  ...waveMails,
  ...partMails,
  ...conditionMails,
  ...correctionMails,
  ...personMails,
  ...identityMails,
  ...organisationMails,
  ...erasureMails,
};

/** Mails about the questionnaire have other words when only some of it is asked again. */
function wordingOf(template: CustomerTemplate, { asked }: MailContext): MailWording {
  const again: Readonly<Partial<Record<CustomerTemplate, MailWording>>> =
    asked === undefined ? {} : askedAgainMails;
  return again[template] ?? customerMails[template];
}

function isStaffTemplate(template: MailTemplate): template is StaffTemplate {
  return Object.hasOwn(staffMails, template);
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
    : composeCustomerMail(template, { ...open, ...secret });
  return { subject: typeset(subject, context.language), text: typeset(text, context.language) };
}

function assemble(paragraphs: readonly (string | undefined)[]): string {
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n')}\n`;
}

/** The end has its own page; a code is typed where it was asked for, and a mail with a link beside it could be copied. */
const withoutStatus: ReadonlySet<MailTemplate> = new Set(['closed', 'identity_code', 'erasure_granted']);

function composeCustomerMail(template: CustomerTemplate, context: MailContext): ComposedMail {
  const { subject, body } = wordingOf(template, context)[context.language](context);
  const { platform, reference, language } = context;
  return {
    subject: oneLine(`${platform}${language === 'fr' ? ' : ' : ': '}${subject} (${reference})`),
    text: assemble([
      greeting(context),
      partLine(context),
      ...body,
      reminderMails.has(template) && template !== 'correction_reminder' ? alsoToSubmit(context) : undefined,
      calendarLine(context),
      withoutStatus.has(template) ? undefined : statusLine(context),
      contactLine(context),
      signature(context),
    ]),
  };
}

function greeting({ language, contactName, person }: MailContext): string {
  const name = oneLine(person?.name ?? contactName ?? '');
  if (language === 'fr') return name === '' ? 'Bonjour,' : `Bonjour ${name},`;
  return name === '' ? 'Hello,' : `Hello ${name},`;
}

/** Which part of a split migration the mail is about. */
function partLine({ language, part }: MailContext): string | undefined {
  if (part === undefined) return undefined;
  const { number, of, users } = part;
  const scope = oneLine(part.scope);
  return language === 'fr'
    ? `Ce message concerne la partie ${number} sur ${of} de votre migration : ${scope} (${users} utilisateurs).`
    : `This message is about part ${number} of ${of} of your migration: ${scope} (${users} users).`;
}

const attached: Readonly<Record<NonNullable<MailContext['calendar']>, Text>> = {
  REQUEST: {
    fr: 'Pour votre agenda : ouvrez les dates jointes à ce courriel. Celles que nous vous avions déjà envoyées s’y mettent à jour.',
    en: 'For your calendar: open the dates attached to this email. Those that we sent you before are updated.',
  },
  CANCEL: {
    fr: 'Pour votre agenda : ouvrez les dates jointes à ce courriel. Celles que nous vous avions envoyées y seront annulées.',
    en: 'For your calendar: open the dates attached to this email. Those that we sent you before will be cancelled.',
  },
};

function calendarLine({ language, calendar }: MailContext): string | undefined {
  return calendar === undefined ? undefined : attached[calendar][language];
}

/** The way to the status page; the mail that an onboarding is closed names the page that is left of it. */
function statusLine({ language, link, statusUrl }: MailContext): string | undefined {
  if (statusUrl === undefined || link !== undefined) return undefined;
  return language === 'fr'
    ? `Suivre votre dossier, après avoir ouvert le lien personnel de nos courriels précédents :\n${statusUrl}`
    : `Follow your onboarding, once you have opened the personal link in our earlier emails:\n${statusUrl}`;
}

function contactLine({ language, contact, reference }: MailContext): string {
  const address = oneLine(contact ?? '');
  if (language === 'fr') {
    const how =
      address === ''
        ? 'Contactez votre interlocuteur commercial'
        : `Répondez à ce message ou écrivez à votre interlocuteur, ${address}`;
    return `Une question ? ${how}, en rappelant votre référence ${reference}. N’envoyez ni réponses au questionnaire ni données sensibles par courriel.`;
  }
  const how =
    address === ''
      ? 'Contact your sales contact'
      : `Reply to this email or write to your contact, ${address},`;
  return `Any questions? ${how} and quote your reference ${reference}. Do not send questionnaire answers or sensitive data by email.`;
}

function signature({ language, platform, organisation, person }: MailContext): string {
  if (person !== undefined) {
    return language === 'fr'
      ? `${platform}, l’équipe d’accueil\n\nVous recevez ce message parce que ${organisation} vous a désigné (${person.label}) pour son arrivée sur ${platform}.`
      : `The ${platform} onboarding team\n\nYou are receiving this email because ${organisation} named you (${person.label}) for its onboarding to ${platform}.`;
  }
  return language === 'fr'
    ? `${platform}, l’équipe d’accueil\n\nVous recevez ce message parce que vous êtes le contact désigné par votre organisme, ${organisation}, pour rejoindre ${platform}.`
    : `The ${platform} onboarding team\n\nYou are receiving this email because ${organisation} named you as the contact for its onboarding to ${platform}.`;
}

function composeStaffMail(wording: MailWording, context: MailContext): ComposedMail {
  const { subject, body } = wording[context.language](context);
  const french = context.language === 'fr';
  const page = context.staffUrl;
  const pageLine = french ? `Page du dossier :\n${page}` : `Page of the onboarding:\n${page}`;
  const why = french
    ? `Vous recevez ce message parce que ce dossier (${context.platform}) est confié à vous ou à votre équipe. Référence : ${context.reference}. En cas de doute, contactez l’équipe d’exploitation.`
    : `You are receiving this email because this onboarding (${context.platform}) is assigned to you or your team. Reference: ${context.reference}. If in doubt, contact the operations team.`;
  return {
    subject: oneLine(`${context.reference} – ${subject} – ${context.organisation}`),
    text: assemble([french ? 'Bonjour,' : 'Hello,', ...body, page === undefined ? undefined : pageLine, why]),
  };
}
