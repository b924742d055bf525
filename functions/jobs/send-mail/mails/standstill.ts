import type { MailContext, Standstill, Wording } from './mail-context.ts';
import { byWhen, reasonLine } from './phrases.ts';

/** The operations team repairs a fault: sales has nothing to do. */
const faults = {
  fr: (organisation: string) =>
    `Une erreur technique a interrompu un dossier : ${organisation}. L’équipe d’exploitation est prévenue et le reprendra là où il s’est arrêté ; rien n’est perdu. Vous n’avez rien à faire, sinon en informer le client s’il vous interroge.`,
  en: (organisation: string) =>
    `A technical error has interrupted the onboarding of ${organisation}. The operations team has been notified and will resume it where it stopped; nothing is lost. You do not need to do anything, except inform the customer if they ask.`,
};

interface Words {
  readonly subject: string;
  readonly fact: string;
  readonly toDo: string;
  /** What follows without action. */
  readonly next: string;
}

const toCustomer = {
  fr: 'voir sur la page du dossier qui doit agir, prendre contact, et corriger le contact s’il a changé.',
  en: 'check on the page of the onboarding who must act next, get in touch, and correct the contact if it has changed.',
};

/** The customer has not done what was expected. */
function silence({ organisation, language }: MailContext, next: string): Words {
  return language === 'fr'
    ? {
        subject: 'dossier à l’arrêt',
        fact: `Un dossier n’avance plus, car l’action attendue n’a pas eu lieu : ${organisation}.`,
        toDo: toCustomer.fr,
        next,
      }
    : {
        subject: 'onboarding at a standstill',
        fact: `The onboarding of ${organisation} has stopped: the expected action has not happened.`,
        toDo: toCustomer.en,
        next,
      };
}

const unanswered = {
  fr: 'Sans action, le dossier pourra être clos faute de réponse.',
  en: 'Without action, the onboarding may be closed as unanswered.',
};
const askedAgain = {
  fr: 'Le client n’a pas revu les réponses que l’équipe d’exploitation lui demande de revoir. Sans nouvelle réponse, elle reprendra l’examen du dossier.',
  en: 'The customer has not looked at the answers that the operations team asked about. Without new answers, the team will go on with its review.',
};
const unprepared = {
  fr: 'Le client n’a pas mis ses réponses à jour pendant sa préparation. L’équipe d’exploitation examine la suite ; le dossier n’est pas clos pour autant.',
  en: 'The customer has not updated its answers while preparing. The operations team is looking at what comes next; this does not close the onboarding.',
};

const decided = {
  fr: ({ organisation }: MailContext): Words => ({
    subject: 'dossier en attente d’une décision',
    fact: `Un dossier attend une décision de l’équipe d’exploitation : ${organisation}.`,
    toDo: 'tenir le client informé, et relancer l’équipe d’exploitation si la décision tarde.',
    next: 'Le dossier reste ouvert jusqu’à cette décision.',
  }),
  en: ({ organisation }: MailContext): Words => ({
    subject: 'onboarding awaiting a decision',
    fact: `The onboarding of ${organisation} awaits a decision by the operations team.`,
    toDo: 'keep the customer informed, and ask the operations team if the decision is late.',
    next: 'The onboarding stays open until that decision.',
  }),
};

const placedAgain = {
  fr: ({ organisation }: MailContext): Words => ({
    subject: 'bascule reportée à une autre date',
    fact: `La bascule n’aura pas lieu à la date prévue : ${organisation}.`,
    toDo: 'tenir le client informé ; la page du dossier indique sa nouvelle place dès qu’il en a une.',
    next: 'Une autre date est recherchée en priorité, avec les mêmes réponses ; le dossier reste ouvert.',
  }),
  en: ({ organisation }: MailContext): Words => ({
    subject: 'cutover put off to another date',
    fact: `The cutover of ${organisation} will not take place on the planned date.`,
    toDo: 'keep the customer informed; the page of the onboarding shows its new place as soon as it has one.',
    next: 'Another date is sought with priority, with the same answers; the onboarding stays open.',
  }),
};

function wordsOf(c: MailContext, standstill: Standstill): Words {
  const { language, asked } = c;
  switch (standstill) {
    case 'answers':
      return silence(c, (asked === undefined ? unanswered : askedAgain)[language]);
    case 'preparation':
      return silence(c, unprepared[language]);
    case 'decision':
      return decided[language](c);
    case 'place':
      return placedAgain[language](c);
  }
}

/** The mail to sales on an onboarding that does not go on as planned: what is the matter, what to do, what follows. */
export function standstill(c: MailContext): Wording {
  const { language, standstill: kind = 'decision' } = c;
  if (c.failed === true) {
    const subject = language === 'fr' ? 'dossier à l’arrêt' : 'onboarding at a standstill';
    return { subject, body: [faults[language](c.organisation)] };
  }
  const { subject, fact, toDo, next } = wordsOf(c, kind);
  const toDoLine = language === 'fr' ? `À faire ${byWhen(c)} : ${toDo}` : `To do ${byWhen(c)}: ${toDo}`;
  return { subject, body: [fact, reasonLine(c), toDoLine, next] };
}
