import { BusinessError } from '../domain/errors.ts';
import type { Text } from '../domain/text.ts';
import { UnreadableItemError } from '../store/unreadable.ts';

const unreadable: Text = {
  fr: 'Son dossier a été enregistré par une autre version du service : rien n’est décidé pour lui. Réessayez une fois le déploiement terminé.',
  en: 'Its onboarding was saved by another version of the service: nothing is decided about it. Try again once the deployment is finished.',
};

/** A decision about one of several customers that was not carried out, and why. */
export interface RefusedDecision {
  readonly reference: string;
  readonly text: Text;
}

/**
 * Acts on one of several customers: one that is refused keeps no other from its decision.
 *
 * @returns the refusal, if it was refused.
 * @throws what is no refusal.
 */
export async function unlessRefused(
  reference: string,
  act: () => Promise<unknown>,
): Promise<RefusedDecision | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableItemError) return { reference, text: unreadable };
    if (error instanceof BusinessError) return { reference, text: error.text };
    throw error;
  }
}
