import type { Text } from '../../../functions/domain/text.ts';

/** Fictional accounts that can sign in to the local system without a password. */
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

/** The API client of the demonstration, with all scopes of the API. */
export const demoClient = {
  id: 'demo-crm',
  secret: 'demo-secret',
  scopes: ['onboarding/read', 'onboarding/write', 'onboarding/operations'],
} as const;

/** The OAuth client of the pages, a public client with PKCE. */
export const webClientId = 'onboarding-web';
