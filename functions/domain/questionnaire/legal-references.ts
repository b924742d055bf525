import type { Text } from '../text.ts';

function same(name: string): Text {
  return { fr: name, en: name };
}

/**
 * The sources of rules and questions, as each language cites them. The keys are stored with results and are part of the
 * API: they do not change.
 */
const citations = {
  '-': { fr: 'politique de la plateforme', en: 'platform policy' },
  registry: { fr: 'registre public', en: 'public register' },
  catalogue: { fr: 'catalogue des services', en: 'service catalogue' },
  'operator policy': { fr: 'politique de la plateforme', en: 'platform policy' },
  'export control': { fr: 'contrôle des exportations', en: 'export control' },
  ANSSI: same('ANSSI'),
  CNIL: same('CNIL'),
  'ANSSI, NIS2': { fr: 'ANSSI, NIS 2', en: 'ANSSI, NIS2' },
  'NIS2, CNIL': { fr: 'NIS 2, CNIL', en: 'NIS2, CNIL' },
  'IGI 1300': { fr: 'IGI n° 1300', en: 'IGI 1300' },
  'II 901': { fr: 'II n° 901', en: 'II 901' },
  'CSP / ANSSI': {
    fr: 'code de la santé publique, ANSSI',
    en: 'public health code (CSP), ANSSI',
  },
  'CSP L.1111-8': {
    fr: 'code de la santé publique, art. L. 1111-8',
    en: 'public health code (CSP), art. L. 1111-8',
  },
  'Code de la défense L.1332-1; ANSSI': {
    fr: 'code de la défense, art. L. 1332-1 ; ANSSI',
    en: 'defence code, art. L. 1332-1; ANSSI',
  },
  'Code de la défense L.1332-6-1; ANSSI': {
    fr: 'code de la défense, art. L. 1332-6-1 ; ANSSI',
    en: 'defence code, art. L. 1332-6-1; ANSSI',
  },
  'CRPA L.311-5, L.311-6; SREN law (2024-449) art. 31': {
    fr: 'code des relations entre le public et l’administration, art. L. 311-5 et L. 311-6 ; loi SREN n° 2024-449, art. 31',
    en: 'code of relations between the public and the administration (CRPA), art. L. 311-5 and L. 311-6; SREN law (2024-449), art. 31',
  },
  'SREN law (2024-449) art. 31': {
    fr: 'loi SREN n° 2024-449, art. 31',
    en: 'SREN law (2024-449), art. 31',
  },
  'SREN law (2024-449) art. 31; decree 2026-272': {
    fr: 'loi SREN n° 2024-449, art. 31 ; décret n° 2026-272',
    en: 'SREN law (2024-449), art. 31; decree 2026-272',
  },
  'SREN law art. 31; doctrine "cloud au centre" R9': {
    fr: 'loi SREN, art. 31 ; doctrine « cloud au centre », règle R9',
    en: 'SREN law, art. 31; “cloud au centre” doctrine, rule R9',
  },
  'Circular 6404/SG, doctrine “cloud au centre” R9': {
    fr: 'circulaire n° 6404/SG, doctrine « cloud au centre », règle R9',
    en: 'circular 6404/SG, “cloud au centre” doctrine, rule R9',
  },
  'Decree 2026-272': { fr: 'décret n° 2026-272', en: 'decree 2026-272' },
  'decree 2026-272': { fr: 'décret n° 2026-272', en: 'decree 2026-272' },
  'DORA art. 28-30': { fr: 'DORA, art. 28 à 30', en: 'DORA, art. 28 to 30' },
  'Directive (EU) 2022/2555 (NIS2)': {
    fr: 'directive (UE) 2022/2555 (NIS 2)',
    en: 'directive (EU) 2022/2555 (NIS2)',
  },
  'Regulation (EU) 2022/2554 (DORA) art. 2': {
    fr: 'règlement (UE) 2022/2554 (DORA), art. 2',
    en: 'regulation (EU) 2022/2554 (DORA), art. 2',
  },
  'Regulation (EU) 2022/2554 (DORA) art. 28-30': {
    fr: 'règlement (UE) 2022/2554 (DORA), art. 28 à 30',
    en: 'regulation (EU) 2022/2554 (DORA), art. 28 to 30',
  },
  'Regulation (EU) 2021/821': { fr: 'règlement (UE) 2021/821', en: 'regulation (EU) 2021/821' },
  'GDPR art. 6(1)(b)': { fr: 'RGPD, art. 6, § 1, point b', en: 'GDPR, art. 6(1)(b)' },
  'GDPR art. 9, 10': { fr: 'RGPD, art. 9 et 10', en: 'GDPR, art. 9 and 10' },
  'GDPR art. 35': { fr: 'RGPD, art. 35', en: 'GDPR, art. 35' },
  'GDPR art. 35(3)(b)': { fr: 'RGPD, art. 35, § 3, point b', en: 'GDPR, art. 35(3)(b)' },
  'SecNumCloud 3.2 ch. 19.6': { fr: 'SecNumCloud 3.2, chap. 19.6', en: 'SecNumCloud 3.2, ch. 19.6' },
} as const satisfies Readonly<Record<string, Text>>;

export type LegalReference = keyof typeof citations;

function isKnown(reference: string): reference is LegalReference {
  return Object.hasOwn(citations, reference);
}

/** A reference as people read it; one of an earlier rule set that is no longer listed, as it is stored. */
export function citation(reference: string): Text {
  return isKnown(reference) ? citations[reference] : same(reference);
}
