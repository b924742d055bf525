import { expect, it } from 'vitest';
import { stages } from '../../../functions/domain/onboarding/lifecycle.ts';
import { formatReference } from '../../../functions/domain/onboarding/reference.ts';
import { firstRun } from '../../../functions/domain/onboarding/run.ts';
import type { OnboardingState } from '../../../functions/domain/onboarding/state.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { html } from '../../../functions/web/shared/layout/html.ts';
import { renderPage } from '../../../functions/web/shared/layout/page.ts';
import type { View } from '../../../functions/web/shared/layout/view.ts';
import { onboardingTable } from '../../../functions/web/shared/staff/onboarding-table.ts';
import { rowsAPage } from '../../../functions/web/shared/staff/read-list.ts';
import { searchForm } from '../../../functions/web/shared/staff/search.ts';
import { firstViewBytes } from '../../support/page-reader.ts';

const view: View = {
  language: 'fr',
  t: ({ fr }) => fr,
  href: (path) => path,
  path: '/sales',
  unsent: false,
  formRoot: '/questionnaire',
  platform: 'Nuage de confiance',
  viewer: { kind: 'staff', name: 'Ada', roles: ['sales'] },
  contact: 'operations@platform.example',
  csrf: 'x'.repeat(43),
  flash: undefined,
  laws: [],
};

const now = new Date('2026-11-23T08:00:00Z');

function state(number: number): OnboardingState {
  const bytes = Uint8Array.from({ length: 24 }, (_, index) => (number * 37 + index * 53) % 256);
  const at = '2026-10-01T08:00:00.000Z';
  return {
    reference: formatReference(bytes),
    siren: '999000102',
    name: `Direction fictive numéro ${number * 7919} de l’administration`,
    language: 'fr',
    owner: 'sales@platform.example',
    team: 'state',
    stage: stages[number % stages.length] ?? 'INVITED',
    stageSince: at,
    version: 1,
    eventHash: '',
    episode: 1,
    run: { ...firstRun(at), ...(number % 3 === 0 ? { status: 'failed', failedAt: at } : {}) },
    requestedAt: at,
    link: 1,
    submission: 0,
    reviews: 0,
    settledRules: [],
    anotherDates: 0,
    confirmationTimeouts: 0,
    mailBounced: true,
  };
}

const rows = Array.from({ length: 2 * rowsAPage - 1 }, (_, number) => ({ state: state(number) }));

function fullPage() {
  const list = { rows, at: '/sales', now, platform: samplePlatform } as const;
  return renderPage(view, {
    title: { fr: 'Dossiers', en: 'Onboardings' },
    body: html`${searchForm(view, '/sales')}
${onboardingTable(view, { ...list, caption: { fr: 'À traiter', en: 'Needs attention' } })}
${onboardingTable(view, { ...list, caption: { fr: 'Tous', en: 'All' } })}`,
  });
}

it('a list with the maximum number of rows weighs no more than a first view may', () => {
  expect(rows).toHaveLength(49);
  expect(firstViewBytes(String(fullPage()))).toBeLessThanOrEqual(20_000);
});
