import type { ServiceCode } from '../platform-configuration.ts';
import type { Text } from '../text.ts';
import type { Claim, Evidence, Milestone, ServiceTrust, TrustRecord } from './trust-record.ts';

/** Evidence that no one could check is marked as an example. */
const example: Text = { fr: 'exemple fictif', en: 'fictional example' };

const request: Evidence = {
  title: {
    fr: 'Acceptation de la demande de qualification (jalon J0), pour l’IaaS, le PaaS et le CaaS',
    en: 'Acceptance of the qualification request (milestone J0), for IaaS, PaaS and CaaS',
  },
  source: {
    fr: 'fait public du cas de référence, Bleu ; presse (Clubic, inCyber)',
    en: 'public fact of the reference case, Bleu; press (Clubic, inCyber)',
  },
  date: '2025-04-17',
};

const requested: readonly Milestone[] = [{ code: 'J0', evidence: request }];

const noHealthData: Claim = {
  kind: 'not_claimed',
  note: { fr: 'Aucun certificat pour ce service.', en: 'No certificate for this service.' },
};

const healthData: Claim = {
  kind: 'claimed',
  statement: {
    fr: 'Certificat d’hébergeur de données de santé',
    en: 'Certificate to host health data (HDS)',
  },
  evidence: [{ title: { fr: 'Certificat HDS', en: 'HDS certificate' }, source: example, date: '2026-01-01' }],
};

function service(
  code: ServiceCode,
  milestones: readonly Milestone[],
  hds: Claim = noHealthData,
): ServiceTrust {
  return { code, milestones, healthData: hds };
}

function notClaimed(fr: string, en: string): Extract<Claim, { kind: 'not_claimed' }> {
  return { kind: 'not_claimed', note: { fr, en } };
}

const unassessed = notClaimed(
  'Objectif non évalué par l’exploitant.',
  'The operator has not assessed this objective.',
);

/**
 * The record of the demonstration. The platform is fictional; what is dated of 2025 about SecNumCloud are public facts of
 * the reference case. Whether that platform is qualified now was not found: an operator states it here, with its evidence.
 */
export const sampleTrustRecord: TrustRecord = {
  version: '2026-11',
  date: '2026-11-23',
  notice: {
    fr: 'Dossier d’exemple : l’exploitant est fictif. Les jalons SecNumCloud reprennent des faits publics et datés du cas de référence, Bleu. Si ce dernier est qualifié à ce jour, nous n’en avons pas trouvé la preuve : la qualification n’est donc pas revendiquée ici.',
    en: 'Sample record: the operator is fictional. The SecNumCloud milestones are public, dated facts of the reference case, Bleu. Whether Bleu is qualified today was not found: the qualification is therefore not claimed here.',
  },
  criteria: {
    european_seat: {
      kind: 'claimed',
      statement: {
        fr: 'Siège, direction et établissement principal à Paris.',
        en: 'Registered office, management and principal place of business in Paris.',
      },
      evidence: [
        {
          title: { fr: 'Extrait d’immatriculation', en: 'Company register extract' },
          source: example,
          date: '2026-11-02',
        },
      ],
    },
    european_ownership: {
      kind: 'claimed',
      statement: {
        fr: 'Capital détenu en totalité par deux sociétés européennes ; le partenaire technologique n’y participe pas.',
        en: 'Shares held entirely by two European companies; the technology partner holds none.',
      },
      evidence: [
        {
          title: { fr: 'Registre des actionnaires', en: 'Share register' },
          source: example,
          date: '2026-11-02',
        },
      ],
    },
    servers_in_france: {
      kind: 'claimed',
      statement: {
        fr: 'Deux sites en France, exploités par le personnel de l’exploitant.',
        en: 'Two sites in France, operated by the operator’s own staff.',
      },
      evidence: [
        {
          title: { fr: 'Description des sites', en: 'Description of the sites' },
          source: example,
          date: '2026-09-15',
        },
      ],
    },
    independence_from_foreign_law: notClaimed(
      'Ce critère s’apprécie avec la décision de qualification (J3), qui n’est pas revendiquée.',
      'This criterion is assessed with the qualification decision (J3), which is not claimed.',
    ),
  },
  services: [
    service('exchange', []),
    service('sharepoint_onedrive', []),
    service('teams', []),
    service('intune', []),
    service('azure_iaas', requested, healthData),
    service('azure_containers', requested),
    service('azure_data_paas', requested),
    service('azure_ai', []),
  ],
  objectives: {
    'SOV-1': {
      kind: 'claimed',
      level: 'SEAL-3',
      statement: {
        fr: 'Gouvernance et capital européens ; technologie sous licence d’un tiers.',
        en: 'European governance and ownership; technology licensed from a third party.',
      },
      evidence: [
        {
          title: {
            fr: 'Statuts et registre des actionnaires',
            en: 'Articles of association and share register',
          },
          source: example,
          date: '2026-11-02',
        },
      ],
    },
    'SOV-2': unassessed,
    'SOV-3': {
      kind: 'claimed',
      level: 'SEAL-3',
      statement: {
        fr: 'Données hébergées et traitées en France ; clés maîtrisées par le client.',
        en: 'Data hosted and processed in France; keys under the customer’s control.',
      },
      evidence: [
        {
          title: { fr: 'Politique de gestion des clés', en: 'Key management policy' },
          source: example,
          date: '2026-09-15',
        },
      ],
    },
    'SOV-4': {
      kind: 'claimed',
      level: 'SEAL-3',
      statement: {
        fr: 'Exploitation et assistance assurées en France ; réversibilité documentée.',
        en: 'Operation and support provided from France; documented exit.',
      },
      evidence: [
        {
          title: { fr: 'Plan de réversibilité', en: 'Exit plan' },
          source: example,
          date: '2026-09-15',
        },
      ],
    },
    'SOV-5': {
      kind: 'claimed',
      level: 'SEAL-1',
      statement: {
        fr: 'Matériel et logiciel principalement d’origine non européenne.',
        en: 'Hardware and software mainly of non-European origin.',
      },
      evidence: [
        {
          title: { fr: 'Inventaire des fournisseurs', en: 'Supplier inventory' },
          source: example,
          date: '2026-06-30',
        },
      ],
    },
    'SOV-6': {
      kind: 'claimed',
      level: 'SEAL-1',
      statement: {
        fr: 'Interfaces propriétaires ; formats ouverts à la sortie.',
        en: 'Proprietary interfaces; open formats on exit.',
      },
      evidence: [
        {
          title: { fr: 'Catalogue des interfaces', en: 'Interface catalogue' },
          source: example,
          date: '2026-06-30',
        },
      ],
    },
    'SOV-7': {
      kind: 'claimed',
      level: 'SEAL-2',
      statement: {
        fr: 'Centre de supervision en France ; qualification SecNumCloud demandée.',
        en: 'Security operations centre in France; SecNumCloud qualification requested.',
      },
      evidence: [request],
    },
    'SOV-8': unassessed,
  },
  publicFacts: [
    {
      date: '2025-04-17',
      statement: {
        fr: 'Bleu : jalon J0 de SecNumCloud pour l’IaaS, le PaaS et le CaaS. Un jalon suivant a été annoncé en novembre 2025.',
        en: 'Bleu: SecNumCloud milestone J0 for IaaS, PaaS and CaaS. A further milestone was announced in November 2025.',
      },
      source: { fr: 'presse (Clubic, inCyber)', en: 'press (Clubic, inCyber)' },
    },
    {
      date: '2025-12-17',
      statement: {
        fr: 'S3NS : premier exploitant français d’une technologie d’hyperscaler qualifié SecNumCloud.',
        en: 'S3NS: first French operator of a hyperscaler’s technology with a SecNumCloud qualification.',
      },
      source: { fr: 'presse (IT for Business, Génération NT)', en: 'press (IT for Business, Génération NT)' },
    },
  ],
};
