/** Fictitious, as all examples of the API description; they conform to its schemas. */
const reference = 'K7F4-M3XJ';

export const standingExample = {
  reference,
  stage: 'INVITED',
  stageLabel: 'Invited',
  ball: 'customer',
  since: '2026-11-23T08:00:02.000Z',
  run: {
    number: 1,
    startedAt: '2026-11-23T08:00:00.000Z',
    status: 'running',
    failedAt: null,
    error: null,
    errorClass: null,
    redriveCount: 0,
  },
} as const;

export const approvalExample = {
  id: 'K7F4-M3XJ-14',
  kind: 'go',
  by: { kind: 'operator', id: 'operator-1' },
  until: '2027-03-08T17:00:00.000Z',
  askedAt: '2027-03-08T08:15:00.000Z',
  review: 'go_no_go',
  decision: 'go',
  conditions: ['DPIA_MISSING'],
  contractMissing: false,
  reason: 'The impact assessment is signed tomorrow',
  wave: null,
  group: null,
} as const;

export const askedExample = {
  ...standingExample,
  stage: 'GO_NO_GO',
  stageLabel: 'Go/no-go',
  ball: 'operator',
  approval: approvalExample,
} as const;
