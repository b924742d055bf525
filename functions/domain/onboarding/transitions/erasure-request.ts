import { BusinessError, NotExpectedNowError } from '../../errors.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { type ErasureRefusal, newErasureRequest } from '../erasure-request.ts';
import { lifecycle } from '../lifecycle.ts';
import type { Snapshot } from '../state.ts';
import { askForErasure, whileKept } from './erasure.ts';

/** There is nothing to decide: no one has asked, or someone else has decided. */
export class ErasureNotRequestedError extends BusinessError {
  readonly code = 'erasure_not_requested';

  constructor() {
    super({
      fr: 'Aucune demande d’effacement n’attend de décision pour ce dossier : elle a été décidée entre-temps, ou n’a pas été faite.',
      en: 'No request for erasure waits for a decision on this onboarding: it was decided meanwhile, or never made.',
    });
  }
}

/**
 * The customer asks that its whole file be erased; operators decide. Undefined while an earlier request waits.
 *
 * @throws NotExpectedNowError before the end
 * @throws OnboardingClosedError once its data is being erased
 */
export function requestErasure(
  { state, erasureRequest }: Snapshot,
  actor: Actor,
  at: Date,
): Change | undefined {
  if (state.stage !== 'CLOSED') {
    throw new NotExpectedNowError(
      { fr: 'Demander l’effacement du dossier', en: 'Asking for the file to be erased' },
      lifecycle[state.stage].label,
    );
  }
  const kept = whileKept(state);
  if (erasureRequest?.status === 'waiting') return undefined;
  const request = newErasureRequest(actor, at);
  return {
    ...kept,
    event: { type: 'ERASURE_REQUESTED', actor, data: { until: request.until } },
    effects: [{ kind: 'put_erasure_request', request }],
    messages: [{ kind: 'mail', template: 'review_erasure_requested', to: 'operators' }],
  };
}

/**
 * An operator refuses, on one of the grounds of the law; the customer is told which, and may ask again. Undefined when it
 * was refused so before.
 *
 * @throws ErasureNotRequestedError
 */
export function refuseErasure(
  { state, erasureRequest }: Snapshot,
  { refusedFor, reason }: { readonly refusedFor: ErasureRefusal; readonly reason: string },
  actor: Actor,
  at: Date,
): Change | undefined {
  if (state.erasure !== undefined || erasureRequest === undefined) throw new ErasureNotRequestedError();
  if (erasureRequest.refusedFor === refusedFor) return undefined;
  if (erasureRequest.status !== 'waiting') throw new ErasureNotRequestedError();
  const request = { ...erasureRequest, status: 'refused', decidedAt: at.toISOString(), refusedFor } as const;
  return {
    onClosed: true,
    event: { type: 'ERASURE_REFUSED', actor, reason, data: { refusedFor } },
    effects: [{ kind: 'put_erasure_request', request }],
    messages: [{ kind: 'mail', template: 'erasure_refused', to: 'customer' }],
  };
}

/**
 * An operator has the file erased. The customer is told while its address is known: the retention job erases it after
 * that. Undefined when its erasure was decided before.
 *
 * @throws ErasureNotRequestedError
 */
export function grantErasure(snapshot: Snapshot, actor: Actor, at: Date): Change | undefined {
  const { state, erasureRequest } = snapshot;
  if (state.erasure !== undefined) return undefined;
  if (erasureRequest?.status !== 'waiting') throw new ErasureNotRequestedError();
  const change = askForErasure(snapshot, 'asked_by_person', actor, at);
  if (change === undefined) return undefined;
  return { ...change, messages: [{ kind: 'mail', template: 'erasure_granted', to: 'customer' }] };
}
