import { type CalendarDate, formatDate } from './calendar-date.ts';
import type { FieldProblem } from './input/field-problem.ts';
import { type ActiveScope, scopesText } from './intake/scope-names.ts';
import type { AnswerConflict } from './onboarding/merge-page.ts';
import type { Text } from './text.ts';
import type { CustomerDate } from './waves/dates.ts';
import type { WaveState } from './waves/wave.ts';

/** A refusal that the caller caused and can understand; never a technical fault. */
export abstract class BusinessError extends Error {
  abstract readonly code: string;
  /** What happened and what to do, for the caller. */
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }

  /** `ConcurrentChangeError` for `concurrent_change`: the names of classes are shortened in what is deployed. */
  override get name(): string {
    const words = this.code.split('_').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
    return `${words.join('')}Error`;
  }
}

/** The most fields that a sentence names. */
const fieldsNamed = 20;

/** One or more fields are wrong; every problem is named. */
export class InvalidInputError extends BusinessError {
  readonly code = 'invalid_input';
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    const named = problems.slice(0, fieldsNamed).map(({ field }) => field);
    const fields = [...named, ...(problems.length > fieldsNamed ? ['…'] : [])].join(', ');
    super({
      fr: `La demande comporte ${problems.length} champ(s) à corriger : ${fields}.`,
      en: `The request has ${problems.length} field(s) to correct: ${fields}.`,
    });
    this.problems = problems;
  }
}

export class OnboardingNotFoundError extends BusinessError {
  readonly code = 'onboarding_not_found';

  constructor() {
    super({
      fr: 'Aucun dossier ne correspond à cette référence. Vérifiez la référence ou cherchez l’organisme par son SIREN.',
      en: 'No onboarding has this reference. Check the reference or search for the organisation by its SIREN.',
    });
  }
}

/** Asked of a part, although it is the whole onboarding's: its answers, conditions, contacts and links. */
export class ActsOnWholeError extends BusinessError {
  readonly code = 'acts_on_whole';
  /** The reference of the whole. */
  readonly reference: string;

  constructor(reference: string) {
    super({
      fr: `Les réponses, les conditions, les contacts et les liens sont ceux du dossier entier, pas d’une partie. Faites cette demande sur ${reference}.`,
      en: `Answers, conditions, contacts and links are those of the whole onboarding, not of a part. Make this request on ${reference}.`,
    });
    this.reference = reference;
  }
}

export class WaveNotFoundError extends BusinessError {
  readonly code = 'wave_not_found';

  constructor() {
    super({
      fr: 'Aucune vague ne correspond à cet identifiant. Consultez le calendrier des vagues.',
      en: 'No wave has this ID. See the wave calendar.',
    });
  }
}

/** An onboarding for this SIREN and scope is in progress: there is never a second one. */
export class ActiveOnboardingExistsError extends BusinessError {
  readonly code = 'active_onboarding_exists';
  readonly reference: string;
  /** The onboardings of the SIREN that are in progress, this one included. */
  readonly active: readonly ActiveScope[];

  constructor(reference: string, active: readonly ActiveScope[]) {
    const scopes = scopesText(active);
    super({
      fr: `Un dossier est déjà en cours pour ce SIREN et ce périmètre : ${reference}. Poursuivez-le, ou indiquez un autre périmètre. Périmètres en cours : ${scopes.fr}.`,
      en: `An onboarding for this SIREN and scope is already in progress: ${reference}. Continue that onboarding, or enter another scope. Scopes in progress: ${scopes.en}.`,
    });
    this.reference = reference;
    this.active = active;
  }
}

/** The same idempotency key was used before with another body. */
export class IdempotencyKeyReusedError extends BusinessError {
  readonly code = 'idempotency_key_reused';

  constructor() {
    super({
      fr: 'Cette clé d’idempotence a déjà servi pour une autre demande. Utilisez une nouvelle clé.',
      en: 'This idempotency key has already been used for a different request. Use a new key.',
    });
  }
}

export class OnboardingClosedError extends BusinessError {
  readonly code = 'onboarding_closed';

  constructor() {
    super({
      fr: 'Ce dossier est clos : aucune décision n’y est plus possible. Un nouveau dossier peut être ouvert pour l’organisme.',
      en: 'This onboarding is closed: no further decision is possible. You can start a new one for the organisation.',
    });
  }
}

/** The state of the onboarding does not allow the request. */
export class NotExpectedNowError extends BusinessError {
  readonly code = 'not_expected_now';

  constructor(asked: Text, stage: Text) {
    super({
      fr: `${asked.fr} n’est pas possible à cette étape (« ${stage.fr} »). Consultez l’état du dossier.`,
      en: `${asked.en} is not possible at this stage (“${stage.en}”). Check the status of the onboarding.`,
    });
  }
}

/** Someone who was named for a part of the form answers a question of another part. */
export class NotYourQuestionError extends BusinessError {
  readonly code = 'not_your_question';

  constructor() {
    super({
      fr: 'Cette question n’est pas de celles qui vous sont confiées. Rien n’a été enregistré.',
      en: 'This question is not one of those that are asked of you. Nothing was saved.',
    });
  }
}

/** A cutover cannot be recorded as done or rolled back before its day. */
export class CutoverNotYetError extends BusinessError {
  readonly code = 'not_expected_now';

  constructor(cutover: CalendarDate) {
    super({
      fr: `La bascule est prévue le ${formatDate(cutover, 'fr')} : avant ce jour, vous pouvez seulement la reporter.`,
      en: `The cutover is planned for ${formatDate(cutover, 'en')}: before that day you can only postpone it.`,
    });
  }
}

/** A go cannot be recorded before the gate a week before the cutover. */
export class GoTooEarlyError extends BusinessError {
  readonly code = 'not_expected_now';

  constructor(from: CalendarDate) {
    super({
      fr: `La bascule ne se décide pas encore : un « go » peut être enregistré à partir du ${formatDate(from, 'fr')}.`,
      en: `The cutover cannot be decided yet: a go may be recorded from ${formatDate(from, 'en')}.`,
    });
  }
}

/** Another decision came first and is kept. */
export class AlreadyDecidedError extends BusinessError {
  readonly code = 'already_decided';

  constructor() {
    super({
      fr: 'Une décision a déjà été enregistrée et reste valable. Consultez l’historique du dossier.',
      en: 'A decision has already been recorded and remains in force. See the history of the onboarding.',
    });
  }
}

/** Someone else has answered the same questions differently since the page was shown. */
export class AnswerConflictError extends BusinessError {
  readonly code = 'answers_changed';
  readonly conflicts: readonly AnswerConflict[];
  /** What is to be corrected beside. */
  readonly problems: readonly FieldProblem[];

  constructor(conflicts: readonly AnswerConflict[], problems: readonly FieldProblem[]) {
    super({
      fr: 'Quelqu’un a enregistré d’autres réponses aux mêmes questions. Choisissez celles à garder.',
      en: 'Someone has saved other answers to the same questions. Choose which to keep.',
    });
    this.conflicts = conflicts;
    this.problems = problems;
  }
}

/** Answers have been saved that the sender of a submission has not seen. */
export class AnswersChangedError extends BusinessError {
  readonly code: 'answers_changed' | 'answers_not_seen';
  /** Ids of the questions. */
  readonly questions: readonly string[];

  /** `hadRead` is true for a sender that names the version it has read. */
  constructor(questions: readonly string[], hadRead: boolean) {
    const list = questions.join(', ');
    super(
      hadRead
        ? {
            fr: `Des réponses ont été enregistrées depuis que vous les avez lues : ${list}. Relisez-les avant d’envoyer les vôtres.`,
            en: `Answers have been saved since you read them: ${list}. Read them again before you submit yours.`,
          }
        : {
            fr: `L’organisme a déjà enregistré des réponses : ${list}. Lisez-les (GET) et envoyez « If-Match », ou demandez à les remplacer : {"answers": {...}, "replace": true}.`,
            en: `The organisation has already saved answers: ${list}. Read them (GET) and send "If-Match", or ask to replace them: {"answers": {...}, "replace": true}.`,
          },
    );
    this.code = hadRead ? 'answers_changed' : 'answers_not_seen';
    this.questions = questions;
  }
}

/** The place was held until a moment that has passed. */
export class HoldExpiredError extends BusinessError {
  readonly code = 'hold_expired';

  constructor() {
    super({
      fr: 'Le délai de réponse est dépassé : cette place est rendue. L’état du dossier indique la suite.',
      en: 'The deadline to answer has passed: this place is given back. The status of the onboarding shows what comes next.',
    });
  }
}

/** The answer is about a place that is no longer the one held or offered. */
export class OtherPlaceError extends BusinessError {
  readonly code = 'other_place';

  constructor() {
    super({
      fr: 'La place a changé entre-temps : la réponse en concerne une autre, et rien n’a été décidé. Consultez la date, puis répondez.',
      en: 'The place has changed meanwhile: the answer is about another one, and nothing was decided. Check the date, then answer.',
    });
  }
}

/** The date that was chosen is not possible, or no longer. */
export class DateNotPossibleError extends BusinessError {
  readonly code = 'date_not_possible';
  /** The dates as they are now. */
  readonly dates: readonly CustomerDate[];

  /** `keeps` is true for a customer that has a place. */
  constructor(chosen: CustomerDate, dates: readonly CustomerDate[], keeps: boolean) {
    const reason = chosen.reason?.text ?? { fr: '', en: '' };
    const [fr, en] = [formatDate(chosen.wave.cutover, 'fr'), formatDate(chosen.wave.cutover, 'en')];
    const kept = keeps
      ? { fr: ' La place actuelle est gardée.', en: ' The current place is kept.' }
      : { fr: '', en: '' };
    super({
      fr: `La date du ${fr} n’est pas possible. ${reason.fr}${kept.fr}`,
      en: `The date of ${en} is not possible. ${reason.en}${kept.en}`,
    });
    this.dates = dates;
  }
}

/** The wave has started, ended or been cancelled since the place was held, so the place can no longer be confirmed. */
export class WaveNotOpenError extends BusinessError {
  readonly code = 'wave_not_open';

  constructor(state: WaveState) {
    super(
      state === 'CANCELLED'
        ? {
            fr: 'Cette vague vient d’être annulée. Nous cherchons une autre place pour vous et vous écrirons ; vous n’avez rien à faire.',
            en: 'This wave has just been cancelled. We are looking for another place for you and will write to you; you do not need to do anything.',
          }
        : {
            fr: 'Cette place ne peut plus être confirmée : la vague a commencé ou est terminée. Choisissez une autre date.',
            en: 'This place can no longer be confirmed: the wave has started or has ended. Choose another date.',
          },
    );
  }
}

/** A review decision is incomplete, or is not one of the decisions of its review. */
export class DecisionRefusedError extends BusinessError {
  readonly code = 'decision_refused';
}

/** A decision takes two people: it is stored as a request only when it is sent as one. */
export class ApprovalNeededError extends BusinessError {
  readonly code = 'approval_needed';
  /** Codes of the open blocking conditions that the decision goes against. */
  readonly conditions: readonly string[];
  /** No contract is recorded. */
  readonly contractMissing: boolean;

  constructor(
    why: Text,
    against: { readonly conditions: readonly string[]; readonly contractMissing?: boolean },
  ) {
    super({
      fr: `${why.fr} Cette décision demande l’accord d’une seconde personne.`,
      en: `${why.en} This decision needs the agreement of a second person.`,
    });
    this.conditions = against.conditions;
    this.contractMissing = against.contractMissing ?? false;
  }
}

export class ApprovalNotFoundError extends BusinessError {
  readonly code = 'approval_not_found';

  constructor(options?: ErrorOptions) {
    super(
      {
        fr: 'Aucune demande d’accord ne correspond à cet identifiant. Consultez les demandes en attente.',
        en: 'No request for approval has this ID. See the requests that are waiting.',
      },
      options,
    );
  }
}

/** No one agrees to what they have asked for themselves. */
export class OwnRequestError extends BusinessError {
  readonly code = 'own_request';

  constructor() {
    super({
      fr: 'Vous avez fait cette demande : une autre personne de l’exploitation doit y répondre.',
      en: 'You made this request: another operator has to answer it.',
    });
  }
}

/** The time for a second person is over, or the facts have changed since the request. */
export class ApprovalLapsedError extends BusinessError {
  readonly code = 'approval_lapsed';

  constructor(options?: ErrorOptions) {
    super(
      {
        fr: 'Le délai pour donner un accord est passé, ou les faits ont changé depuis la demande : rien n’a été décidé. Consultez le dossier.',
        en: 'The time to agree is over, or the facts have changed since the request: nothing was decided. Check the onboarding.',
      },
      options,
    );
  }
}

/** A wave cannot be changed as requested, because of its state, its date or its bookings. */
export class WaveChangeRefusedError extends BusinessError {
  readonly code = 'wave_change_refused';
  readonly problems: readonly FieldProblem[];

  /** `field` is the part of the request that is refused. */
  constructor(text: Text, field: string) {
    super(text);
    this.problems = [{ field, code: 'refused', message: text }];
  }
}

/** Someone else has changed the wave since the version that the change is based on: nothing was changed. */
export class WaveChangedError extends BusinessError {
  readonly code = 'wave_changed';

  constructor() {
    super({
      fr: 'Cette vague a été modifiée entre-temps : rien n’a été changé. Vérifiez son état et son historique, puis recommencez.',
      en: 'This wave has been changed meanwhile: nothing was done. Check its state and its history, then try again.',
    });
  }
}

export class TaskNotFoundError extends BusinessError {
  readonly code = 'task_not_found';

  constructor() {
    super({
      fr: 'Cette vague n’a pas cette tâche. Consultez les jalons de la vague.',
      en: 'This wave has no such task. See the gates of the wave.',
    });
  }
}

/** Someone else has changed the task of a gate since it was read: nothing was changed. */
export class TaskChangedError extends BusinessError {
  readonly code = 'task_changed';

  constructor() {
    super({
      fr: 'Cette tâche a été modifiée entre-temps : rien n’a été changé. Vérifiez son état, puis recommencez.',
      en: 'This task has been changed meanwhile: nothing was done. Check its state, then try again.',
    });
  }
}

/** A concurrent change came first; the caller reads again and decides again. */
export class ConcurrentChangeError extends BusinessError {
  readonly code = 'concurrent_change';

  constructor(options?: ErrorOptions) {
    super(
      {
        fr: 'Ce dossier vient d’être modifié. Rechargez-le et recommencez.',
        en: 'This onboarding has just changed. Reload it and try again.',
      },
      options,
    );
  }
}
