import type { CalendarDate } from '../calendar-date.ts';
import type { RegistryStatus } from '../classification/facts.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import type { Text } from '../text.ts';
import type { Actor } from './actor.ts';
import type { IdentityProof } from './customer-identity.ts';
import type { ErasureRefusal } from './erasure-request.ts';
import type { CutoverResult, Outcome, ReviewKind } from './lifecycle.ts';
import type { PersonRole, RevocationReason } from './people.ts';
import type { RemediationTask } from './remediation-tasks.ts';
import type { ErasureReason, GoLapse } from './state.ts';

type NoData = Readonly<Record<never, never>>;
interface InWave {
  readonly wave: string;
}
interface WithCutover extends InWave {
  readonly cutover: CalendarDate;
}
/** Another reminder of the day has named it: no mail of its own was sent. */
interface Merged {
  readonly merged?: true;
}
interface Days {
  readonly days: number;
}
/** How a pause to talk ended: by an answer, by sales after the talk, by its time, or by another act. */
export type TalkEnd = 'answered' | 'talked' | 'time' | 'other_act';
interface ReviewWait {
  readonly review: ReviewKind;
}
interface ReviewDelay extends ReviewWait {
  readonly workingDays: number;
}
interface ReviewDecided extends ReviewWait {
  readonly decision: string;
  readonly tier?: string;
  readonly questions?: readonly string[];
  readonly sections?: readonly string[];
  /** How many parts it was split into. */
  readonly parts?: number;
}

/** Someone whom the customer has named: an id, never a name. */
interface OfPerson {
  readonly person: string;
  readonly role: PersonRole;
}

/** An interview: an id, never a name. */
interface OfInterview {
  readonly interview: string;
}

/** A remediation task; how much of it there is comes from the answers, and is erased with them. */
interface OfRemediation {
  readonly task: RemediationTask;
}

interface ApprovalAsked extends ReviewWait {
  /** The decision that one person asks for. */
  readonly asked: string;
}

/** The data recorded with each type of event: ids and codes only, no answers and no personal data. */
export interface EventData {
  readonly STARTED: NoData;
  readonly PART_STARTED: { readonly whole: string; readonly part: number; readonly of: number };
  /** What the part has of its whole was brought up to date, from that version of it. */
  readonly WHOLE_FOLLOWED: { readonly whole: string; readonly version: number };
  readonly QUALIFIED: {
    readonly eligibility: string;
    readonly registryStatus: string;
    readonly rules: readonly string[];
  };
  readonly INVITED: { readonly link: number };
  readonly INVITATION_SENT_AGAIN: NoData;
  readonly FIRST_PAGE_SAVED: NoData;
  readonly REMINDED: Merged | (Days & Merged);
  readonly LAST_NOTICE_GIVEN: Merged;
  readonly LEFT_UNANSWERED: NoData;
  readonly QUESTIONS_LEFT_UNANSWERED: { readonly questions: readonly string[] };
  readonly INVITATION_DECLINED: NoData;
  readonly TALK_ASKED: { readonly pausedUntil: string };
  readonly TALK_HELD: NoData;
  readonly TALK_ENDED: { readonly end: TalkEnd; readonly days: number };
  readonly ANSWERS_SUBMITTED: {
    readonly submission: number;
    readonly questionnaireVersion: number;
    /** The interview whose operator has recorded the signed letter that attests them. */
    readonly letterOf?: string;
  };
  readonly INTERVIEW_STARTED: OfInterview;
  readonly ATTESTATION_ASKED: OfInterview;
  readonly CORRECTION_OPENED: {
    readonly submission: number;
    readonly until: string;
    /** Sections in which those who were named for a part may answer again. */
    readonly sections?: readonly string[];
  };
  readonly CORRECTION_REMINDED: Merged;
  readonly CORRECTION_DISCARDED: { readonly submission: number };
  readonly CORRECTION_LAPSED: { readonly submission: number };
  readonly ANSWERS_CORRECTED: {
    readonly submission: number;
    readonly corrects: number;
    readonly questionnaireVersion: number;
    /** Absent where the workflow assesses the answers. */
    readonly tierBefore?: string;
    readonly tierAfter?: string;
    readonly review?: 'readiness';
  };
  readonly TIER_ASSIGNED: {
    readonly eligibility: string;
    readonly requirementLevel: string;
    readonly tier: string;
    readonly conditions: readonly string[];
    readonly ruleSetVersion: string;
    readonly score: number | null;
    readonly submission: number;
  };
  readonly REVIEW_REQUESTED: ReviewWait;
  readonly REVIEW_RECALLED: ReviewDelay;
  readonly REVIEW_OVERDUE: ReviewDelay;
  readonly REVIEW_DECIDED: ReviewDecided;
  readonly APPROVAL_REQUESTED: ApprovalAsked & {
    readonly conditions?: readonly string[];
    readonly contractMissing?: true;
    readonly until: string;
  };
  readonly APPROVAL_GIVEN: ApprovalAsked;
  readonly APPROVAL_DECLINED: ApprovalAsked;
  readonly APPROVAL_LAPSED: ApprovalAsked & { readonly lapse: 'expired' | 'facts_changed' };
  readonly CONDITION_CLEARED: {
    readonly condition: ConditionCode;
    /** What the register has answered, if that cleared it. */
    readonly registryStatus?: RegistryStatus;
    readonly tierBefore: string;
    readonly tierAfter: string;
    /** The review that the result is for, when it is worse or undetermined. */
    readonly review?: 'readiness';
  };
  readonly CONDITION_DECLARED: {
    readonly condition: ConditionCode;
    readonly questions: readonly string[];
    readonly cleared: boolean;
    readonly tierBefore: string;
    readonly tierAfter: string;
    readonly review?: string;
  };
  readonly CONDITION_DUE_MOVED: {
    readonly condition: ConditionCode;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  };
  readonly CONDITION_REMINDED: Merged & {
    readonly conditions: readonly ConditionCode[];
    /** Whom the customer has named for them, by id. */
    readonly persons?: readonly string[];
  };
  readonly CONDITION_REMINDER_MISSED: { readonly conditions: readonly ConditionCode[] };
  /** Who keeps the paper, and under which reference, is its reason: an erasure takes it away. */
  readonly CONTRACT_RECORDED: { readonly signedOn: CalendarDate };
  readonly REMEDIATION_DONE: OfRemediation;
  readonly REMEDIATION_REOPENED: OfRemediation;
  readonly PLACE_KEPT: WithCutover;
  readonly PLACE_KEPT_DESPITE_CONDITION: InWave;
  readonly PREPARING: NoData | { readonly wave: string; readonly starts: CalendarDate };
  readonly PREPARATION_BOOKED: { readonly wave: string; readonly starts: CalendarDate };
  readonly PREPARATION_OVERDUE: Days;
  readonly WAITING: { readonly because: string };
  readonly PLACEMENT_IMPOSSIBLE:
    | { readonly because: 'CONFIRMATION_TIMED_OUT'; readonly wave: string }
    | { readonly because: 'TOO_LARGE_FOR_ANY_WAVE'; readonly points: number; readonly largest: number }
    | { readonly because: 'NO_WAVE_BEFORE_DEADLINE'; readonly deadline: CalendarDate }
    | { readonly because: 'OFFER_LAPSED'; readonly cutover: CalendarDate }
    | { readonly because: 'ALREADY_OFFERED' | 'GROUP_IN_A_RING' | 'GROUP_MOVES_TOO_OFTEN' };
  readonly PLACE_OFFERED: WithCutover;
  readonly OFFER_ACCEPTED: InWave;
  readonly OFFER_REFUSED: InWave;
  readonly OFFER_EXPIRED: InWave;
  readonly WAVE_HELD: WithCutover & { readonly points: number; readonly askedByCustomer?: boolean };
  readonly WAVE_MOVED: WithCutover & {
    readonly points: number;
    /** By an operator: the wave that it was moved out of, and whether the customer has asked for it. */
    readonly instead?: string;
    readonly askedByCustomer?: boolean;
  };
  readonly WAVE_CONFIRMED: InWave;
  readonly ANOTHER_DATE_ASKED: InWave;
  /** The customer has chosen a date itself, in place of the wave that it had. */
  readonly DATE_CHOSEN: WithCutover & { readonly instead?: string };
  readonly NO_OTHER_DATE: InWave;
  readonly WAVE_DECLINED: InWave;
  readonly HOLD_EXPIRED: NoData;
  readonly PLACE_GIVEN_BACK: InWave;
  readonly WAVE_CANCELLED: InWave;
  readonly PARENT_MOVED: InWave & { readonly because?: string };
  readonly GO_RECORDED: WithCutover & {
    readonly conditions?: readonly string[];
    readonly contractMissing?: true;
  };
  readonly GO_TAKEN_BACK: InWave;
  readonly GO_LAPSED: InWave & { readonly lapse: GoLapse };
  readonly GO_NO_GO_PUT_OFF: InWave;
  readonly GO_NO_GO_OPENED: InWave;
  readonly GO_NO_GO_RECALLED: InWave & { readonly to: 'operators' | 'on_call' };
  readonly GO_NO_GO_DECIDED: ReviewDecided & { readonly defect?: 'NO_DECISION' | 'REVIEW_OPEN' };
  readonly HANDED_OVER: {
    readonly siren: string;
    readonly wave: string;
    readonly site: string;
    readonly cutover: string;
    readonly services?: readonly string[];
    readonly users?: number;
    readonly servers?: number;
    readonly points?: number;
    readonly complex?: boolean;
    readonly estimated?: boolean;
  };
  readonly CUTOVER_RECORDED: {
    readonly result: CutoverResult;
    readonly hypercareEnd?: CalendarDate;
    /** The place that could not be kept. */
    readonly wave?: string;
    readonly cutover?: string;
  };
  readonly HYPERCARE_ENDED: NoData;
  /** The operator who follows it, and the one who did before. */
  readonly ASSIGNED: { readonly to: string; readonly from?: string };
  readonly UNASSIGNED: { readonly from: string };
  readonly CONTACT_CHANGED: { readonly fields: readonly string[] };
  readonly LINK_REVOKED: NoData;
  readonly PERSON_INVITED: OfPerson;
  readonly PERSON_CHANGED: OfPerson & { readonly fields: readonly string[] };
  readonly PERSON_LINK_SENT_AGAIN: OfPerson;
  readonly PERSON_REMINDED: OfPerson;
  readonly PERSON_LINK_OPENED: OfPerson;
  readonly PERSON_ERASED: OfPerson;
  readonly PERSON_MAIL_NOT_DELIVERED: OfPerson & { readonly mail: string };
  /** By an operator also why. */
  readonly PERSON_REVOKED: OfPerson & { readonly reason?: RevocationReason };
  /** To the contact, or to the person with this id. */
  readonly IDENTITY_CODE_SENT: { readonly person?: string };
  readonly CUSTOMER_VERIFIED: {
    readonly by: IdentityProof;
    readonly person?: string;
    /** What ProConnect has asserted: the organisation, who vouches, whether by a second factor, for which address. */
    readonly siren?: string;
    readonly idp?: string;
    readonly secondFactor?: boolean;
    readonly sameAddress?: boolean;
  };
  readonly ORGANISATION_ASKED: { readonly siren: string; readonly person?: string };
  readonly ORGANISATION_ACCEPTED: { readonly siren: string };
  readonly ORGANISATION_REFUSED: { readonly siren: string };
  readonly MAIL_NOT_DELIVERED: {
    readonly mail: string;
    readonly why: 'bounce' | 'complaint' | 'reject';
    readonly bounceType?: 'Permanent' | 'Transient' | 'Undetermined';
  };
  readonly OWNER_MAIL_NOT_DELIVERED: { readonly mail: string };
  readonly WITHDRAWN: NoData;
  readonly CLOSED: { readonly outcome: Outcome };
  readonly ERASURE_REQUESTED: { readonly until: string };
  readonly ERASURE_REFUSED: { readonly refusedFor: ErasureRefusal };
  readonly ERASURE_ASKED: { readonly reason: ErasureReason; readonly outcome?: Outcome };
  readonly PERSONAL_DATA_ERASED: {
    readonly reason: ErasureReason | undefined;
    readonly doneAt: string;
    readonly kinds: readonly string[];
    readonly digest: string;
  };
  /** With the personal data of its whole, whose history has the proof. */
  readonly PART_ERASED: { readonly whole: string; readonly reason: ErasureReason };
  readonly ERASURE_CHECKED: { readonly cameBack: readonly string[] };
  readonly CONTINUED: { readonly run: number };
  readonly RESUMED: NoData;
  readonly EXECUTION_FAILED: { readonly run: number; readonly status: string; readonly error: string };
  readonly EXECUTION_REDRIVEN: { readonly run: number };
}
export type EventType = keyof EventData;

type DataOf<T extends EventType> = NoData extends EventData[T]
  ? { readonly data?: EventData[T] }
  : { readonly data: EventData[T] };

type EventOf<T extends EventType> = {
  readonly type: T;
  readonly actor: Actor;
  /** Typed by a person, or a code of the platform's own. */
  readonly reason?: string;
} & DataOf<T>;

/** What happened to an onboarding: one closed union, by type. */
export type DomainEvent = { readonly [T in EventType]: EventOf<T> }[EventType];

interface EventLabel {
  readonly label: Text;
  /** Technical or internal: of no use to the customer. */
  readonly staffOnly: boolean;
}

function shared(fr: string, en: string): EventLabel {
  return { label: { fr, en }, staffOnly: false };
}

function internal(fr: string, en: string): EventLabel {
  return { label: { fr, en }, staffOnly: true };
}

/** Every kind of event, in words. Customer, sales and operators read the same ones. */
export const eventLabels: Readonly<Record<EventType, EventLabel>> = {
  STARTED: shared('Demande enregistrée', 'Request registered'),
  PART_STARTED: shared('Partie d’une migration divisée ouverte', 'Part of a split migration started'),
  WHOLE_FOLLOWED: internal(
    'Mise à jour depuis l’ensemble du dossier',
    'Brought up to date from the whole onboarding',
  ),
  QUALIFIED: shared('Organisme vérifié au registre public', 'Organisation verified in the public register'),
  INVITED: shared('Invitation envoyée', 'Invitation sent'),
  INVITATION_SENT_AGAIN: shared('Lien renvoyé', 'Link resent'),
  FIRST_PAGE_SAVED: shared('Première réponse enregistrée', 'First answer saved'),
  REMINDED: shared('Rappel envoyé', 'Reminder sent'),
  LAST_NOTICE_GIVEN: shared('Dernier rappel envoyé', 'Final reminder sent'),
  LEFT_UNANSWERED: shared('Questionnaire resté sans réponse', 'Questionnaire left unanswered'),
  QUESTIONS_LEFT_UNANSWERED: shared(
    'Questions restées sans réponse : l’exploitation est prévenue',
    'Questions left unanswered: operations notified',
  ),
  TALK_ASKED: shared(
    'Échange demandé avant de répondre : le délai est en pause',
    'Talk asked for before answering: the deadline is paused',
  ),
  TALK_HELD: shared(
    'Échange fait : le client prend encore du temps',
    'Talk held: the customer takes more time',
  ),
  TALK_ENDED: shared(
    'Fin de la pause : le délai pour répondre reprend',
    'Pause over: the time to answer runs again',
  ),
  INVITATION_DECLINED: shared('Invitation déclinée', 'Invitation declined'),
  ANSWERS_SUBMITTED: shared('Réponses envoyées', 'Answers submitted'),
  INTERVIEW_STARTED: shared('Entretien ouvert', 'Interview started'),
  ATTESTATION_ASKED: shared('Attestation demandée', 'Attestation requested'),
  CORRECTION_OPENED: shared('Correction des réponses ouverte', 'Correction of the answers opened'),
  CORRECTION_REMINDED: shared('Rappel de correction envoyé', 'Correction reminder sent'),
  CORRECTION_DISCARDED: shared('Correction abandonnée', 'Correction discarded'),
  CORRECTION_LAPSED: shared('Correction non envoyée à temps', 'Correction not submitted in time'),
  ANSWERS_CORRECTED: shared('Réponses corrigées', 'Answers corrected'),
  TIER_ASSIGNED: shared('Niveau de préparation calculé', 'Readiness tier calculated'),
  REVIEW_REQUESTED: shared('Revue demandée', 'Review requested'),
  REVIEW_RECALLED: internal('Rappel de revue envoyé', 'Review reminder sent'),
  REVIEW_OVERDUE: internal('Revue en retard', 'Review overdue'),
  REVIEW_DECIDED: shared('Revue terminée', 'Review completed'),
  APPROVAL_REQUESTED: internal('Accord d’une seconde personne demandé', 'Second person asked to agree'),
  APPROVAL_GIVEN: internal('Accord d’une seconde personne donné', 'Second person agreed'),
  APPROVAL_DECLINED: internal('Accord d’une seconde personne refusé', 'Second person declined'),
  APPROVAL_LAPSED: internal('Demande d’accord devenue caduque', 'Request for a second person lapsed'),
  CONDITION_CLEARED: shared('Condition levée', 'Condition cleared'),
  CONDITION_DECLARED: shared('Condition déclarée', 'Condition declared'),
  CONDITION_DUE_MOVED: shared('Échéance d’une condition déplacée', 'Due date of a condition moved'),
  CONDITION_REMINDED: shared('Rappel de condition envoyé', 'Condition reminder sent'),
  CONDITION_REMINDER_MISSED: internal(
    'Rappel de condition non envoyé : échéance passée',
    'Condition reminder not sent: due date past',
  ),
  CONTRACT_RECORDED: shared('Contrat enregistré', 'Contract recorded'),
  REMEDIATION_DONE: internal('Tâche à régler avant la bascule : faite', 'Remediation task done'),
  REMEDIATION_REOPENED: internal(
    'Tâche à régler avant la bascule : rouverte',
    'Remediation task opened again',
  ),
  PLACE_KEPT: shared('Place conservée', 'Place kept'),
  PLACE_KEPT_DESPITE_CONDITION: internal(
    'Place conservée malgré une condition en retard',
    'Place kept despite an overdue condition',
  ),
  PREPARING: shared('Préparation commencée', 'Preparation started'),
  PREPARATION_BOOKED: shared('Place en vague de préparation prise', 'Place in a preparation wave taken'),
  PREPARATION_OVERDUE: shared(
    'Préparation trop longue : l’exploitation est prévenue',
    'Preparation overdue: operations notified',
  ),
  WAITING: shared('Inscription sur la liste d’attente', 'Added to the waiting list'),
  PLACEMENT_IMPOSSIBLE: shared(
    'Aucune vague possible : l’exploitation est prévenue',
    'No wave fits: operations notified',
  ),
  PLACE_OFFERED: shared('Place proposée', 'Place offered'),
  OFFER_ACCEPTED: shared('Place acceptée', 'Place accepted'),
  OFFER_REFUSED: shared('Place refusée', 'Place refused'),
  OFFER_EXPIRED: shared('Proposition expirée', 'Offer expired'),
  WAVE_HELD: shared('Place réservée dans une vague', 'Place held in a wave'),
  WAVE_MOVED: shared('Place déplacée dans une autre vague', 'Place moved to another wave'),
  WAVE_CONFIRMED: shared('Vague confirmée', 'Wave confirmed'),
  ANOTHER_DATE_ASKED: shared('Autre date demandée', 'Another date requested'),
  DATE_CHOSEN: shared('Date choisie par le client', 'Date chosen by the customer'),
  NO_OTHER_DATE: shared(
    'Aucune autre date disponible : la place est conservée',
    'No other date available: the place is kept',
  ),
  WAVE_DECLINED: shared('Vague refusée', 'Wave declined'),
  PLACE_GIVEN_BACK: shared('Place rendue', 'Place given back'),
  HOLD_EXPIRED: shared('Réservation expirée sans réponse', 'Hold expired without an answer'),
  WAVE_CANCELLED: shared('Vague annulée par l’exploitation', 'Wave cancelled by operations'),
  PARENT_MOVED: shared(
    'Date à revoir : l’entité de tête du groupe ne bascule pas en premier',
    'Date to be changed: the parent organisation does not cut over first',
  ),
  GO_RECORDED: internal('Go enregistré à l’avance', 'Go recorded in advance'),
  GO_TAKEN_BACK: internal('Go enregistré à l’avance retiré', 'Go recorded in advance taken back'),
  GO_LAPSED: internal('Go enregistré à l’avance devenu caduc', 'Go recorded in advance lapsed'),
  GO_NO_GO_PUT_OFF: shared(
    'Décision de bascule reportée au jour prévu',
    'Go/no-go postponed to its planned day',
  ),
  GO_NO_GO_OPENED: shared('Décision de bascule ouverte', 'Go/no-go opened'),
  GO_NO_GO_RECALLED: internal('Rappel de la décision de bascule envoyé', 'Go/no-go reminder sent'),
  GO_NO_GO_DECIDED: shared('Décision de bascule prise', 'Go/no-go decided'),
  HANDED_OVER: shared('Passation à l’équipe d’exploitation', 'Handed over to the operations team'),
  CUTOVER_RECORDED: shared('Bascule enregistrée', 'Cutover recorded'),
  HYPERCARE_ENDED: shared('Fin de la surveillance renforcée', 'End of hypercare'),
  ASSIGNED: internal('Attribué à une personne de l’exploitation', 'Assigned to an operator'),
  UNASSIGNED: internal('N’est plus attribué', 'No longer assigned'),
  CONTACT_CHANGED: shared('Contact modifié', 'Contact changed'),
  LINK_REVOKED: shared('Lien personnel révoqué', 'Personal link revoked'),
  PERSON_INVITED: shared('Personne invitée', 'Person invited'),
  PERSON_CHANGED: shared('Coordonnées d’une personne modifiées', 'Details of a person changed'),
  PERSON_LINK_SENT_AGAIN: shared('Lien renvoyé à une personne', 'Link resent to a person'),
  PERSON_REMINDED: shared('Rappel envoyé à une personne invitée', 'Reminder sent to an invited person'),
  PERSON_LINK_OPENED: shared('Lien ouvert par une personne invitée', 'Link opened by an invited person'),
  PERSON_MAIL_NOT_DELIVERED: shared('Courriel à une personne non remis', 'Email to a person not delivered'),
  PERSON_ERASED: shared(
    'Données d’une personne effacées, à sa demande',
    'Data of a person erased at their request',
  ),
  PERSON_REVOKED: shared('Accès d’une personne retiré', 'Access of a person revoked'),
  IDENTITY_CODE_SENT: internal('Code de vérification envoyé', 'Verification code sent'),
  CUSTOMER_VERIFIED: shared('Identité vérifiée sur un appareil', 'Identity verified on a device'),
  ORGANISATION_ASKED: shared(
    'Accord demandé pour un autre organisme',
    'Agreement asked for another organisation',
  ),
  ORGANISATION_ACCEPTED: shared('Autre organisme accepté', 'Another organisation accepted'),
  ORGANISATION_REFUSED: shared('Autre organisme refusé', 'Another organisation refused'),
  MAIL_NOT_DELIVERED: internal('Courriel non remis', 'Email not delivered'),
  OWNER_MAIL_NOT_DELIVERED: internal(
    'Courriel non remis au commercial : les réponses du client vont à l’exploitation',
    'Email to the account owner not delivered: the customer’s replies go to operations',
  ),
  WITHDRAWN: shared('Demande retirée', 'Request withdrawn'),
  CLOSED: shared('Dossier clos', 'Onboarding closed'),
  ERASURE_REQUESTED: shared(
    'Effacement du dossier demandé par le client',
    'Erasure of the file requested by the customer',
  ),
  ERASURE_REFUSED: shared('Effacement du dossier refusé', 'Erasure of the file refused'),
  ERASURE_ASKED: shared('Effacement des données demandé', 'Data erasure requested'),
  PERSONAL_DATA_ERASED: shared('Données personnelles effacées', 'Personal data erased'),
  PART_ERASED: internal('Données personnelles de la partie effacées', 'Personal data of the part erased'),
  ERASURE_CHECKED: internal('Effacement vérifié', 'Erasure verified'),
  CONTINUED: internal('Exécution poursuivie par une nouvelle', 'Run continued in a new run'),
  RESUMED: internal('Exécution reprise par l’exploitation', 'Run resumed by operations'),
  EXECUTION_FAILED: internal('Exécution en échec', 'Run failed'),
  EXECUTION_REDRIVEN: internal('Exécution relancée', 'Run redriven'),
};

/** The label of an event's type; undefined for a type that this release does not know. */
export function labelOfEvent(type: string): EventLabel | undefined {
  const known: Readonly<Record<string, EventLabel>> = eventLabels;
  return Object.hasOwn(known, type) ? known[type] : undefined;
}
