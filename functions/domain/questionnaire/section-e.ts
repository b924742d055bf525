import { contactRoles, mandatoryContactRoles, optionCodes } from './option-codes.ts';
import { always, options, type Section, unknown } from './question.ts';

const roleLabels = {
  sponsor: { fr: 'Sponsor', en: 'Sponsor' },
  projectManager: { fr: 'Chef de projet', en: 'Project manager' },
  cio: { fr: 'Directeur des systèmes d’information (DSI)', en: 'Chief information officer (CIO)' },
  ciso: {
    fr: 'Responsable de la sécurité des systèmes d’information (RSSI)',
    en: 'Chief information security officer (CISO)',
  },
  dpo: { fr: 'Délégué à la protection des données (DPO)', en: 'Data protection officer (DPO)' },
} as const;

export const sectionE: Section = {
  id: 'E',
  title: { fr: 'Calendrier et contacts', en: 'Calendar and contacts' },
  owner: 'respondent',
  questions: [
    {
      id: 'E1',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Dates au plus tôt, au plus tard, motif', en: 'Earliest date, latest date, reason' },
      help: {
        fr: 'La bascule est le jour où vos utilisateurs passent sur la plateforme. Une date limite avec un motif est respectée, ou nous vous disons pourquoi elle ne peut l’être ; sans motif, elle n’est qu’un souhait et ouvre plus de dates.',
        en: 'Cutover is the day your users move to the platform. A latest date with a reason is kept, or we tell you why it cannot be; without a reason it is a wish, and opens more dates.',
      },
      input: {
        kind: 'group',
        parts: [
          {
            name: 'earliest',
            label: { fr: 'Date au plus tôt', en: 'Earliest date' },
            input: { kind: 'date' },
            presence: always,
          },
          {
            name: 'latest',
            label: { fr: 'Date au plus tard', en: 'Latest date' },
            input: { kind: 'date' },
            presence: { kind: 'optional_if', part: 'reason', is: 'none' },
          },
          {
            name: 'reason',
            label: { fr: 'Motif de la date limite', en: 'Reason for the latest date' },
            input: {
              kind: 'one',
              options: options(optionCodes.reason, {
                contract_end: { fr: 'Fin de contrat', en: 'End of contract' },
                end_of_support: { fr: 'Fin de support d’un système', en: 'End of a system’s support' },
                derogation: { fr: 'Fin de dérogation', en: 'End of a derogation' },
                none: { fr: 'Pas de date limite', en: 'No hard deadline' },
              }),
            },
            presence: always,
          },
        ],
        order: { first: 'earliest', second: 'latest' },
      },
    },
    {
      id: 'E2',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Périodes de gel', en: 'Freeze windows' },
      help: {
        fr: 'Un gel est une période où rien ne doit changer chez vous : clôture comptable, examens, élections, campagne. Aucune bascule ne sera placée dans ces périodes. Sans gel, laissez la liste vide.',
        en: 'A freeze is a period when nothing may change on your side: closing of accounts, exams, elections, a campaign. No cutover will be placed inside. Without freezes, leave the list empty.',
      },
      input: { kind: 'ranges' },
    },
    {
      id: 'E3',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Utilisateurs pilotes', en: 'Pilot users' },
      help: {
        fr: 'Quelques utilisateurs volontaires essaient la plateforme avant les autres et révèlent ce que l’inventaire a oublié. Indiquez combien vous pouvez en proposer ; 0 est une réponse possible.',
        en: 'A few volunteers try the platform before the others and reveal what the inventory missed. Say how many you can offer; 0 is a possible answer.',
      },
      input: { kind: 'integer' },
    },
    {
      id: 'E4',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Intégrateur ; véhicule d’achat', en: 'Integrator; purchasing vehicle' },
      help: {
        fr: 'Un intégrateur partenaire mène les travaux avec vous. Le véhicule d’achat (centrale d’achat comme l’UGAP ou le Resah, ou marché propre) fixe le délai de commande : le connaître évite une vague réservée sans contrat.',
        en: 'A partner integrator does the work with you. The purchasing vehicle (a central buyer such as UGAP or Resah, or your own tender) sets how long ordering takes: knowing it avoids a wave booked without a contract.',
      },
      input: {
        kind: 'group',
        parts: [
          {
            name: 'integrator',
            label: { fr: 'Intégrateur', en: 'Integrator' },
            input: {
              kind: 'one',
              options: options(optionCodes.integrator, {
                chosen: { fr: 'Choisi', en: 'Chosen' },
                not_chosen: { fr: 'Pas encore choisi', en: 'Not chosen yet' },
                unknown,
              }),
            },
            presence: always,
          },
          {
            name: 'purchasing',
            label: { fr: 'Véhicule d’achat', en: 'Purchasing vehicle' },
            input: {
              kind: 'one',
              options: options(optionCodes.purchasing, {
                ugap: { fr: 'UGAP', en: 'UGAP' },
                resah: { fr: 'Resah', en: 'Resah' },
                own_tender: { fr: 'Marché propre', en: 'Own tender' },
                other: { fr: 'Autre', en: 'Other' },
                unknown,
              }),
            },
            presence: always,
          },
        ],
      },
    },
    {
      id: 'E5',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Contacts', en: 'Contacts' },
      help: {
        fr: 'Le sponsor décide, le chef de projet suit chaque jour ; tous deux sont indispensables. Le DSI, le RSSI et le DPO reçoivent seulement les tâches qui les concernent. Les adresses ne servent qu’à ce projet.',
        en: 'The sponsor decides, the project manager follows day by day; both are needed. The CIO, CISO and DPO only receive the tasks that concern them. The addresses serve this project alone.',
      },
      legalReference: 'GDPR art. 6(1)(b)',
      input: {
        kind: 'contacts',
        roles: contactRoles.map((code) => ({
          code,
          label: roleLabels[code],
          required: mandatoryContactRoles.includes(code),
        })),
      },
    },
    {
      id: 'E6',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Attestation du répondant', en: 'Respondent’s attestation' },
      help: {
        fr: 'J’atteste avoir répondu de bonne foi, au nom de mon organisme, et n’avoir inscrit aucune information classifiée. Cette attestation est conservée avec sa date : vos réponses fondent des décisions que vous pourrez relire.',
        en: 'I attest that I have answered in good faith, on behalf of my organisation, and entered no classified information. This attestation is kept with its date: your answers found decisions that you can read again.',
      },
      input: { kind: 'attestation' },
    },
  ],
};
