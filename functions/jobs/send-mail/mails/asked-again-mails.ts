import { formatDate } from '../../../domain/calendar-date.ts';
import { alsoToClear } from './condition-mails.ts';
import type { MailContext, MailWording } from './mail-context.ts';
import { byWhen, gateHour, linkLine, waveName } from './phrases.ts';

const why = {
  fr: 'Votre organisme a déjà répondu au questionnaire ; ses autres réponses sont conservées.',
  en: 'Your organisation has already answered the questionnaire; its other answers are kept.',
};

const how = {
  fr: 'Pour chaque question, modifiez votre réponse ou confirmez-la, puis envoyez de nouveau le questionnaire. Par prudence, ce message ne reprend ni vos réponses ni ce que l’équipe vous écrit : vous le lirez derrière ce lien.',
  en: 'For each question, change your answer or confirm it, then submit the questionnaire again. As a precaution, this email repeats neither your answers nor what the team wrote to you: you will find it behind this link.',
};

const silence = {
  fr: 'Sans réponse de votre part à cette date, une personne de l’équipe reprendra l’examen de votre dossier sans ces précisions.',
  en: 'Without an answer from you by then, a member of the team will go on reviewing your onboarding without these details.',
};

const ownLink = {
  fr: 'Ce lien est personnel : ne le transmettez pas. Vos collègues en reçoivent chacun un, envoyé depuis le questionnaire.',
  en: 'This link is personal: do not share it. Each of your colleagues gets one of their own, sent from the questionnaire.',
};

function asked({ asked: words = [] }: MailContext): string {
  return words.map((word) => `– ${word}`).join('\n');
}

/** The place that is kept while the customer answers; the day of the go/no-go is known exactly with a place. */
function placeKept(c: MailContext): string | undefined {
  if (c.goNoGoDay === undefined) return undefined;
  return {
    fr: `Votre place dans ${waveName(c)} vous est conservée jusqu’au ${formatDate(c.goNoGoDay, 'fr')} à ${gateHour(c)} ; ensuite, une autre date sera cherchée.`,
    en: `Your place in ${waveName(c)} is kept until ${formatDate(c.goNoGoDay, 'en')} at ${gateHour(c)}; after that, another date is sought.`,
  }[c.language];
}

function body(c: MailContext, first: string, ...last: readonly string[]): readonly (string | undefined)[] {
  const { language } = c;
  const label = { fr: 'Lire notre message et répondre :', en: 'Read our message and answer:' }[language];
  const limit = {
    fr: `Merci de répondre ${byWhen(c)}. Enregistrer une page fait repartir ce délai.`,
    en: `Please answer ${byWhen(c)}. Saving a page restarts the deadline.`,
  }[language];
  return [
    first,
    asked(c),
    linkLine(label, c),
    how[language],
    limit,
    ...last,
    silence[language],
    placeKept(c),
    alsoToClear(c),
    ownLink[language],
  ];
}

/** The mails of the questionnaire to a customer whom an operator has asked to answer some of it again. */
export const askedAgainMails = {
  invitation: {
    fr: (c) => ({
      subject: 'des réponses à revoir',
      body: body(
        c,
        `Pour décider de la suite du dossier de votre organisme, ${c.organisation}, nous vous demandons de revoir ce qui suit. ${why.fr}`,
        'D’ici là, nous vous le rappellerons environ toutes les deux semaines, un jour ouvré.',
      ),
    }),
    en: (c) => ({
      subject: 'some answers to look at again',
      body: body(
        c,
        `To decide how the onboarding of ${c.organisation} goes on, we ask you to look at the following again. ${why.en}`,
        'Until then, we will remind you about every two weeks, on a working day.',
      ),
    }),
  },
  reminder: {
    fr: (c) => ({
      subject: 'des réponses à revoir vous attendent',
      body: body(
        c,
        `Nous avons demandé à votre organisme, ${c.organisation}, de revoir ce qui suit, et nous n’avons pas encore reçu ses nouvelles réponses. ${why.fr}`,
        'Si une question vous arrête, dites-le-nous : nous pourrons l’examiner ensemble.',
      ),
    }),
    en: (c) => ({
      subject: 'some answers are waiting for you',
      body: body(
        c,
        `We asked ${c.organisation} to look at the following again, and have not yet received the new answers. ${why.en}`,
        'If you are stuck on a question, tell us: we can look at it together.',
      ),
    }),
  },
  last_notice: {
    fr: (c) => ({
      subject: 'dernier rappel, réponses à revoir',
      body: body(
        c,
        `Ceci est le dernier rappel : nous avons demandé à votre organisme, ${c.organisation}, de revoir ce qui suit, et nous n’avons reçu aucune nouvelle réponse. ${why.fr}`,
      ),
    }),
    en: (c) => ({
      subject: 'final reminder, answers to look at again',
      body: body(
        c,
        `This is the final reminder: we asked ${c.organisation} to look at the following again, and have received no new answer. ${why.en}`,
      ),
    }),
  },
} as const satisfies Readonly<Record<'invitation' | 'reminder' | 'last_notice', MailWording>>;
