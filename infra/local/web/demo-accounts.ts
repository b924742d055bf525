import type { Text } from '../../../functions/domain/text.ts';

/** People who may sign in on one machine, without a password: everything here is fictional. */
export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly ('sales' | 'operator')[];
  readonly team?: string;
}

export const roleLabels: Readonly<Record<DemoAccount['roles'][number], Text>> = {
  sales: { fr: 'commercial', en: 'sales' },
  operator: { fr: 'exploitation', en: 'operations' },
};

export const demoAccounts: readonly DemoAccount[] = [
  {
    id: 'camille',
    name: 'Camille Moreau',
    email: 'sales.state@platform.example',
    roles: ['sales'],
    team: 'state',
  },
  {
    id: 'dominique',
    name: 'Dominique Petit',
    email: 'sales.public@platform.example',
    roles: ['sales'],
    team: 'public',
  },
  { id: 'farida', name: 'Farida Benali', email: 'farida.benali@platform.example', roles: ['operator'] },
  { id: 'gael', name: 'Gaël Lemoine', email: 'gael.lemoine@platform.example', roles: ['operator'] },
];

/** The machine client of the demonstration: it may ask for every scope of the API. */
export const demoClient = {
  id: 'demo-crm',
  secret: 'demo-secret',
  scopes: ['onboarding/read', 'onboarding/write', 'onboarding/operations'],
} as const;

/** The pages' own client: it proves itself by PKCE. */
export const webClientId = 'onboarding-web';
