import { createHash } from 'node:crypto';

/** Someone of a public body, as ProConnect asserts them to a service. */
export interface ProConnectPerson {
  readonly id: string;
  readonly given_name: string;
  readonly usual_name: string;
  readonly email: string;
  /** The organisation that the person has signed in for. */
  readonly siret: string;
  readonly organisation: string;
  /** The identity provider that vouches for the person. */
  readonly idp_id: string;
  /** How the person has proved to be who they are (RFC 8176). */
  readonly amr: readonly string[];
}

const idps = {
  ministries: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb',
  identity: '0d2f1a48-6f0e-4c0c-8a2c-63a1d5f0c9b7',
} as const;

/** Fictional persons of the sample organisations: of a ministry, of one of its agencies, of towns and of a company. */
export const proConnectPersons: readonly ProConnectPerson[] = [
  {
    id: 'claire',
    given_name: 'Claire',
    usual_name: 'Vasseur',
    email: 'claire.vasseur@secretariat-fictif-a-la-protection-civile.example',
    siret: '99900037500017',
    organisation: 'Secrétariat fictif à la protection civile',
    idp_id: idps.ministries,
    amr: ['pwd', 'mfa'],
  },
  {
    id: 'hugo',
    given_name: 'Hugo',
    usual_name: 'Delmas',
    email: 'hugo.delmas@direction-fictive-du-numerique-de-l-etat.example',
    siret: '99900010200015',
    organisation: 'Direction fictive du numérique de l’État',
    idp_id: idps.ministries,
    amr: ['pwd', 'mfa'],
  },
  {
    id: 'ines',
    given_name: 'Inès',
    usual_name: 'Roche',
    email: 'ines.roche@agence-fictive-de-la-geographie.example',
    siret: '99900145600014',
    organisation: 'Agence fictive de la géographie',
    idp_id: idps.identity,
    amr: ['pwd'],
  },
  {
    id: 'paul',
    given_name: 'Paul',
    usual_name: 'Garnier',
    email: 'paul.garnier@commune-fictive-de-valbrume.example',
    siret: '99900469000015',
    organisation: 'Commune fictive de Valbrume',
    idp_id: idps.identity,
    amr: ['pwd'],
  },
  {
    id: 'nadia',
    given_name: 'Nadia',
    usual_name: 'Ferrand',
    email: 'nadia.ferrand@commune-fictive-de-sablonnieres-le-haut.example',
    siret: '99900496300016',
    organisation: 'Commune fictive de Sablonnières-le-Haut',
    idp_id: idps.identity,
    amr: ['pwd'],
  },
];

/** The name of a person for one service: the same person has another one elsewhere, or through another provider. */
export function subjectOf(person: ProConnectPerson, clientId: string): string {
  return createHash('sha256').update(`${clientId}\n${person.idp_id}\n${person.id}`).digest('hex');
}
