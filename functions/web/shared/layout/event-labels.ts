import type { Text } from '../../../domain/text.ts';

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

/** The label of every event type. Customers, sales and operators read the same labels. */
export const eventLabels: Readonly<Record<string, EventLabel>> = {
  STARTED: shared('Demande enregistrée', 'Request registered'),
  QUALIFIED: shared('Organisme vérifié au registre public', 'Organisation verified in the public register'),
  INVITED: shared('Invitation envoyée', 'Invitation sent'),
  INVITATION_SENT_AGAIN: shared('Lien renvoyé', 'Link resent'),
  FIRST_PAGE_SAVED: shared('Première partie enregistrée', 'First section saved'),
  REMINDED: shared('Rappel envoyé', 'Reminder sent'),
  LAST_NOTICE_GIVEN: shared('Dernier rappel envoyé', 'Final reminder sent'),
  LEFT_UNANSWERED: shared('Questionnaire resté sans réponse', 'Questionnaire left unanswered'),
  INVITATION_DECLINED: shared('Invitation déclinée', 'Invitation declined'),
  ANSWERS_SUBMITTED: shared('Réponses envoyées', 'Answers submitted'),
  TIER_ASSIGNED: shared('Niveau de préparation calculé', 'Readiness tier calculated'),
  REVIEW_REQUESTED: shared('Revue demandée', 'Review requested'),
  REVIEW_RECALLED: internal('Rappel de revue envoyé', 'Review reminder sent'),
  REVIEW_OVERDUE: internal('Revue en retard', 'Review overdue'),
  REVIEW_DECIDED: shared('Revue terminée', 'Review completed'),
  CONDITION_CLEARED: shared('Condition levée', 'Condition cleared'),
  PREPARING: shared('Préparation commencée', 'Preparation started'),
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
  NO_OTHER_DATE: shared(
    'Aucune autre date disponible : la place est conservée',
    'No other date available: the place is kept',
  ),
  WAVE_DECLINED: shared('Vague refusée', 'Wave declined'),
  HOLD_EXPIRED: shared('Réservation expirée sans réponse', 'Hold expired without an answer'),
  WAVE_CANCELLED: shared('Vague annulée par l’exploitation', 'Wave cancelled by operations'),
  PARENT_MOVED: shared(
    'Date à revoir : l’entité de tête du groupe ne bascule pas en premier',
    'Date to be changed: the parent organisation does not cut over first',
  ),
  GO_NO_GO_PUT_OFF: shared(
    'Décision de bascule reportée à la veille',
    'Go/no-go postponed to the day before',
  ),
  GO_NO_GO_OPENED: shared('Décision de bascule ouverte', 'Go/no-go opened'),
  GO_NO_GO_DECIDED: shared('Décision de bascule prise', 'Go/no-go decided'),
  HANDED_OVER: shared('Passation à l’équipe d’exploitation', 'Handed over to the operations team'),
  CUTOVER_RECORDED: shared('Bascule enregistrée', 'Cutover recorded'),
  HYPERCARE_ENDED: shared('Fin de la surveillance renforcée', 'End of hypercare'),
  CONTACT_CHANGED: shared('Contact modifié', 'Contact changed'),
  LINK_REVOKED: shared('Lien personnel révoqué', 'Personal link revoked'),
  MAIL_NOT_DELIVERED: internal('Courriel non remis', 'Email not delivered'),
  WITHDRAWN: shared('Demande retirée', 'Request withdrawn'),
  CLOSED: shared('Dossier clos', 'Onboarding closed'),
  ERASURE_ASKED: shared('Effacement des données demandé', 'Data erasure requested'),
  PERSONAL_DATA_ERASED: shared('Données personnelles effacées', 'Personal data erased'),
  ERASURE_CHECKED: internal('Effacement vérifié', 'Erasure verified'),
  CONTINUED: internal('Exécution poursuivie par une nouvelle', 'Run continued in a new run'),
  RESUMED: internal('Exécution reprise par l’exploitation', 'Run resumed by operations'),
  EXECUTION_FAILED: internal('Exécution en échec', 'Run failed'),
  EXECUTION_REDRIVEN: internal('Exécution relancée', 'Run redriven'),
};
