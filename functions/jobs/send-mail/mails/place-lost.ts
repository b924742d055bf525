import { lostPlaceReasons } from '../../../domain/onboarding/lost-place.ts';
import type { LostPlace } from '../../../domain/onboarding/messages.ts';
import { midSentence, type Text } from '../../../domain/text.ts';
import type { MailContext, Wording } from './mail-context.ts';
import { answerPlaceLine, linkLine, silenceLine, waveName } from './phrases.ts';

const subject: Text = { fr: 'votre place a été rendue', en: 'your place has been given back' };

/** Causes that the platform answers for. */
const ours: ReadonlySet<LostPlace['by']> = new Set([
  'platform',
  'wave_cancelled',
  'no_decision',
  'review_open',
]);

/** What became of the place, and by whose doing. */
function cause(by: LostPlace['by']): Text {
  const { fr, en } = lostPlaceReasons[by];
  const whose = ours.has(by)
    ? { fr: ' Ce changement vient de nous.', en: ' This change comes from us.' }
    : { fr: '', en: '' };
  return { fr: `a été rendue : ${fr}.${whose.fr}`, en: `has been given back: ${en}.${whose.en}` };
}

function whatHappened({ lost, organisation }: MailContext): Text {
  const place =
    lost === undefined
      ? { fr: `La place de votre organisme, ${organisation},`, en: `The place of ${organisation}` }
      : {
          fr: `La place de votre organisme, ${organisation}, dans la ${lost.wave},`,
          en: `The place of ${organisation} in the ${lost.wave}`,
        };
  const { fr, en } = cause(lost?.by ?? 'silence');
  return { fr: `${place.fr} ${fr}`, en: `${place.en} ${en}` };
}

function interrupted({ afterIncident }: MailContext): Text | undefined {
  if (afterIncident === undefined) return undefined;
  return {
    fr: `Un incident technique a interrompu le traitement de votre dossier. ${afterIncident.fr} Vous n’avez rien à faire.`,
    en: `A technical incident has interrupted your onboarding. ${afterIncident.en} You do not need to do anything.`,
  };
}

/** What the customer has now; the reason why it waits is part of it. */
function whatFollows(context: MailContext): readonly (Text | undefined)[] {
  switch (context.instead) {
    case 'held':
      return [
        context.wave === context.lost?.wave
          ? {
              fr: 'Elle est encore libre : nous vous la réservons de nouveau.',
              en: 'It is still free: we are holding it for you again.',
            }
          : {
              fr: `Nous vous réservons une autre place : ${waveName(context)}.`,
              en: `We are holding another place for you: ${waveName(context)}.`,
            },
      ];
    case 'listed':
      return [
        {
          fr: 'Votre organisme est sur la liste d’attente. Dès qu’une place lui conviendra, nous vous la proposerons par courriel.',
          en: 'Your organisation is on the waiting list. As soon as there is a suitable place, we will offer it to you by email.',
        },
        reasonOf(context),
      ];
    case 'reviewed':
      return [
        {
          fr: 'Une personne de l’équipe examine maintenant votre dossier et cherche une date avec vous.',
          en: 'A member of the team is now reviewing your onboarding and will look for a date with you.',
        },
        reasonOf(context),
      ];
    default:
      return [interrupted(context)];
  }
}

function reasonOf({ reason }: MailContext): Text | undefined {
  if (reason === undefined) return undefined;
  const { fr, en } = midSentence({ fr: reason, en: reason });
  return { fr: `Motif : ${fr}`, en: `Reason: ${en}` };
}

/** A place that was given back for want of an answer, or that the platform could not keep; and what there is instead. */
export function placeLost(context: MailContext): Wording {
  const { language, instead } = context;
  const status = language === 'fr' ? 'Voir où en est votre dossier :' : 'View the status of your onboarding:';
  return {
    subject: subject[language],
    body: [
      whatHappened(context)[language],
      ...whatFollows(context).map((text) => text?.[language]),
      instead === 'held' ? answerPlaceLine(context) : linkLine(status, context),
      instead === 'held' ? silenceLine(context) : undefined,
    ],
  };
}
