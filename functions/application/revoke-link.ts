import { NotExpectedNowError } from '../domain/errors.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { Links } from '../platform/links.ts';
import { refuseClosed } from '../store/decisions.ts';
import { linkWrite } from '../store/link-owners.ts';
import type { Actor } from '../store/onboardings.ts';
import type { CommandDependencies } from './dependencies.ts';

/**
 * Makes the personal link and every session opened with it useless at once. Nothing is sent: the next mail to the
 * contact, the link sent again or a reminder, carries the link that takes its place.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the first invitation.
 */
export async function revokeLink(
  { store, links }: CommandDependencies & { readonly links: Links },
  reference: string,
  reason: string,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    if (state.link === 0) {
      throw new NotExpectedNowError(
        { fr: 'Révoquer le lien', en: 'Revoking the link' },
        lifecycle[state.stage].label,
      );
    }
    const generation = state.link + 1;
    return {
      result: undefined,
      transition: {
        set: { link: generation, linkRevoked: true },
        happening: { type: 'LINK_REVOKED', who, why: reason },
        writes: [linkWrite(await links.token(reference, generation), reference, generation)],
      },
    };
  });
}
