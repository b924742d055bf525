import { changeContact, resendInvitation, revokeLink } from '../../../application/change-contact.ts';
import { withdraw } from '../../../application/withdraw.ts';
import { parseContact } from '../../../domain/intake/intake.ts';
import { linkMailsADay } from '../../../domain/onboarding/link-mails.ts';
import type { ContactChange } from '../../../domain/onboarding/transitions/contact.ts';
import type { Text } from '../../../domain/text.ts';
import { problemOf } from '../layout/error-summary.ts';
import { textField } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { type Act, defineAct, type ReadContext } from './acts.ts';
import {
  contactLink,
  invitationLink,
  isInvited,
  revocationLink,
  withdrawalLink,
} from './common-act-links.ts';
import { organisationAct } from './organisation-act.ts';
import { reasonAlone } from './reason.ts';
import { talkAct } from './talk-act.ts';

const unchanged: Text = {
  fr: 'Nom du contact : rien n’a changé ; modifiez le nom ou l’adresse.',
  en: 'Contact name: nothing was changed; edit the name or the address.',
};

/** For the customer's mail administrators, when a link was sent and has not arrived. */
const mailSetup = {
  path: '/mail-setup',
  label: {
    fr: 'Le courriel n’arrive pas ? Page à transmettre aux administrateurs de sa messagerie',
    en: 'The email does not arrive? A page to pass on to their mail administrators',
  },
} as const;

/** Validates name and address by the rules of intake. */
function readContact({ form, intake }: ReadContext) {
  const parsed = parseContact({
    contactName: form.get('contactName') ?? '',
    contactEmail: form.get('contactEmail') ?? '',
  });
  if ('problems' in parsed) return { problems: parsed.problems };
  const { contactName = intake.contactName, contactEmail = intake.contactEmail } = parsed.contact;
  const value: ContactChange = {
    ...(contactName === intake.contactName ? {} : { contactName }),
    ...(contactEmail === intake.contactEmail ? {} : { contactEmail }),
  };
  return Object.keys(value).length === 0
    ? { problems: [{ field: 'contactName', message: unchanged }] }
    : { value };
}

const contact = defineAct<ContactChange>({
  ...contactLink,
  explanation: (now) =>
    isInvited(now)
      ? [
          {
            fr: 'Un courriel contenant un nouveau lien est envoyé immédiatement à l’adresse ci-dessous. L’ancien lien et les sessions ouvertes avec lui cessent de fonctionner. Les réponses déjà saisies sont conservées.',
            en: 'An email with a new link is sent immediately to the address below. The old link and the sessions opened with it stop working. Answers already given are kept.',
          },
        ]
      : [
          {
            fr: 'L’invitation n’a pas encore été envoyée ; elle le sera à l’adresse ci-dessous.',
            en: 'The invitation has not been sent yet. It will be sent to the address below.',
          },
        ],
  fields: (view, { form, problems, intake }) =>
    html`${textField(view, {
      name: 'contactName',
      label: { fr: 'Nom du contact', en: 'Contact name' },
      value: form?.get('contactName') ?? intake.contactName,
      problem: problemOf(problems, 'contactName'),
    })}${textField(view, {
      name: 'contactEmail',
      type: 'email',
      label: { fr: 'Adresse électronique du contact', en: 'Contact email address' },
      value: form?.get('contactEmail') ?? intake.contactEmail,
      problem: problemOf(problems, 'contactEmail'),
    })}`,
  first: 'contactName',
  button: { label: { fr: 'Changer de contact', en: 'Change contact' } },
  read: readContact,
  run: changeContact,
});

const invitation = defineAct<string>({
  ...invitationLink,
  explanation: () => [
    {
      fr: `Le lien actuel est envoyé au contact, avec l’invitation ou, une fois le questionnaire terminé, avec l’état du dossier. Il reste valide tant que le dossier est ouvert. Il peut être renvoyé une fois par minute, et ${linkMailsADay} fois en 24 heures.`,
      en: `The current link is sent to the contact, with the invitation or, once the questionnaire is complete, with the status of the onboarding. It stays valid as long as the onboarding is open. It can be resent once a minute, and ${linkMailsADay} times in 24 hours.`,
    },
  ],
  seeAlso: mailSetup,
  ...reasonAlone,
  button: { label: { fr: 'Renvoyer le lien', en: 'Resend the link' } },
  run: resendInvitation,
});

const revocation = defineAct<string>({
  ...revocationLink,
  explanation: () => [
    {
      fr: 'Le lien du client et toutes les sessions ouvertes avec lui cessent immédiatement de fonctionner. Aucun courriel n’est envoyé : le nouveau lien figure dans le prochain rappel, ou part quand vous renvoyez le lien. Si l’adresse n’est plus la bonne, changez plutôt de contact.',
      en: 'The customer’s link and all sessions opened with it stop working immediately. No email is sent: the new link is included in the next reminder, or sent when you resend the link. If the address is wrong, change the contact instead.',
    },
  ],
  ...reasonAlone,
  button: { label: { fr: 'Révoquer le lien', en: 'Revoke the link' }, look: 'danger' },
  run: revokeLink,
});

const withdrawal = defineAct<string>({
  ...withdrawalLink,
  explanation: () => [
    {
      fr: 'Le dossier est clos définitivement, ses places dans les vagues sont libérées et le client en est informé par courriel. Un nouveau dossier pourra être ouvert pour ce SIREN.',
      en: 'The onboarding is closed permanently, its places in waves are released, and the customer is informed by email. A new onboarding may be started for this SIREN.',
    },
  ],
  ...reasonAlone,
  button: { label: { fr: 'Retirer le dossier', en: 'Withdraw the onboarding' }, look: 'danger' },
  run: withdraw,
});

/** The acts available to both sales and operators. */
export const commonActs: readonly Act[] = [
  talkAct,
  organisationAct,
  contact,
  invitation,
  revocation,
  withdrawal,
];
