import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { OnboardingState } from './state.ts';

export type ContractPolicy = Pick<PlatformConfiguration, 'contractBeforeGo'>;

/** True once the contract of an onboarding is recorded. */
export function hasContract({ contract }: Pick<OnboardingState, 'contract'>): boolean {
  return contract !== undefined;
}

/** What is known of the contract, as it is given away; undefined while none is recorded. */
export function recordedContract({ contract }: Pick<OnboardingState, 'contract'>) {
  if (contract === undefined) return undefined;
  const { reference, signedOn, keptBy, recordedAt } = contract;
  return { reference, signedOn, dataProcessingAgreement: true, keptBy, recordedAt } as const;
}

/**
 * True while the platform asks for a contract before a *go* and none is recorded: the one place that says so. It changes
 * neither the tier nor the dates that are possible [policy].
 */
export function contractMissing(
  { contractBeforeGo = false }: ContractPolicy,
  state: Pick<OnboardingState, 'contract'>,
): boolean {
  return contractBeforeGo && !hasContract(state);
}
