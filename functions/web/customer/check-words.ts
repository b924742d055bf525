import type { Text } from '../../domain/text.ts';
import type { View } from '../shared/layout/view.ts';

/** What the page with all answers says, by who reads it. */
interface CheckWords {
  readonly title: Text;
  /** Of classified information, which ends the questionnaire. */
  readonly ended: Text;
  /** Leads to the end of the page. */
  readonly toSubmission: Text;
  /** Of answers that were asked for again and are unchanged. */
  readonly toConfirm: Text;
  readonly confirmed: Text;
}

const forCustomer: CheckWords = {
  title: {
    fr: 'Relisez vos réponses avant de les envoyer',
    en: 'Check your answers before you submit them',
  },
  ended: {
    fr: 'Votre périmètre contient des informations classifiées : elles n’ont pas leur place sur cette plateforme, et le questionnaire s’arrête ici. Adressez-vous à votre officier de sécurité : il vous orientera vers un système homologué. Envoyez vos réponses pour qu’une personne les examine ; aucun refus n’est automatique.',
    en: 'Your scope includes classified information, which this platform cannot host, so the questionnaire ends here. Contact your security officer, who will direct you to an accredited system. Submit your answers so that a person can review them; no refusal is automatic.',
  },
  toSubmission: {
    fr: 'Attester et envoyer, en bas de page',
    en: 'Attest and submit, at the bottom of the page',
  },
  toConfirm: {
    fr: 'Nous vous avons demandé de revoir ces réponses, et elles sont inchangées. Confirmez chacune, ou modifiez-la.',
    en: 'We asked you to look at these answers again, and they are unchanged. Confirm each one, or change it.',
  },
  confirmed: { fr: 'Nous confirmons notre réponse', en: 'We confirm our answer' },
};

const forOperator: CheckWords = {
  title: {
    fr: 'Relisez les réponses du client avant l’envoi',
    en: 'Check the customer’s answers before they are submitted',
  },
  ended: {
    fr: 'Le périmètre du client contient des informations classifiées : elles n’ont pas leur place sur cette plateforme, et le questionnaire s’arrête ici. Le client s’adresse à son officier de sécurité, qui l’oriente vers un système homologué. Une fois les réponses envoyées, une personne les examine ; aucun refus n’est automatique.',
    en: 'The customer’s scope includes classified information, which this platform cannot host, so the questionnaire ends here. The customer contacts its security officer, who directs it to an accredited system. Once the answers are submitted, a person reviews them; no refusal is automatic.',
  },
  toSubmission: {
    fr: 'Faire attester et envoyer, en bas de page',
    en: 'Have them attested and submitted, at the bottom of the page',
  },
  toConfirm: {
    fr: 'Nous avons demandé au client de revoir ces réponses, et elles sont inchangées. Chacune est à confirmer avec lui, ou à modifier.',
    en: 'We asked the customer to look at these answers again, and they are unchanged. Confirm each one with them, or change it.',
  },
  confirmed: { fr: 'Le client confirme sa réponse', en: 'The customer confirms this answer' },
};

/** In an interview, an operator reads the answers of the customer. */
export function checkWords({ viewer }: View): CheckWords {
  return viewer.kind === 'staff' ? forOperator : forCustomer;
}
