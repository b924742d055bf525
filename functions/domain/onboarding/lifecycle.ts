import { midSentence, type Text } from '../text.ts';

/** Who has to act next; `no one` when an onboarding has ended. */
export const parties = ['platform', 'customer', 'sales', 'operator', 'nobody'] as const;
export type Party = (typeof parties)[number];

export const stages = [
  'REGISTERED',
  'QUALIFYING',
  'IN_REVIEW',
  'INVITED',
  'ANSWERING',
  'SUBMITTED',
  'PREPARING',
  'WAITING_LIST',
  'WAVE_HELD',
  'WAVE_CONFIRMED',
  'GO_NO_GO',
  'IN_PARTS',
  'HANDED_OVER',
  'CUT_OVER',
  'CLOSED',
] as const;
export type Stage = (typeof stages)[number];

/** How an onboarding ended for the business; a failed run is no outcome. */
export const outcomes = ['HANDED_OVER', 'NOT_ELIGIBLE', 'DECLINED', 'UNANSWERED', 'WITHDRAWN'] as const;
export type Outcome = (typeof outcomes)[number];

/** What the workflow may wait for; each kind is one wait task. */
export const waitKinds = ['answers', 'review', 'reassessment', 'slot', 'confirmation', 'go_no_go'] as const;
export type WaitKind = (typeof waitKinds)[number];

export const reviewKinds = ['qualification', 'confirmation', 'readiness', 'placement', 'go_no_go'] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** The review in words. */
export const reviewLabels: Readonly<Record<ReviewKind, Text>> = {
  qualification: { fr: 'Revue de qualification', en: 'Qualification review' },
  confirmation: { fr: 'Confirmation d’un refus', en: 'Confirmation of a refusal' },
  readiness: { fr: 'Revue de préparation', en: 'Readiness review' },
  placement: { fr: 'Revue de placement', en: 'Placement review' },
  go_no_go: { fr: 'Décision de bascule (go/no-go)', en: 'Go/no-go decision' },
};

/** How a cutover went, as operators record it after the hand-over. */
export const cutoverResults = ['done', 'rolled_back', 'postponed'] as const;
export type CutoverResult = (typeof cutoverResults)[number];

/** The named decisions of each kind of review. */
export const reviewDecisions = {
  qualification: ['accept', 'reject'],
  confirmation: ['confirm', 'override'],
  readiness: ['accept', 'set_tier', 'ask_customer', 'reject'],
  placement: ['wait', 'move', 'split', 'reject'],
  go_no_go: ['go', 'no_go', 'take_back'],
} as const satisfies Readonly<Record<ReviewKind, readonly string[]>>;
export type ReviewDecision = (typeof reviewDecisions)[ReviewKind][number];

interface StageDescription {
  readonly label: Text;
  /** The party that must act while the onboarding is in this stage. */
  readonly ball: Party;
  /** The wait that is open in this stage, if any. */
  readonly wait?: WaitKind;
  /** Stages that may follow; CLOSED may follow every open stage and is not repeated here. */
  readonly next: readonly Stage[];
}

/** The one table of stages: code, pages and documentation read it. */
export const lifecycle: Readonly<Record<Stage, StageDescription>> = {
  REGISTERED: {
    label: { fr: 'Demande enregistrée', en: 'Registered' },
    ball: 'platform',
    next: ['QUALIFYING'],
  },
  QUALIFYING: {
    label: { fr: 'Qualification en cours', en: 'Qualifying' },
    ball: 'platform',
    next: ['IN_REVIEW', 'INVITED'],
  },
  IN_REVIEW: {
    label: { fr: 'En revue', en: 'In review' },
    ball: 'operator',
    wait: 'review',
    next: ['INVITED', 'SUBMITTED', 'PREPARING', 'WAITING_LIST', 'WAVE_HELD', 'IN_PARTS'],
  },
  INVITED: {
    label: { fr: 'Invitation envoyée', en: 'Invited' },
    ball: 'customer',
    wait: 'answers',
    next: ['ANSWERING', 'SUBMITTED', 'IN_REVIEW'],
  },
  ANSWERING: {
    label: { fr: 'Questionnaire en cours', en: 'Answering' },
    ball: 'customer',
    wait: 'answers',
    next: ['SUBMITTED', 'IN_REVIEW'],
  },
  SUBMITTED: {
    label: { fr: 'Réponses envoyées', en: 'Answers submitted' },
    ball: 'platform',
    next: ['IN_REVIEW', 'PREPARING', 'WAITING_LIST', 'WAVE_HELD', 'WAVE_CONFIRMED'],
  },
  PREPARING: {
    label: { fr: 'En préparation', en: 'Preparing' },
    ball: 'customer',
    wait: 'reassessment',
    next: ['SUBMITTED', 'IN_REVIEW'],
  },
  WAITING_LIST: {
    label: { fr: 'Sur la liste d’attente', en: 'On the waiting list' },
    ball: 'platform',
    wait: 'slot',
    next: ['SUBMITTED', 'WAVE_HELD', 'WAVE_CONFIRMED', 'IN_REVIEW'],
  },
  WAVE_HELD: {
    label: { fr: 'Vague réservée, à confirmer', en: 'Wave held, to be confirmed' },
    ball: 'customer',
    wait: 'confirmation',
    next: ['WAVE_CONFIRMED', 'WAITING_LIST', 'IN_REVIEW'],
  },
  WAVE_CONFIRMED: {
    label: { fr: 'Vague confirmée', en: 'Wave confirmed' },
    ball: 'platform',
    wait: 'go_no_go',
    next: ['GO_NO_GO', 'WAVE_HELD', 'WAITING_LIST', 'IN_REVIEW'],
  },
  GO_NO_GO: {
    label: { fr: 'Décision de bascule', en: 'Go/no-go' },
    ball: 'operator',
    wait: 'go_no_go',
    next: ['HANDED_OVER', 'WAVE_HELD', 'WAVE_CONFIRMED', 'WAITING_LIST', 'IN_REVIEW'],
  },
  // Each part has a stage of its own; the whole ends with its last part.
  IN_PARTS: { label: { fr: 'En plusieurs parties', en: 'In parts' }, ball: 'platform', next: [] },
  HANDED_OVER: {
    label: { fr: 'Passation faite', en: 'Handed over' },
    ball: 'operator',
    next: ['CUT_OVER', 'SUBMITTED'],
  },
  CUT_OVER: {
    label: { fr: 'Bascule faite', en: 'Cut over' },
    ball: 'operator',
    next: ['HANDED_OVER', 'SUBMITTED'],
  },
  CLOSED: { label: { fr: 'Clos', en: 'Closed' }, ball: 'nobody', next: [] },
};

/** True between the step that has found no place and the review that it asks for: nothing else is decided there. */
export function isSentToReview({
  stage,
  reviewKind,
}: {
  readonly stage: Stage;
  readonly reviewKind?: ReviewKind | undefined;
}): boolean {
  return reviewKind === 'placement' && stage !== 'IN_REVIEW';
}

/** Where an onboarding is, in words; in review, with the review that is open. */
export function stageInWords(stage: Stage, reviewKind: ReviewKind | undefined): Text {
  const { label } = lifecycle[stage];
  if (stage !== 'IN_REVIEW' || reviewKind === undefined) return label;
  const review = midSentence(reviewLabels[reviewKind]);
  return { fr: `${label.fr} : ${review.fr}`, en: `${label.en}: ${review.en}` };
}

/** True when an onboarding may go from one stage to another; staying is always allowed while it is open. */
export function mayFollow(from: Stage, to: Stage): boolean {
  if (from === 'CLOSED') return false;
  if (from === to || to === 'CLOSED') return true;
  return lifecycle[from].next.includes(to);
}

interface InStage {
  readonly stage: Stage;
}

/** True once the platform has the customer: an onboarding that is closed from here on keeps the place it has used. */
export function isHandedOver({ stage }: InStage): boolean {
  return stage === 'HANDED_OVER' || stage === 'CUT_OVER';
}

/** True while a run of the workflow has steps left for an onboarding: it is neither handed over nor closed. */
export function isInWorkflow({ stage }: InStage): boolean {
  return stage !== 'CLOSED' && !isHandedOver({ stage });
}

/** True once a customer has confirmed its wave, until the hand-over. */
export function hasConfirmedWave({ stage }: InStage): boolean {
  return stage === 'WAVE_CONFIRMED' || stage === 'GO_NO_GO';
}

/** True while a customer relies on a place in a wave, held or confirmed, that has not cut over. */
export function hasPlaceInWave({ stage }: InStage): boolean {
  return stage === 'WAVE_HELD' || hasConfirmedWave({ stage });
}

/** Names of the workflow's entries: a successor run continues at the checkpoint of the onboarding's stage. */
export const checkpoints = [
  'QUALIFY',
  'REVIEW_QUALIFICATION',
  'REVIEW_CONFIRMATION',
  'REVIEW_READINESS',
  'REVIEW_PLACEMENT',
  'INVITE',
  'ASSIGN_TIER',
  'REASSESS',
  'SCHEDULE_WAVE',
  'WAIT_FOR_SLOT',
  'CONFIRM_WAVE',
  'GO_NO_GO',
] as const;
export type Checkpoint = (typeof checkpoints)[number];

const reviewCheckpoints: Readonly<Record<ReviewKind, Checkpoint>> = {
  qualification: 'REVIEW_QUALIFICATION',
  confirmation: 'REVIEW_CONFIRMATION',
  readiness: 'REVIEW_READINESS',
  placement: 'REVIEW_PLACEMENT',
  go_no_go: 'GO_NO_GO',
};

const stageCheckpoints: Readonly<Partial<Record<Stage, Checkpoint>>> = {
  REGISTERED: 'QUALIFY',
  QUALIFYING: 'QUALIFY',
  INVITED: 'INVITE',
  ANSWERING: 'INVITE',
  SUBMITTED: 'ASSIGN_TIER',
  PREPARING: 'REASSESS',
  WAITING_LIST: 'WAIT_FOR_SLOT',
  WAVE_HELD: 'CONFIRM_WAVE',
  WAVE_CONFIRMED: 'GO_NO_GO',
  GO_NO_GO: 'GO_NO_GO',
};

/** The checkpoint of a new run for an onboarding in a stage; undefined when nothing is left to run. */
export function checkpointOf(stage: Stage, reviewKind: ReviewKind | undefined): Checkpoint | undefined {
  if (stage === 'IN_REVIEW') return reviewCheckpoints[reviewKind ?? 'qualification'];
  return stageCheckpoints[stage];
}
