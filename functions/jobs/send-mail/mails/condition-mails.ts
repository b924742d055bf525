import { daysBetween, formatDate } from '../../../domain/calendar-date.ts';
import { type Language, midSentence } from '../../../domain/text.ts';
import type { CustomerTemplate, MailCondition, MailContext, MailWording } from './mail-context.ts';
import { byWhen, linkLine, silenceLine, waveName } from './phrases.ts';

/** A condition with its owner and its date, on a line of its own. */
function line({ label, owners, due }: MailCondition, language: 'fr' | 'en'): string {
  const who = owners.map((owner) => midSentence({ fr: owner, en: owner })[language]).join(', ');
  const date = formatDate(due, language);
  return language === 'fr'
    ? `– ${label} : au plus tard le ${date} (responsable : ${who})`
    : `– ${label}: by ${date} (responsible: ${who})`;
}

/** The conditions that a mail is about; without any, it leads to the page that lists them. */
export function conditionLines({ conditions = [], language }: MailContext): string | undefined {
  return conditions.length === 0 ? undefined : conditions.map((each) => line(each, language)).join('\n');
}

/** Letters of a condition's name that a subject has room for beside platform, reference and days. */
const roomInSubject = 27;

/** A name cut between two words where it is too long for a subject. */
function shortened(label: string): string {
  if (label.length <= roomInSubject) return label;
  const whole = label.slice(0, roomInSubject - 1);
  return `${whole.slice(0, whole.lastIndexOf(' '))}…`;
}

/** Days until a due date, as a subject begins with them. */
function daysLeft(days: number, language: Language): string {
  if (days <= 0) return language === 'fr' ? 'aujourd’hui' : 'today';
  if (days === 1) return language === 'fr' ? 'demain' : 'tomorrow';
  return language === 'fr' ? `sous ${days} jours` : `in ${days} days`;
}

/** What is due and how soon: three reminders of one condition bear three subjects. */
export function conditionSubject({ conditions = [], language, today }: MailContext): string {
  const [first, ...others] = conditions.toSorted((one, other) => one.due.localeCompare(other.due));
  if (first === undefined || today === undefined) {
    return language === 'fr' ? 'une condition arrive à échéance' : 'a condition is due soon';
  }
  const when = daysLeft(daysBetween(today, first.due), language);
  if (others.length === 0)
    return language === 'fr' ? `${when} : ${shortened(first.label)}` : `${when}: ${shortened(first.label)}`;
  const count = conditions.length;
  return language === 'fr'
    ? `${count} conditions, la première ${when}`
    : `${count} conditions, the first ${when}`;
}

/** That something is left to clear: one condition, or several. */
function leftToClear({ conditions = [], organisation, person, language }: MailContext): string {
  if (person !== undefined) {
    return language === 'fr'
      ? `${organisation} vous a désigné pour ce qui reste à lever dans son dossier (${person.label}) :`
      : `${organisation} has named you for what is still to be cleared in its onboarding (${person.label}):`;
  }
  if (language === 'fr') {
    return conditions.length > 1
      ? `Des conditions restent à lever dans le dossier de votre organisme, ${organisation}. Merci de transmettre ce rappel aux personnes responsables.`
      : `Une condition reste à lever dans le dossier de votre organisme, ${organisation}. Merci de transmettre ce rappel à la personne responsable.`;
  }
  return conditions.length > 1
    ? `Some conditions are still to be cleared in the onboarding of ${organisation}. Please pass this reminder on to the people responsible.`
    : `A condition is still to be cleared in the onboarding of ${organisation}. Please pass this reminder on to the person responsible.`;
}

/** Of a reminder about something else: what is also to be cleared. It may be the only reminder of the day. */
export function alsoToClear(c: MailContext): string | undefined {
  const lines = conditionLines(c);
  if (lines === undefined) return undefined;
  return c.language === 'fr' ? `À lever aussi :\n${lines}` : `Also to be cleared:\n${lines}`;
}

/** Of a reminder of conditions: what else awaits the customer. It may be the only reminder of the day. */
export function alsoAwaited(c: MailContext): readonly (string | undefined)[] {
  const french = c.language === 'fr';
  switch (c.awaited) {
    case 'place':
      return [
        french
          ? `Par ailleurs, une place attend votre réponse : ${waveName(c)}.`
          : `A place also awaits your answer: ${waveName(c)}.`,
        silenceLine(c),
      ];
    case 'answers':
      return [
        french
          ? `Par ailleurs, nous attendons vos réponses au questionnaire ${byWhen(c)}.`
          : `We also expect your answers to the questionnaire ${byWhen(c)}.`,
      ];
    case 'reassessment':
      return [
        french
          ? `Par ailleurs, votre préparation se poursuit : merci de mettre vos réponses à jour ${byWhen(c)}.`
          : `Your preparation also goes on: please update your answers ${byWhen(c)}.`,
      ];
    default:
      return [];
  }
}

/** What follows while a condition stays open: a mail about none that stands against a *go* does not threaten with it. */
function whatFollows({ conditions = [], language }: MailContext): string {
  const threatens = conditions.some(({ againstGo }) => againstGo === true);
  if (language === 'fr') {
    const noGo = threatens
      ? 'Si une condition bloquante reste ouverte le jour de la décision de bascule, cette décision est en principe défavorable. '
      : '';
    return `${noGo}Passé son échéance, une condition est signalée à nos équipes comme étant en retard.`;
  }
  const noGo = threatens
    ? 'If a blocking condition is still open on the day of the go/no-go decision, the decision is normally a no-go. '
    : '';
  return `${noGo}After its due date a condition is shown to our teams as overdue.`;
}

/** The former and the new date of a condition, and why. */
function moveLines({ conditions = [], language }: MailContext): string | undefined {
  const moved = conditions.flatMap(({ label, due, moved: move }) => {
    if (move === undefined) return [];
    const [from, to] = [formatDate(move.from, language), formatDate(due, language)];
    return language === 'fr'
      ? [`– ${label} : le ${to} au lieu du ${from}. Motif : ${move.reason}`]
      : [`– ${label}: ${to} instead of ${from}. Reason: ${move.reason}`];
  });
  return moved.length === 0 ? undefined : moved.join('\n');
}

/** Mails about the conditions of a result. */
export const conditionMails = {
  condition_reminder: {
    fr: (c) => ({
      subject: conditionSubject(c),
      body: [
        leftToClear(c),
        conditionLines(c),
        linkLine('Voir comment la lever, la déclarer ou la faire lever :', c),
        ...alsoAwaited(c),
        whatFollows(c),
      ],
    }),
    en: (c) => ({
      subject: conditionSubject(c),
      body: [
        leftToClear(c),
        conditionLines(c),
        linkLine('See how to clear it, declare it or have it cleared:', c),
        ...alsoAwaited(c),
        whatFollows(c),
      ],
    }),
  },
  condition_due_moved: {
    fr: (c) => ({
      subject: 'l’échéance d’une condition a changé',
      body: [
        `L’équipe d’exploitation a changé l’échéance d’une condition de votre organisme, ${c.organisation}.`,
        moveLines(c) ?? conditionLines(c),
        linkLine('Voir vos conditions et leurs échéances :', c),
        'Si cette date ne vous convient pas, dites-le-nous.',
      ],
    }),
    en: (c) => ({
      subject: 'the due date of a condition has changed',
      body: [
        `The operations team has changed the due date of a condition of ${c.organisation}.`,
        moveLines(c) ?? conditionLines(c),
        linkLine('See your conditions and their due dates:', c),
        'If this date does not suit you, please tell us.',
      ],
    }),
  },
  no_go_for_condition: {
    fr: (c) => ({
      subject: 'pas de bascule, une condition reste à lever',
      body: [
        `La bascule de votre organisme, ${c.organisation}, n’aura pas lieu à la date prévue : une condition bloquante n’est pas levée.`,
        conditionLines(c),
        'Rien ne change pour vos utilisateurs. Une nouvelle place est recherchée en priorité ; elle vous sera annoncée par un prochain courriel.',
        'La page de votre dossier indique comment déclarer la condition, ou la faire lever par l’équipe d’exploitation : la prochaine décision en dépend.',
      ],
    }),
    en: (c) => ({
      subject: 'no cutover, a condition is still open',
      body: [
        `The cutover of ${c.organisation} will not take place on the planned date: a blocking condition is not cleared.`,
        conditionLines(c),
        'Nothing changes for your users. We are looking for a new place with priority; the next email will announce it.',
        'The page of your onboarding says how to declare the condition, or have the operations team clear it: the next decision depends on it.',
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;
