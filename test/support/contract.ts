import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { SignedContract } from '../../functions/domain/onboarding/transitions/contract.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';

/** The sample platform, where no cutover is decided by one person without a contract. */
export const withContract: PlatformConfiguration = { ...samplePlatform, contractBeforeGo: true };

export const signed: SignedContract = {
  reference: 'CT-2026-118',
  signedOn: '2026-11-20',
  dataProcessingAgreement: true,
  keptBy: 'Service juridique',
};

export const salesPerson: Actor = { kind: 'sales', id: 'sales@platform.example' };
