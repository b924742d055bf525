import { isHandedOver, isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
import { blockingDueInWave } from '../../domain/onboarding/overdue-conditions.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { mayCloseHandedOver } from '../../domain/onboarding/transitions/close.ts';
import { mayReviewPlacement } from '../../domain/onboarding/transitions/worse-result.ts';
import type { ActLink } from '../shared/staff/act-link.ts';
import { commonActLinks } from '../shared/staff/common-act-links.ts';

function isErasureAsked({ state, erasureRequest }: Snapshot): boolean {
  return state.erasure === undefined && erasureRequest?.status === 'waiting';
}

export const cutoverLink: ActLink = {
  path: 'cutover',
  label: { fr: 'Enregistrer la bascule', en: 'Record the cutover' },
  possible: ({ state }) => isHandedOver(state),
  done: { fr: 'La bascule est enregistrée.', en: 'The cutover has been recorded.' },
};

export const keepPlaceLink: ActLink = {
  path: 'place-kept',
  label: {
    fr: 'Garder la place malgré une condition en retard',
    en: 'Keep the place despite an overdue condition',
  },
  possible: ({ state }) => blockingDueInWave(state) !== undefined,
  done: { fr: 'La place est gardée.', en: 'The place is kept.' },
};

export const placementReviewLink: ActLink = {
  path: 'placement-review',
  label: { fr: 'Ouvrir une revue de placement', en: 'Open a placement review' },
  possible: mayReviewPlacement,
  done: { fr: 'La revue est ouverte.', en: 'The review is open.' },
};

export const resumptionLink: ActLink = {
  path: 'resumption',
  label: { fr: 'Reprendre l’exécution', en: 'Resume the run' },
  possible: ({ state }) => isInWorkflow(state),
  done: { fr: 'Une nouvelle exécution est lancée.', en: 'A new run has been started.' },
};

export const erasureDecisionLink: ActLink = {
  path: 'erasure-decision',
  label: { fr: 'Décider de l’effacement demandé', en: 'Decide on the erasure asked for' },
  possible: isErasureAsked,
  done: {
    fr: 'La décision est enregistrée ; le client en est prévenu.',
    en: 'The decision has been recorded; the customer is told.',
  },
};

export const erasureLink: ActLink = {
  path: 'erasure',
  label: { fr: 'Effacer les données personnelles', en: 'Erase personal data' },
  possible: ({ state }) => state.erasure?.doneAt === undefined,
  done: { fr: 'Les données personnelles ont été effacées.', en: 'The personal data has been erased.' },
};

/** Operators may also close an onboarding whose cutover did not take place. */
export function forOperators<A extends ActLink>(act: A): A {
  if (act.path !== 'withdrawal') return act;
  return { ...act, possible: (now: Snapshot) => act.possible(now) || mayCloseHandedOver(now.state) };
}

/** Recovery from a fault, and erasure, which cannot be undone, come after all other acts. */
export const operatorActLinks: readonly ActLink[] = [
  cutoverLink,
  keepPlaceLink,
  placementReviewLink,
  ...commonActLinks.map(forOperators),
  resumptionLink,
  erasureDecisionLink,
  erasureLink,
];
