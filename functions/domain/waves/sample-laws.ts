import type { Law } from '../law-status.ts';

/** The laws of the demonstration, as they were read on the day that each status bears: an operator keeps its own. */
export const sampleLaws: readonly Law[] = [
  {
    code: 'NIS2',
    name: { fr: 'NIS 2', en: 'NIS2' },
    statuses: [
      {
        from: '2024-10-18',
        statement: { fr: 'transposition non adoptée', en: 'not yet transposed into French law' },
        source: {
          fr: 'directive (UE) 2022/2555, art. 41 ; Légifrance',
          en: 'directive (EU) 2022/2555, art. 41; Légifrance',
        },
        checked: '2026-11-23',
      },
    ],
  },
  {
    code: 'DORA',
    name: { fr: 'DORA', en: 'DORA' },
    statuses: [
      {
        from: '2023-01-16',
        statement: { fr: 'en vigueur, pas encore applicable', en: 'in force, not yet applicable' },
        source: { fr: 'règlement (UE) 2022/2554, art. 64', en: 'regulation (EU) 2022/2554, art. 64' },
        checked: '2026-11-23',
      },
      {
        from: '2025-01-17',
        statement: { fr: 'applicable', en: 'applicable' },
        source: { fr: 'règlement (UE) 2022/2554, art. 64', en: 'regulation (EU) 2022/2554, art. 64' },
        checked: '2026-11-23',
      },
    ],
  },
];
