import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { samplePublication } from '../../../functions/domain/trust/sample-publication.ts';
import { accessibilityPage, accessibilityRate } from '../../../functions/web/public/accessibility.ts';
import { selfAudit } from '../../../functions/web/public/self-audit.ts';

const audit = readFileSync('docs/accessibility.md', 'utf8');

/** The criteria of the RGAA in the document, by number. */
function documented(): ReadonlyMap<string, string> {
  const applicable = [...audit.matchAll(/^\| (\d+\.\d+) \| [^|]+ \| (met|not met|not tried) \|/gm)];
  const others = [...audit.matchAll(/^\| \d+ \| ([\d., ]+) \|/gm)].flatMap(([, list = '']) =>
    list.split(', '),
  );
  return new Map([
    ...applicable.map(([, number = '', standing = '']) => [number, standing] as const),
    ...others.map((number) => [number.trim(), 'not applicable'] as const),
  ]);
}

it('the self-audit has each of the 106 criteria of the RGAA once, as the document says with its evidence', () => {
  expect(selfAudit).toHaveLength(106);
  expect(new Map(selfAudit.map(({ number, standing }) => [number, standing.replace('_', ' ')]))).toEqual(
    documented(),
  );
});

it('the statement’s rate counts what was not tried as not met', () => {
  const { met, applicable, percent } = accessibilityRate();
  expect([met, applicable, percent]).toEqual([63, 63, 100]);
  expect(applicable - met).toBe(
    selfAudit.filter(({ standing }) => /not_(?:met|tried)/.test(standing)).length,
  );
});

it('the statement names every criterion that is not met or was not tried', () => {
  const t = (text: { readonly fr: string }) => text.fr;
  const view = {
    language: 'fr',
    t,
    href: (path: string) => path,
    path: '/accessibility',
    unsent: false,
    formRoot: '/questionnaire',
    platform: 'x',
    viewer: { kind: 'anonymous' },
    contact: 'a@b.example',
    csrf: undefined,
    laws: [],
    flash: undefined,
  } as const;
  const known = { ...samplePublication, retention: { closedOnboardingDays: 365 } };
  const page = String(accessibilityPage(view, known).body);
  for (const { number, standing } of selfAudit) {
    if (standing === 'not_met' || standing === 'not_tried') expect(page).toContain(`critère ${number}`);
  }
  expect(page).toContain('évalué nous-mêmes');
  expect(page).toContain('Libre réponse 71120');
});
