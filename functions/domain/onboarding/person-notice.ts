import type { Text } from '../text.ts';

/** What the notice depends on. */
export interface NoticeFacts {
  readonly platform: string;
  /** The address that answers for the onboarding. */
  readonly contact: string;
}

/** A part of the notice: what it is about, and what is to be known of it. */
export interface NoticePart {
  readonly about: Text;
  readonly text: Text;
}

/**
 * What article 14 of the GDPR asks to be told to someone whom others have named: the mail and the page behind the link
 * say the same.
 */
export function personNotice({ platform, contact }: NoticeFacts): readonly NoticePart[] {
  return [
    {
      about: { fr: 'Ce que nous détenons sur vous', en: 'What we hold about you' },
      text: {
        fr: 'Votre nom, votre adresse professionnelle et ce qui vous est demandé ; puis le jour où vous ouvrez votre lien, celui de nos rappels et, sur chaque réponse que vous enregistrez, votre nom et l’heure.',
        en: 'Your name, your work address and what is asked of you; then the day on which you open your link, those of our reminders and, on each answer that you save, your name and the time.',
      },
    },
    {
      about: { fr: 'D’où cela vient', en: 'Where it comes from' },
      text: {
        fr: 'De votre organisme, par son contact principal ou un suppléant, et de personne d’autre.',
        en: 'From your organisation, through its main contact or a deputy, and from no one else.',
      },
    },
    {
      about: { fr: 'À quoi cela sert', en: 'What it is used for' },
      text: {
        fr: `Uniquement à préparer cette arrivée sur ${platform} (intérêt légitime) : vous envoyer ce lien et des rappels, et dire qui a répondu à quoi.`,
        en: `Only to prepare this onboarding to ${platform} (legitimate interest): to send you this link and reminders, and to say who answered what.`,
      },
    },
    {
      about: { fr: 'Qui le lit', en: 'Who reads it' },
      text: {
        fr: 'Le contact principal, ses suppléants et nos équipes commerciale et d’exploitation.',
        en: 'The main contact, their deputies and our sales and operations teams.',
      },
    },
    {
      about: { fr: 'Pendant combien de temps', en: 'For how long' },
      text: {
        fr: 'Tant que le dossier est ouvert ; vos données sont ensuite effacées avec lui.',
        en: 'For as long as the onboarding is open; your data is then erased with it.',
      },
    },
    {
      about: { fr: 'Vos droits', en: 'Your rights' },
      text: {
        fr: `Derrière votre lien, la page « Vos données personnelles » vous permet de les voir, télécharger, corriger et effacer vous-même ; les effacer met fin à votre accès et aux courriels. Pour vous opposer à leur usage ou le limiter, sans avoir à vous justifier, écrivez à ${contact}. Vous pouvez aussi saisir la CNIL.`,
        en: `Behind your link, the page “Your personal data” lets you see, download, correct and erase it yourself; erasing it ends your access and these emails. To object to its use or to restrict it, without giving a reason, write to ${contact}. You can also complain to the CNIL.`,
      },
    },
  ];
}
