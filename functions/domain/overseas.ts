import type { Text } from './text.ts';

interface Territory {
  /** Name of its time zone in the IANA database, which knows every change of its clocks. */
  readonly zone: string;
  /** Where a clock shows its time. */
  readonly place: Text;
}

/** The overseas departments and collectivities, by the code that the register gives as department. */
const territories: Readonly<Record<string, Territory>> = {
  '971': { zone: 'America/Guadeloupe', place: { fr: 'en Guadeloupe', en: 'in Guadeloupe' } },
  '972': { zone: 'America/Martinique', place: { fr: 'en Martinique', en: 'in Martinique' } },
  '973': { zone: 'America/Cayenne', place: { fr: 'en Guyane', en: 'in French Guiana' } },
  '974': { zone: 'Indian/Reunion', place: { fr: 'à La Réunion', en: 'in Réunion' } },
  '975': {
    zone: 'America/Miquelon',
    place: { fr: 'à Saint-Pierre-et-Miquelon', en: 'in Saint Pierre and Miquelon' },
  },
  '976': { zone: 'Indian/Mayotte', place: { fr: 'à Mayotte', en: 'in Mayotte' } },
  '977': { zone: 'America/St_Barthelemy', place: { fr: 'à Saint-Barthélemy', en: 'in Saint Barthélemy' } },
  '978': { zone: 'America/Marigot', place: { fr: 'à Saint-Martin', en: 'in Saint Martin' } },
  '986': { zone: 'Pacific/Wallis', place: { fr: 'à Wallis-et-Futuna', en: 'in Wallis and Futuna' } },
  // The Marquesas and the Gambier Islands have times of their own; the seat is on Tahiti.
  '987': { zone: 'Pacific/Tahiti', place: { fr: 'à Tahiti', en: 'in Tahiti' } },
  '988': { zone: 'Pacific/Noumea', place: { fr: 'en Nouvelle-Calédonie', en: 'in New Caledonia' } },
};

/** The territory of a code; undefined for metropolitan France, and for a code of another release. */
export function territoryOf(code: string | undefined): Territory | undefined {
  return code !== undefined && Object.hasOwn(territories, code) ? territories[code] : undefined;
}

/** The code of the territory in which the register has an organisation's head office; undefined for any other place. */
export function overseasCode(facts: Readonly<Record<string, unknown>> = {}): string | undefined {
  const { department, postalCode } = facts;
  const codes = [department, typeof postalCode === 'string' ? postalCode.slice(0, 3) : undefined];
  return codes.flatMap((code) => (typeof code === 'string' ? [code] : [])).find((code) => territoryOf(code));
}
