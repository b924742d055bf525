import { formatDate } from '../../domain/calendar-date.ts';
import { longestReason } from '../../domain/input/problem-texts.ts';
import type { OnboardingState, Talk, Wait } from '../../domain/onboarding/state.ts';
import { answerAfterPause, isTalkLate, pauseDay, talkDueBy } from '../../domain/onboarding/talk.ts';
import { formatLimit } from '../../domain/paris-time.ts';
import { formatNumber, type Text } from '../../domain/text.ts';

export const talkPath = '/questionnaire/talk';

export const talkFirst: Text = { fr: 'En parler d’abord', en: 'Talk to us first' };

/** Until when the time to answer is paused, and what ends it: one sentence for the form, the status page and the list. */
export function pauseText(talk: Talk, wait: Pick<Wait, 'activeAt'> | undefined): Text {
  const until = pauseDay(talk);
  const then = wait === undefined ? undefined : answerAfterPause(talk, wait);
  const after =
    then === undefined
      ? { fr: '', en: '' }
      : {
          fr: ` ; sinon, vous aurez ensuite jusqu’au ${formatDate(then, 'fr')} pour répondre`,
          en: `; otherwise you then have until ${formatDate(then, 'en')} to answer`,
        };
  return {
    fr: `Votre délai pour répondre est en pause jusqu’au ${formatDate(until, 'fr')} au plus tard, sans aucun rappel. La première réponse enregistrée met fin à la pause${after.fr}.`,
    en: `Your time to answer is paused until ${formatDate(until, 'en')} at the latest, without any reminder. The first answer that is saved ends the pause${after.en}.`,
  };
}

/** Who gets in touch, and by when; once that is late, that it is. */
export function contactText(
  talk: Talk,
  { owner, territory }: Pick<OnboardingState, 'owner' | 'territory'>,
  at: Date,
): Text {
  if (talk.heldAt !== undefined) {
    return {
      fr: 'Vous en avez parlé avec votre interlocuteur, et il vous faut plus de temps : reprenez le questionnaire quand vous le souhaitez.',
      en: 'You have talked with your contact and need more time: go back to the questionnaire whenever you like.',
    };
  }
  const due = talkDueBy(talk);
  if (isTalkLate({ talk }, at)) {
    return {
      fr: `Vous souhaitez en parler d’abord. Votre interlocuteur, ${owner}, devait prendre contact avec vous ${formatLimit(due, 'fr', territory)} et ne l’a pas encore indiqué : écrivez-lui si vous ne vous êtes pas parlé.`,
      en: `You want to talk first. Your contact, ${owner}, was to get in touch with you ${formatLimit(due, 'en', territory)} and has not yet recorded it: write to them if you have not talked.`,
    };
  }
  return {
    fr: `Vous souhaitez en parler d’abord : votre interlocuteur, ${owner}, prend contact avec vous ${formatLimit(due, 'fr', territory)}.`,
    en: `You want to talk first: your contact, ${owner}, will get in touch with you ${formatLimit(due, 'en', territory)}.`,
  };
}

export const matterLabel: Text = {
  fr: 'De quoi souhaitez-vous parler ?',
  en: 'What would you like to talk about?',
};

export const matterHint: Text = {
  fr: `${formatNumber(longestReason, 'fr')} caractères au plus. Votre interlocuteur, son équipe et les opérateurs le lisent sur la page de votre dossier, jamais dans un courriel ; ce texte est effacé à la fin de la pause. N’écrivez ni information classifiée ou protégée, ni donnée personnelle.`,
  en: `At most ${formatNumber(longestReason, 'en')} characters. Your contact, their team and the operators read it on the page of your onboarding, never in an email; the text is erased when the pause ends. Do not write classified or protected information, or personal data.`,
};
