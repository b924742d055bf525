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

/** Every kind of event, in words. Customer, sales and operators read the same ones. */
export const eventLabels: Readonly<Record<string, EventLabel>> = {
  STARTED: shared('Demande enregistrée', 'Request registered'),
  QUALIFIED: shared('Organisme vérifié au registre public', 'Organisation checked in the public register'),
  INVITED: shared('Invitation envoyée', 'Invitation sent'),
  INVITATION_SENT_AGAIN: shared('Lien renvoyé', 'Link sent again'),
  FIRST_PAGE_SAVED: shared('Première partie enregistrée', 'First section saved'),
  REMINDED: shared('Rappel envoyé', 'Reminder sent'),
  LAST_NOTICE_GIVEN: shared('Dernier rappel envoyé', 'Last notice sent'),
  LEFT_UNANSWERED: shared('Questionnaire resté sans réponse', 'Questionnaire left unanswered'),
  INVITATION_DECLINED: shared('Invitation déclinée', 'Invitation declined'),
  ANSWERS_SUBMITTED: shared('Réponses envoyées', 'Answers submitted'),
  TIER_ASSIGNED: shared('Niveau de préparation calculé', 'Readiness tier computed'),
  REVIEW_REQUESTED: shared('Examen par une personne demandé', 'Review by a person requested'),
  REVIEW_RECALLED: internal('Rappel de la revue', 'Review reminder'),
  REVIEW_OVERDUE: internal('Revue en retard', 'Review overdue'),
  REVIEW_DECIDED: shared('Examen terminé', 'Review decided'),
  CONDITION_CLEARED: shared('Condition levée', 'Condition cleared'),
  PREPARING: shared('Préparation commencée', 'Preparation started'),
  PREPARATION_OVERDUE: shared(
    'Préparation longue : l’exploitation est saisie',
    'Long preparation: operations asked',
  ),
  WAITING: shared('Inscription sur la liste d’attente', 'Placed on the waiting list'),
  PLACEMENT_IMPOSSIBLE: shared(
    'Aucune vague possible : l’exploitation est saisie',
    'No wave possible: operations asked',
  ),
  PLACE_OFFERED: shared('Place proposée', 'Place offered'),
  OFFER_ACCEPTED: shared('Place acceptée', 'Place accepted'),
  OFFER_REFUSED: shared('Place refusée', 'Place refused'),
  OFFER_EXPIRED: shared('Proposition expirée', 'Offer expired'),
  WAVE_HELD: shared('Place réservée dans une vague', 'Place held in a wave'),
  WAVE_MOVED: shared('Place déplacée dans une autre vague', 'Place moved to another wave'),
  WAVE_CONFIRMED: shared('Vague confirmée', 'Wave confirmed'),
  ANOTHER_DATE_ASKED: shared('Autre date demandée', 'Another date asked for'),
  NO_OTHER_DATE: shared(
    'Aucune autre date : la place est gardée',
    'No other date available: the place is kept',
  ),
  WAVE_DECLINED: shared('Vague refusée', 'Wave declined'),
  HOLD_EXPIRED: shared('Réservation expirée sans réponse', 'Hold expired without an answer'),
  WAVE_CANCELLED: shared('Vague annulée par l’exploitation', 'Wave cancelled by operations'),
  PARENT_MOVED: shared(
    'Place à changer : l’entité de tête du groupe ne bascule pas avant',
    'Place to be changed: the leading organisation of the group does not cut over before',
  ),
  GO_NO_GO_PUT_OFF: shared('Décision de bascule remise à la veille', 'Go/no-go put off to the day before'),
  GO_NO_GO_OPENED: shared('Décision de bascule ouverte', 'Go/no-go opened'),
  GO_NO_GO_DECIDED: shared('Décision de bascule prise', 'Go/no-go decided'),
  HANDED_OVER: shared('Passation à l’équipe d’exploitation', 'Handed over to the operations team'),
  CUTOVER_RECORDED: shared('Bascule enregistrée', 'Cutover recorded'),
  HYPERCARE_ENDED: shared('Fin de la surveillance renforcée', 'End of hypercare'),
  CONTACT_CHANGED: shared('Contact modifié', 'Contact changed'),
  LINK_REVOKED: shared('Lien personnel révoqué', 'Personal link revoked'),
  MAIL_NOT_DELIVERED: internal('Courriel non distribué', 'Mail not delivered'),
  WITHDRAWN: shared('Demande retirée', 'Request withdrawn'),
  CLOSED: shared('Dossier clos', 'File closed'),
  ERASURE_ASKED: shared('Effacement des données demandé', 'Erasure of data asked for'),
  PERSONAL_DATA_ERASED: shared('Données personnelles effacées', 'Personal data erased'),
  ERASURE_CHECKED: internal('Effacement vérifié', 'Erasure checked'),
  CONTINUED: internal('Exécution poursuivie par une nouvelle', 'Run continued by a new one'),
  RESUMED: internal('Exécution reprise par l’exploitation', 'Run resumed by operations'),
  EXECUTION_FAILED: internal('Exécution en panne', 'Run failed'),
  EXECUTION_REDRIVEN: internal('Exécution relancée', 'Run redriven'),
};
