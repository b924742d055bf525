import { assessmentOperations } from './areas/api-assessments.ts';
import { customerActOperations } from './areas/api-customer-acts.ts';
import { onboardingOperations } from './areas/api-onboardings.ts';
import { operatorActOperations } from './areas/api-operator-acts.ts';
import { publicOperations } from './areas/api-public.ts';
import { waveOperations } from './areas/api-waves.ts';
import type { Operation } from './operation.ts';

/** The one table of the API: routing, authorisation, validation and description read it. In AWS each area is loaded by itself. */
export const routes: readonly Operation[] = [
  ...onboardingOperations,
  ...customerActOperations,
  ...operatorActOperations,
  ...assessmentOperations,
  ...waveOperations,
  ...publicOperations,
];
