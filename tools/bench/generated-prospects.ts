import type { Intake } from '../../functions/domain/intake/intake.ts';
import type { ServiceCode } from '../../functions/domain/platform-configuration.ts';
import { type BodyType, bodyTypes } from '../../functions/domain/questionnaire/option-codes.ts';

/** A repeatable sequence of numbers in [0, 1): the 32-bit generator "mulberry32". */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Nine digits with a valid check digit, in an unused range. */
function siren(number: number): string {
  const body = String(99_800_000 + number);
  const sum = [...body].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Every kind of body whose form asks nothing more than the others'. */
const kinds: readonly BodyType[] = bodyTypes.filter((kind) => kind !== 'gip');

const bundles: readonly (readonly ServiceCode[])[] = [
  ['exchange', 'teams'],
  ['exchange', 'teams', 'sharepoint_onedrive'],
  ['azure_iaas'],
  ['azure_iaas', 'azure_data_paas'],
  ['exchange', 'teams', 'azure_iaas'],
];

function pick<T>(from: readonly [T, ...T[]] | readonly T[], random: number): T {
  const found = from[Math.floor(random * from.length)];
  if (found === undefined) throw new RangeError('The list to pick from is empty');
  return found;
}

type OwnedIntake = Intake & { readonly owner: string; readonly team: string };

/** `count` fictional prospects, the same for the same seed. */
export function generatedProspects(count: number, seed = 1): readonly OwnedIntake[] {
  const random = sequence(seed);
  return Array.from({ length: count }, (_, index) => ({
    siren: siren(index),
    legalName: `Organisme fictif ${String(index).padStart(5, '0')}`,
    bodyType: pick(kinds, random()),
    contactName: 'Direction des systèmes d’information',
    contactEmail: `dsi@organisme-${index}.example`,
    language: random() < 0.8 ? ('fr' as const) : ('en' as const),
    services: pick(bundles, random()),
    usersInScope: 50 + Math.floor(random() * 1_500),
    serversInScope: Math.floor(random() * 60),
    earliestDate: '2027-03-01',
    deadlineReason: 'none' as const,
    owner: `sales.${index % 20}@platform.example`,
    team: `team-${index % 5}`,
  }));
}

/** The prospects as the public registry knows them: all active. */
export function generatedRegistry(prospects: readonly OwnedIntake[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    prospects.map(({ siren: number, legalName }) => [
      number,
      {
        siren: number,
        nom_complet: legalName,
        nature_juridique: '5710',
        activite_principale: '62.02A',
        activite_principale_naf25: '62.20Y',
        tranche_effectif_salarie: '31',
        categorie_entreprise: 'ETI',
        etat_administratif: 'A',
        siege: {
          siret: `${number}00000`,
          code_postal: '00000',
          libelle_commune: 'VILLE FICTIVE',
          departement: '00',
        },
        complements: { est_administration: false },
      },
    ]),
  );
}
