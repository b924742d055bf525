import { writeFileSync } from 'node:fs';

/** Writes a registry that knows each of the SIRENs as a company under way. */
export function writeRegistry(file: string, sirens: readonly string[]): void {
  const organisations = sirens.map((siren) => [
    siren,
    {
      siren,
      nom_complet: `ORGANISME ${siren}`,
      nature_juridique: '5710',
      activite_principale: '62.01Z',
      activite_principale_naf25: null,
      tranche_effectif_salarie: '21',
      categorie_entreprise: 'PME',
      etat_administratif: 'A',
      siege: { siret: `${siren}00011`, code_postal: '75001', libelle_commune: 'PARIS', departement: '75' },
      complements: { est_administration: false },
    },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(organisations)));
}
