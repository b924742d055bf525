import { changeContact, resendInvitation, revokeLink } from '../../../application/change-contact.ts';
import { withdraw } from '../../../application/withdraw.ts';
import { parseIntake } from '../../../domain/intake/intake.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { ContactChange } from '../../../domain/onboarding/transitions/contact.ts';
import type { Text } from '../../../domain/text.ts';
import { problemOf } from '../layout/error-summary.ts';
import { textField } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { type Act, defineAct, type ReadContext } from './acts.ts';
import { readReason, reasonField } from './reason.ts';

const isOpen = ({ state }: Snapshot): boolean => state.stage !== 'CLOSED';
const isInvited = (now: Snapshot): boolean => isOpen(now) && now.state.link > 0;
const isBeforeHandOver = (now: Snapshot): boolean =>
  isOpen(now) && !['HANDED_OVER', 'CUT_OVER'].includes(now.state.stage);

const unchanged: Text = {
  fr: 'Nom du contact : rien n’a changé ; corrigez le nom ou l’adresse.',
  en: 'Contact name: nothing has changed; correct the name or the address.',
};

/** A name and an address are held to the rules of intake. */
function readContact({ form, intake }: ReadContext) {
  const contactName = form.get('contactName') ?? '';
  const contactEmail = form.get('contactEmail') ?? '';
  const parsed = parseIntake({ contactName, contactEmail });
  const found = 'problems' in parsed ? parsed.problems : [];
  const problems = found.filter(({ field }) => field === 'contactName' || field === 'contactEmail');
  if (problems.length > 0) return { problems };
  const value: ContactChange = {
    ...(contactName === intake.contactName ? {} : { contactName }),
    ...(contactEmail === intake.contactEmail ? {} : { contactEmail }),
  };
  return Object.keys(value).length === 0
    ? { problems: [{ field: 'contactName', message: unchanged }] }
    : { value };
}

const contact = defineAct<ContactChange>({
  path: 'contact',
  label: { fr: 'Changer de contact', en: 'Change the contact' },
  possible: isOpen,
  explanation: (now) =>
    isInvited(now)
      ? [
          {
            fr: 'Un courriel avec un nouveau lien part aussitôt à l’adresse ci-dessous. L’ancien lien et les sessions ouvertes avec lui ne fonctionnent plus. Les réponses déjà saisies restent.',
            en: 'A mail with a new link goes to the address below at once. The old link, and sessions opened with it, no longer work. Answers already given stay.',
          },
        ]
      : [
          {
            fr: 'L’invitation n’est pas encore partie : elle ira à l’adresse ci-dessous.',
            en: 'The invitation has not been sent yet: it will go to the address below.',
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
      label: { fr: 'Adresse du contact', en: 'Contact address' },
      value: form?.get('contactEmail') ?? intake.contactEmail,
      problem: problemOf(problems, 'contactEmail'),
    })}`,
  first: 'contactName',
  button: { label: { fr: 'Changer de contact', en: 'Change the contact' } },
  done: {
    fr: 'Le contact est changé. S’il était invité, l’ancien lien est révoqué et un nouveau est parti.',
    en: 'The contact is changed. If it was invited, the old link is revoked and a new one is on its way.',
  },
  read: readContact,
  run: changeContact,
});

const invitation = defineAct<string>({
  path: 'invitation',
  label: { fr: 'Renvoyer le lien', en: 'Send the link again' },
  possible: isInvited,
  explanation: () => [
    {
      fr: 'Le lien en vigueur part à l’adresse du contact, avec l’invitation ou, une fois le questionnaire terminé, pour suivre le dossier. Il reste valable tant que le dossier est ouvert.',
      en: 'The present link goes to the contact’s address, with the invitation or, once the questionnaire is over, to follow the file. It stays valid as long as the onboarding is open.',
    },
  ],
  fields: (view, filled) => reasonField(view, filled),
  first: 'reason',
  button: { label: { fr: 'Renvoyer le lien', en: 'Send the link again' } },
  done: { fr: 'Le lien est renvoyé.', en: 'The link is sent again.' },
  read: ({ form }) => readReason(form),
  run: resendInvitation,
});

const revocation = defineAct<string>({
  path: 'revocation',
  label: { fr: 'Révoquer le lien et fermer les sessions', en: 'Revoke the link and end the sessions' },
  possible: isInvited,
  explanation: () => [
    {
      fr: 'Le lien du client et toutes les sessions ouvertes avec lui cessent aussitôt de fonctionner. Rien n’est envoyé : le nouveau lien part avec le prochain rappel, ou quand vous renvoyez le lien. Si l’adresse n’est plus la bonne, changez plutôt de contact.',
      en: 'The customer’s link and all sessions opened with it stop working at once. Nothing is sent: the new link goes with the next reminder, or when you send the link again. If the address is no longer right, change the contact instead.',
    },
  ],
  fields: (view, filled) => reasonField(view, filled),
  first: 'reason',
  button: { label: { fr: 'Révoquer le lien', en: 'Revoke the link' }, look: 'danger' },
  done: {
    fr: 'Le lien est révoqué et les sessions du client sont fermées.',
    en: 'The link is revoked and the customer’s sessions are ended.',
  },
  read: ({ form }) => readReason(form),
  run: revokeLink,
});

const withdrawal = defineAct<string>({
  path: 'withdrawal',
  label: { fr: 'Retirer le dossier', en: 'Withdraw the onboarding' },
  possible: isBeforeHandOver,
  explanation: () => [
    {
      fr: 'Le dossier est clos pour de bon, ses places dans les vagues sont rendues, et le client en est averti par courriel. Un nouveau dossier pourra être ouvert pour ce SIREN.',
      en: 'The onboarding is closed for good, its places in waves are given back, and the customer is told by mail. A new one may be started for this SIREN.',
    },
  ],
  fields: (view, filled) => reasonField(view, filled),
  first: 'reason',
  button: { label: { fr: 'Retirer le dossier', en: 'Withdraw the onboarding' }, look: 'danger' },
  done: { fr: 'Le dossier est retiré.', en: 'The onboarding is withdrawn.' },
  read: ({ form }) => readReason(form),
  run: withdraw,
});

/** What sales and operators alike may do. */
export const upkeepActs: readonly Act[] = [contact, invitation, revocation, withdrawal];
