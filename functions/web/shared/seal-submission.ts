import type { SealDependencies } from '../../application/seal-record.ts';
import { errorName, type Logger } from '../../platform/log.ts';

/** Seals what was just submitted. The submission stands without it: whoever opens the record first has it sealed. */
export async function sealSubmitted(
  dependencies: SealDependencies & { readonly logger: Logger },
  reference: string,
): Promise<void> {
  try {
    // Loaded then: few requests submit anything, and it would be a part of every cold start.
    const { sealSubmission } = await import('../../application/seal-record.ts');
    await sealSubmission(dependencies, reference);
  } catch (error) {
    dependencies.logger.log('seal_failed', { onboardingId: reference, error: errorName(error) });
  }
}
