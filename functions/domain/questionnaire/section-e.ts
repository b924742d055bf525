import { contactLabels } from './contact-labels.ts';
import { contactRoles, mandatoryContactRoles, optionCodes } from './option-codes.ts';
import { always, options, type Section, unknown } from './question.ts';

export const sectionE: Section = {
  id: 'E',
  title: { fr: 'Calendrier et contacts', en: 'Schedule and contacts' },
  owner: 'respondent',
  questions: [
    {
      id: 'E1',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Date au plus tôt, date au plus tard, motif', en: 'Earliest date, latest date, reason' },
      asks: { fr: 'Quand votre bascule peut-elle avoir lieu ?', en: 'When can your cutover take place?' },
      help: {
        fr: 'La bascule est le jour où vos utilisateurs passent sur la plateforme. Une date limite motivée est respectée, ou nous vous expliquons pourquoi elle ne peut pas l’être ; sans motif, elle n’est qu’un souhait, et davantage de dates sont possibles.',
        en: 'The cutover is the day your users move to the platform. We keep to a latest date if you give a reason, or explain why we cannot; without a reason it is only a preference, and more dates are possible.',
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
                end_of_support: { fr: 'Fin de support d’un système', en: 'End of support for a system' },
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
      asks: {
        fr: 'Pendant quelles périodes rien ne doit-il changer chez vous ?',
        en: 'In which periods may nothing change on your side?',
      },
      help: {
        fr: 'Un gel est une période où rien ne doit changer chez vous : clôture comptable, examens, élections, campagne. Aucune bascule ne sera programmée pendant ces périodes. Sans gel, laissez la liste vide.',
        en: 'A freeze is a period in which nothing may change on your side: year-end closing, exams, elections, a campaign. No cutover will be scheduled in these windows. If you have none, leave the list empty.',
      },
      input: { kind: 'ranges' },
    },
    {
      id: 'E3',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Utilisateurs pilotes', en: 'Pilot users' },
      asks: {
        fr: 'Combien d’utilisateurs pilotes pouvez-vous proposer ?',
        en: 'How many pilot users can you offer?',
      },
      help: {
        fr: 'Quelques utilisateurs volontaires essaient la plateforme avant les autres et révèlent ce que l’inventaire a oublié. Indiquez combien vous pouvez en proposer ; 0 est une réponse possible.',
        en: 'A few volunteers try the platform before the others and reveal what the inventory missed. State how many you can offer; 0 is a valid answer.',
      },
      input: { kind: 'integer' },
    },
    {
      id: 'E4',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Intégrateur ; support d’achat', en: 'Integrator; procurement route' },
      asks: {
        fr: 'Avez-vous un intégrateur et un support d’achat ?',
        en: 'Do you have an integrator and a procurement route?',
      },
      help: {
        fr: 'Un intégrateur partenaire mène les travaux avec vous. Le support d’achat (centrale d’achat comme l’UGAP ou le Resah, ou marché propre) détermine le délai de commande : le connaître évite une vague réservée sans contrat.',
        en: 'A partner integrator does the work with you. The procurement route (a central purchasing body such as UGAP or Resah, or your own tender) determines how long ordering takes: knowing it avoids booking a wave without a contract.',
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
            label: { fr: 'Support d’achat', en: 'Procurement route' },
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
      asks: { fr: 'Qui sont vos contacts pour ce projet ?', en: 'Who are your contacts for this project?' },
      help: {
        fr: 'Le commanditaire décide, le chef de projet assure le suivi quotidien ; tous deux sont indispensables. Le directeur des systèmes d’information (DSI), le responsable de leur sécurité (RSSI) et le délégué à la protection des données (DPO) reçoivent seulement les tâches qui les concernent. Les adresses ne servent qu’à ce projet.',
        en: 'The sponsor decides, the project manager runs the project day to day; both are required. The chief information officer (CIO), the chief information security officer (CISO) and the data protection officer (DPO) receive only the tasks that concern them. The addresses are used for this project only.',
      },
      legalReference: 'GDPR art. 6(1)(b)',
      input: {
        kind: 'contacts',
        roles: contactRoles.map((code) => ({
          code,
          label: contactLabels[code],
          required: mandatoryContactRoles.includes(code),
        })),
      },
    },
    {
      id: 'E6',
      section: 'E',
      owner: 'respondent',
      label: { fr: 'Attestation du répondant', en: 'Respondent’s attestation' },
      asks: { fr: 'Attestez-vous vos réponses ?', en: 'Do you attest to your answers?' },
      help: {
        fr: 'J’atteste avoir répondu de bonne foi, au nom de mon organisme, et n’avoir inscrit aucune information classifiée. Cette attestation est conservée avec sa date : nos décisions se fondent sur vos réponses, et vous pourrez les relire.',
        en: 'I attest that I have answered in good faith, on behalf of my organisation, and have entered no classified information. This attestation is kept with its date: our decisions are based on your answers, and you can read them again.',
      },
      input: { kind: 'attestation' },
    },
  ],
};
