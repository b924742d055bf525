import type { Text } from '../../domain/text.ts';

interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 429 | 500 | 503;
  /** Title of the problem type, the same at each occurrence (RFC 9457, section 3.1.3). */
  readonly title: Text;
}

/**
 * All problem types of the API, with their status. The codes of business errors are those of the domain's error
 * classes; a refusal without a row here is a bug.
 *
 * 409: the state of the resource forbids the request, and may change. 410: repeating the request can never succeed.
 * 412: what the request is based on has changed. 422: the content of the request is refused.
 */
export const problemCatalogue = {
  malformed_json: { status: 400, title: { fr: 'Corps JSON illisible', en: 'Unreadable JSON body' } },
  invalid_parameter: { status: 400, title: { fr: 'Paramètre invalide', en: 'Invalid parameter' } },
  idempotency_key_missing: {
    status: 400,
    title: {
      fr: 'En-tête Idempotency-Key absent ou invalide',
      en: 'Idempotency-Key header missing or invalid',
    },
  },
  authentication_required: {
    status: 401,
    title: { fr: 'Authentification requise', en: 'Authentication required' },
  },
  invalid_token: { status: 401, title: { fr: 'Jeton invalide ou expiré', en: 'Invalid or expired token' } },
  insufficient_scope: { status: 403, title: { fr: 'Droits insuffisants', en: 'Insufficient scope' } },
  operator_required: {
    status: 403,
    title: { fr: 'Réservé aux personnes de l’exploitation', en: 'Operators in person only' },
  },
  own_request: { status: 403, title: { fr: 'Demande faite par vous', en: 'Your own request' } },
  not_your_question: {
    status: 403,
    title: { fr: 'Question confiée à une autre personne', en: 'Question asked of someone else' },
  },
  route_not_found: { status: 404, title: { fr: 'URL inconnue', en: 'Unknown URL' } },
  onboarding_not_found: { status: 404, title: { fr: 'Dossier introuvable', en: 'Onboarding not found' } },
  wave_not_found: { status: 404, title: { fr: 'Vague introuvable', en: 'Wave not found' } },
  task_not_found: { status: 404, title: { fr: 'Tâche introuvable', en: 'Task not found' } },
  condition_not_found: { status: 404, title: { fr: 'Condition introuvable', en: 'Condition not found' } },
  approval_not_found: {
    status: 404,
    title: { fr: 'Demande d’accord introuvable', en: 'Request for approval not found' },
  },
  problem_not_found: { status: 404, title: { fr: 'Problème inconnu', en: 'Unknown problem' } },
  method_not_allowed: { status: 405, title: { fr: 'Méthode non autorisée', en: 'Method not allowed' } },
  active_onboarding_exists: {
    status: 409,
    title: {
      fr: 'Dossier déjà en cours pour ce SIREN et ce périmètre',
      en: 'Onboarding already in progress for this SIREN and scope',
    },
  },
  acts_on_whole: {
    status: 409,
    title: { fr: 'À demander sur le dossier entier', en: 'To be asked of the whole' },
  },
  onboarding_closed: { status: 409, title: { fr: 'Dossier clos', en: 'Onboarding closed' } },
  not_expected_now: {
    status: 409,
    title: { fr: 'Pas attendu à ce stade', en: 'Not expected at this stage' },
  },
  already_decided: { status: 409, title: { fr: 'Déjà décidé', en: 'Already decided' } },
  already_talking: { status: 409, title: { fr: 'Échange déjà demandé', en: 'Talk asked for already' } },
  talks_used_up: {
    status: 409,
    title: { fr: 'Plus de pause possible', en: 'No further pause possible' },
  },
  approval_needed: {
    status: 409,
    title: { fr: 'Accord d’une seconde personne nécessaire', en: 'Agreement of a second person needed' },
  },
  approval_lapsed: {
    status: 409,
    title: { fr: 'Demande d’accord caduque', en: 'Request for approval lapsed' },
  },
  wave_change_refused: {
    status: 409,
    title: { fr: 'Changement de vague refusé', en: 'Wave change refused' },
  },
  task_changed: {
    status: 409,
    title: { fr: 'Tâche modifiée entre-temps', en: 'Task changed meanwhile' },
  },
  wave_not_open: { status: 409, title: { fr: 'Vague qui n’est plus ouverte', en: 'Wave no longer open' } },
  date_not_possible: { status: 409, title: { fr: 'Date impossible', en: 'Date not possible' } },
  other_place: { status: 409, title: { fr: 'Autre place entre-temps', en: 'Another place meanwhile' } },
  concurrent_change: { status: 409, title: { fr: 'Changement simultané', en: 'Concurrent change' } },
  answers_not_seen: {
    status: 409,
    title: {
      fr: 'Réponses déjà enregistrées par l’organisme',
      en: 'Answers already saved by the organisation',
    },
  },
  hold_expired: { status: 410, title: { fr: 'Place qui n’est plus réservée', en: 'Place no longer held' } },
  answers_changed: {
    status: 412,
    title: { fr: 'Réponses modifiées entre-temps', en: 'Answers changed meanwhile' },
  },
  wave_changed: {
    status: 412,
    title: { fr: 'Vague modifiée entre-temps', en: 'Wave changed meanwhile' },
  },
  body_too_large: { status: 413, title: { fr: 'Corps trop volumineux', en: 'Body too large' } },
  unsupported_media_type: {
    status: 415,
    title: { fr: 'Type de contenu non pris en charge', en: 'Unsupported media type' },
  },
  invalid_input: { status: 422, title: { fr: 'Champs à corriger', en: 'Fields to correct' } },
  idempotency_key_reused: {
    status: 422,
    title: { fr: 'Clé d’idempotence déjà utilisée', en: 'Idempotency key already used' },
  },
  decision_refused: { status: 422, title: { fr: 'Décision refusée', en: 'Decision refused' } },
  too_many_requests: { status: 429, title: { fr: 'Trop de requêtes', en: 'Too many requests' } },
  link_mailed_too_often: {
    status: 429,
    title: { fr: 'Lien envoyé trop souvent', en: 'Link sent too often' },
  },
  internal_error: { status: 500, title: { fr: 'Erreur interne', en: 'Internal error' } },
  service_unavailable: {
    status: 503,
    title: { fr: 'Service indisponible pour le moment', en: 'Service unavailable for the moment' },
  },
  onboarding_unreadable: {
    status: 503,
    title: { fr: 'Dossier momentanément illisible', en: 'Onboarding temporarily unreadable' },
  },
  wave_unreadable: {
    status: 503,
    title: { fr: 'Vague momentanément illisible', en: 'Wave temporarily unreadable' },
  },
  identity_provider_unavailable: {
    status: 503,
    title: { fr: 'Fournisseur d’identité injoignable', en: 'Identity provider unavailable' },
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
export type ProblemCode = keyof typeof problemCatalogue;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCatalogue, code);
}

const titles: Readonly<Record<ProblemCode, ProblemKind>> = problemCatalogue;

export function problemKind(code: ProblemCode): ProblemKind {
  return titles[code];
}
