import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedProspects } from '../../tools/bench/generated-prospects.ts';
import { cacheFolder } from '../../tools/emulator/cache-folder.ts';

/** SIREN of every organisation of the trial. */
export const sirens: readonly string[] = generatedProspects(48).map(({ siren }) => siren);

/** Writes what the public registry answers about them: each is active. @returns the file's path */
export function writeRegistry(): string {
  const file = join(cacheFolder, 'registry.json');
  mkdirSync(cacheFolder, { recursive: true });
  const organisations = sirens.map((siren) => [
    siren,
    {
      siren,
      nom_complet: `ORGANISME ${siren}`,
      nature_juridique: '5710',
      activite_principale: '62.01Z',
      activite_principale_naf25: '62.10Y',
      tranche_effectif_salarie: '22',
      categorie_entreprise: 'PME',
      etat_administratif: 'A',
      siege: {
        siret: `${siren}00010`,
        code_postal: '75001',
        libelle_commune: 'PARIS',
        departement: '75',
      },
      complements: { est_administration: false },
    },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(organisations)));
  return file;
}
