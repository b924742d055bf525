import type { Evidence } from '../../functions/domain/onboarding/transitions/conditions.ts';

/** What an operator records to clear a condition. */
export const evidence: Evidence = {
  title: 'Minutes of the meeting',
  reference: 'PV-2026-42',
  date: '2026-11-20',
  keptBy: 'Security office',
};
