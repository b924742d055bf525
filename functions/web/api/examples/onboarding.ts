import { standingExample } from './standing.ts';

export const intakeExample = {
  siren: '999000102',
  legalName: 'Direction fictive',
  bodyType: 'state_administration',
  contactName: 'Camille Exemple',
  contactEmail: 'camille@direction.example',
  language: 'fr',
  services: ['exchange', 'teams'],
  usersInScope: 1200,
  owner: 'ventes@plateforme.example',
  team: 'etat',
} as const;

export const startedExample = { reference: standingExample.reference } as const;

export const summaryExample = {
  ...standingExample,
  siren: '999000102',
  legalName: 'Direction fictive',
  scope: null,
  language: 'fr',
  owner: 'ventes@plateforme.example',
  team: 'etat',
  requestedAt: '2026-11-23T08:00:00.000Z',
  tier: null,
  cutover: null,
  outcome: null,
} as const;

/** A placement review of a customer that no wave could take. */
const reviewExample = {
  kind: 'placement',
  decisions: ['move', 'split', 'reject'],
  forTwo: [],
  facts: {
    about: 'placement',
    users: 30000,
    usersEstimated: false,
    points: 302,
    estimated: true,
    complex: true,
    shares: [
      { code: 'USERS', text: 'Users in scope', count: 30000, points: 300, estimated: false },
      { code: 'LARGE_MAILBOXES', text: 'Mailboxes over 50 GB', count: 49, points: 2, estimated: true },
      { code: 'SERVERS', text: 'Servers', count: 0, points: 0, estimated: false },
      { code: 'FORESTS', text: 'Active Directory forests', count: 1, points: 0, estimated: false },
      {
        code: 'COMPLIANCE',
        text: 'Data requirements (Diffusion Restreinte, health data, DORA)',
        count: 0,
        points: 0,
        estimated: false,
      },
    ],
    largestWave: 240,
    deadline: { date: '2027-12-31', source: 'contract_end' },
    nearestWaves: [
      {
        id: 'paris-2027-11-16',
        site: 'paris',
        kind: 'MIGRATION',
        state: 'OPEN',
        cutover: '2027-11-16',
        lacks: [
          {
            constraint: 'C1',
            code: 'LARGER_THAN_WAVE',
            text: 'Effort points: 302 to place, 240 in all',
            room: { component: 'points', needed: 302, available: 240 },
          },
        ],
      },
    ],
  },
} as const;

export const onboardingExample = {
  ...summaryExample,
  stage: 'IN_REVIEW',
  stageLabel: 'In review',
  ball: 'operator',
  tier: 'READY',
  until: '2026-11-30T17:00:00.000Z',
  because: {
    code: 'TOO_LARGE_FOR_ANY_WAVE',
    text: 'The scope is too large for any wave in the calendar.',
  },
  contact: {
    name: 'Camille Exemple',
    email: 'camille@direction.example',
    mailBounced: false,
    linkRevoked: false,
  },
  review: reviewExample,
  correction: null,
  asked: null,
  talk: null,
  goInAdvance: null,
  contract: null,
  approval: null,
  result: null,
  tasks: [],
  wave: null,
  preparation: null,
  part: null,
  parts: [],
  waitingListRank: null,
  hypercareEnd: null,
  outlook: {
    cutover: null,
    status: null,
    until: null,
    reason: 'no wave fits; a member of the team is looking for one with you.',
  },
  journey: [
    { code: 'INVITATION', label: 'Invitation', state: 'done', date: '2026-11-23', offset: null },
    { code: 'DATE', label: 'Cutover date', state: 'current', date: null, offset: null },
    { code: 'CUTOVER', label: 'Cutover', state: 'to_come', date: null, offset: 0 },
  ],
  timeline: [
    {
      number: 1,
      at: '2026-11-23T08:00:00.000Z',
      type: 'STARTED',
      who: { kind: 'machine', id: 'demo-crm' },
      why: null,
      before: 'REGISTERED',
      after: 'REGISTERED',
      data: {},
    },
  ],
} as const;
