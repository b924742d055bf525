/** Fictitious examples for the API description; they conform to its schemas. */
const reference = 'K7F4-M3XJ';

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

export const startedExample = { reference } as const;

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
    redriveCount: 0,
  },
} as const;

export const summaryExample = {
  ...standingExample,
  siren: '999000102',
  legalName: 'Direction fictive',
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
  decisions: ['split_by_hand', 'reject'],
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
  approval: null,
  result: null,
  tasks: [],
  wave: null,
  preparation: null,
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

export const approvalExample = {
  id: 'K7F4-M3XJ-14',
  kind: 'go',
  by: { kind: 'operator', id: 'operator-1' },
  until: '2027-03-08T17:00:00.000Z',
  askedAt: '2027-03-08T08:15:00.000Z',
  review: 'go_no_go',
  decision: 'go',
  conditions: ['DPIA_MISSING'],
  reason: 'The impact assessment is signed tomorrow',
} as const;

export const askedExample = {
  ...standingExample,
  stage: 'GO_NO_GO',
  stageLabel: 'Go/no-go',
  ball: 'operator',
  approval: approvalExample,
} as const;

export const answersExample = {
  A3: 'company',
  A4: 'none',
  A5: 'out_of_scope',
  A6: 'yes',
  A6b: 'yes',
  A7: 'no',
  B1: 'no',
  B2: 'no',
  B3: 'no',
  B4: ['none'],
  B5: 'no',
  B6: ['none'],
  B7: { answer: 'no' },
  B8: { answer: 'no' },
  B9: ['ordinary'],
  B10: 'no',
  B11: 'not_applicable',
  B12: ['none'],
  C1: ['exchange'],
  C2: { usersInScope: 100, totalStaff: 120 },
  C3: { under_1: 10, '1_10': 80, '10_50': 10, '50_100': 0, '100_200': 0, over_200: 0 },
  C4: { tenants: 1, domains: { from: 1, to: 9 }, adForests: 1 },
  C5: { apps: '1_10', guests: 'none' },
  C6: { servers: 0, applications: 3, dependencies: 'partly' },
  C7: 'internet',
  C8: { site: 'any', twoSites: 'no' },
  D1: 4,
  D2: 4,
  D3: 1,
  D4: 4,
  D5: 4,
  D6: 4,
  D7: 4,
  D8: 4,
  D9: 4,
  E1: { earliest: '2027-03-01', reason: 'none' },
  E2: [],
  E3: 5,
  E4: { integrator: 'chosen', purchasing: 'ugap' },
  E5: {
    sponsor: { name: 'Camille Exemple', email: 'camille@societe.example' },
    projectManager: { name: 'Dominique Exemple', email: 'dominique@societe.example' },
  },
  E6: true,
} as const;

export const draftExample = {
  reference,
  version: 5,
  tag: '0-A3.1-A4.1-A5.1-A6.1-A7.1',
  answers: { A3: 'company', A4: 'none', A5: 'out_of_scope', A6: 'no', A7: 'no' },
  unreadable: [],
  saved: [{ question: 'A3', at: '2026-11-23T08:12:00.000Z' }],
} as const;

/** The assessment of the answers above by the rules in force on the day of the example. */
export const assessmentExample = {
  ruleSetVersion: '2026-12',
  eligibility: 'ELIGIBLE',
  requirementLevel: 'NOT_REQUIRED',
  conditions: [{ code: 'DORA_ANNEX' }, { code: 'EXIT_PLAN_REQUIRED' }],
  readiness: {
    tier: 'CONDITIONAL',
    score: 88.8,
    coverage: 100,
    dimensions: [
      { code: 'D1', name: 'strategy', weight: 10, answer: 4 },
      { code: 'D2', name: 'classification_compliance', weight: 20, answer: 4 },
      { code: 'D3', name: 'inventory', weight: 15, answer: 1 },
      { code: 'D4', name: 'identity', weight: 15, answer: 4 },
      { code: 'D5', name: 'network', weight: 10, answer: 4 },
      { code: 'D6', name: 'security_operations', weight: 10, answer: 4 },
      { code: 'D7', name: 'skills', weight: 10, answer: 4 },
      { code: 'D8', name: 'budget_contract', weight: 5, answer: 4 },
      { code: 'D9', name: 'change_management', weight: 5, answer: 4 },
    ],
    levers: [
      { kind: 'dimension', code: 'D3', from: 1, to: 2, gain: 3.75 },
      { kind: 'condition', code: 'EXIT_PLAN_REQUIRED', clearedBy: 'operator' },
    ],
    reaches: 'READY',
  },
  reasons: [
    { rule: 'R16', effect: 'DORA_ANNEX', legalReference: 'DORA art. 28-30' },
    { rule: 'R16', effect: 'EXIT_PLAN_REQUIRED', legalReference: 'DORA art. 28-30' },
  ],
} as const;

export const waveExample = {
  id: 'paris-2027-03-09',
  site: 'paris',
  kind: 'MIGRATION',
  state: 'OPEN',
  cutover: '2027-03-09',
  bookableUntil: '2027-02-02',
  capacity: { customers: 3, points: 60, complex: 1 },
  booked: { customers: 1, points: 14, complex: 0 },
} as const;
