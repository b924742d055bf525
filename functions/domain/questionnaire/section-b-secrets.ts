import { optionCodes } from './option-codes.ts';
import {
  always,
  discussOffline,
  no,
  options,
  type Question,
  unknown,
  yes,
  yesNoUnknown,
} from './question.ts';

const sensitive = 'SREN law (2024-449) art. 31';

/** Section B, first half: secrets, essential missions and what a breach could harm. */
export const secretsQuestions: readonly Question[] = [
  {
    id: 'B1',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Informations classifiées (Secret, Très Secret) dans le périmètre ?',
      en: 'Classified information in scope?',
    },
    asks: {
      fr: 'Voulez-vous migrer des informations classifiées (Secret, Très Secret) ?',
      en: 'Do you want to migrate classified information (Secret, Très Secret)?',
    },
    help: {
      fr: 'Les informations classifiées Secret ou Très Secret relèvent de systèmes homologués distincts et n’ont pas leur place sur cette plateforme. N’en décrivez aucune ici. Si votre périmètre en contient, le questionnaire s’arrête et votre officier de sécurité prend le relais.',
      en: 'Information classified as Secret or Très Secret belongs on separately accredited systems, not on this platform. Do not describe any of it here. If your scope includes any, the questionnaire ends and your security officer takes over.',
    },
    legalReference: 'IGI 1300',
    input: { kind: 'one', options: options(optionCodes.B1, yesNoUnknown) },
  },
  {
    id: 'B2',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Informations « Diffusion Restreinte » ?',
      en: '“Diffusion Restreinte” information?',
    },
    asks: {
      fr: 'Voulez-vous migrer des informations portant la mention « Diffusion Restreinte » ?',
      en: 'Do you want to migrate information marked “Diffusion Restreinte”?',
    },
    help: {
      fr: '« Diffusion Restreinte » est une mention de protection, non une classification : ces informations peuvent être accueillies sur la plateforme, mais seulement après une démarche d’homologation convenue avec vous. Indiquez seulement s’il y en a, sans rien décrire.',
      en: '“Diffusion Restreinte” is a protective marking, not a classification: the platform can host such information, but only after an accreditation process agreed with you. Say only whether there is any; do not describe it.',
    },
    legalReference: 'II 901',
    input: {
      kind: 'one',
      options: options(optionCodes.B2, { yes, no, discuss_offline: discussOffline, unknown }),
    },
  },
  {
    id: 'B3',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Système d’information d’importance vitale (SIIV) ?',
      en: 'Information system of vital importance (SIIV)?',
    },
    asks: {
      fr: 'Un système d’information d’importance vitale (SIIV) est-il concerné ?',
      en: 'Is a vital-importance information system (SIIV) in scope?',
    },
    help: {
      fr: 'Un SIIV est un système dont l’atteinte compromettrait la défense, l’économie ou la sécurité de la Nation, ou la survie de la population. Ses règles d’hébergement se décident au cas par cas avec l’ANSSI. La liste de ces systèmes est protégée : vous pouvez choisir d’en parler de vive voix.',
      en: 'A SIIV is a system whose failure would put the Nation’s defence, economy or security, or people’s survival, at risk. Its hosting rules are decided case by case with ANSSI. The list of these systems is protected: you may choose to discuss it in person.',
    },
    legalReference: 'Code de la défense L.1332-6-1; ANSSI',
    input: {
      kind: 'one',
      options: options(optionCodes.B3, {
        yes,
        no,
        discuss_offline: discussOffline,
        unknown,
      }),
    },
  },
  {
    id: 'B4',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Secrets protégés par la loi (CRPA, art. L. 311-5 et L. 311-6)',
      en: 'Secrets protected by law (CRPA, art. L. 311-5 and L. 311-6)',
    },
    asks: {
      fr: 'Quels secrets protégés par la loi vos données contiennent-elles ?',
      en: 'Which secrets protected by law does your data contain?',
    },
    help: {
      fr: 'La loi appelle « données d’une sensibilité particulière » celles qui relèvent d’un secret protégé par la loi, ou qui sont nécessaires aux missions essentielles de l’État, et dont la violation pourrait causer un dommage grave (ordre public, sécurité publique, santé ou vie des personnes, propriété intellectuelle). Cette question porte sur la première condition : cochez chaque secret présent dans le périmètre.',
      en: 'The law calls “data of particular sensitivity” data that falls under a secret protected by law, or is needed for essential State missions, and whose breach could cause serious harm (public order, public security, people’s health or life, intellectual property). This question is about the first condition: tick every secret in your scope.',
    },
    legalReference: 'CRPA L.311-5, L.311-6; SREN law (2024-449) art. 31',
    input: {
      kind: 'many',
      options: options(optionCodes.B4, {
        government_deliberations: { fr: 'Délibérations du Gouvernement', en: 'Government deliberations' },
        national_defence: { fr: 'Secret de la défense nationale', en: 'National defence' },
        foreign_policy: { fr: 'Conduite de la politique extérieure', en: 'Foreign policy' },
        state_security: {
          fr: 'Sûreté de l’État, sécurité publique, des personnes ou des systèmes d’information des administrations',
          en: 'Security of the State, of the public, of individuals or of public information systems',
        },
        court_proceedings: { fr: 'Procédures devant les juridictions', en: 'Court proceedings' },
        privacy: { fr: 'Protection de la vie privée', en: 'Privacy' },
        medical_secrecy: { fr: 'Secret médical', en: 'Medical secrecy' },
        business_secrecy: { fr: 'Secret des affaires', en: 'Business secrecy' },
        currency_credit: { fr: 'Monnaie et crédit public', en: 'Currency and public credit' },
        offence_detection: {
          fr: 'Recherche et prévention d’infractions, y compris fiscales et douanières',
          en: 'Detection and prevention of offences, including tax and customs',
        },
        other_legal_secret: {
          fr: 'Autre secret protégé par la loi : fiscal, statistique, professionnel…',
          en: 'Another secret protected by law: tax, statistical, professional…',
        },
        none: { fr: 'Aucun de ces secrets', en: 'None of these secrets' },
        unknown,
      }),
      standsAlone: ['none', 'unknown'],
    },
  },
  {
    id: 'B5',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Données nécessaires aux missions essentielles de l’État ?',
      en: 'Data needed for essential State missions?',
    },
    asks: {
      fr: 'Ces données sont-elles nécessaires aux missions essentielles de l’État ?',
      en: 'Is this data needed for the State’s essential missions?',
    },
    help: {
      fr: 'Second critère de la « sensibilité particulière » : des données sans lesquelles l’État ne pourrait assurer la sécurité nationale, le maintien de l’ordre ou la protection de la santé et de la vie des personnes. Un organisme distinct de l’État peut en détenir pour le compte de celui-ci.',
      en: 'The second criterion for “particular sensitivity”: data without which the State could not ensure national security, public order or the protection of people’s health and life. An organisation other than the State may hold such data on its behalf.',
    },
    legalReference: sensitive,
    input: { kind: 'one', options: options(optionCodes.B5, yesNoUnknown) },
  },
  {
    id: 'B6',
    section: 'B',
    owner: 'ciso',
    label: { fr: 'Une violation pourrait porter atteinte à…', en: 'A breach could harm…' },
    asks: {
      fr: 'À quoi une violation de ces données pourrait-elle porter atteinte ?',
      en: 'What could a breach of this data harm?',
    },
    help: {
      fr: 'L’hébergement qualifié devient obligatoire lorsqu’une fuite, une altération ou une perte des données pourrait causer l’un de ces dommages. Si vous n’avez pas d’avis fondé, répondez « je ne sais pas » : une analyse de sensibilité vous sera demandée, et nous ne présumerons rien.',
      en: 'Qualified hosting becomes mandatory if a leak, alteration or loss of the data could cause one of these harms. If you cannot judge, answer “I don’t know”: we will ask for a sensitivity analysis and assume nothing.',
    },
    legalReference: sensitive,
    input: {
      kind: 'many',
      options: options(optionCodes.B6, {
        public_order: { fr: 'L’ordre public', en: 'Public order' },
        public_security: { fr: 'La sécurité publique', en: 'Public security' },
        health_or_life: { fr: 'La santé ou la vie des personnes', en: 'People’s health or life' },
        intellectual_property: {
          fr: 'La protection de la propriété intellectuelle',
          en: 'The protection of intellectual property',
        },
        none: { fr: 'Aucun de ces dommages', en: 'None of these harms' },
        unknown,
      }),
      standsAlone: ['none', 'unknown'],
    },
  },
  {
    id: 'B7',
    section: 'B',
    owner: 'ciso',
    label: { fr: 'Analyse de sensibilité écrite ?', en: 'Written sensitivity analysis?' },
    asks: {
      fr: 'Avez-vous une analyse écrite de la sensibilité de vos données ?',
      en: 'Do you have a written analysis of your data’s sensitivity?',
    },
    help: {
      fr: 'Une analyse de sensibilité indique, jeu de données par jeu de données, ce qu’une violation causerait et qui a validé cette appréciation. Elle justifie vos réponses en cas de contrôle. Sa date nous indique si elle couvre le périmètre actuel ; ne joignez pas le document.',
      en: 'A sensitivity analysis states, data set by data set, what a breach would cause and who approved that view. It supports your answers in an audit. Its date tells us whether it covers the current scope; do not attach the document.',
    },
    legalReference: 'Circular 6404/SG, doctrine “cloud au centre” R9',
    input: {
      kind: 'group',
      parts: [
        {
          name: 'answer',
          label: { fr: 'Analyse écrite', en: 'Written analysis' },
          input: { kind: 'one', options: options(optionCodes.B7, yesNoUnknown) },
          presence: always,
        },
        {
          name: 'date',
          label: { fr: 'Date de l’analyse', en: 'Date of the analysis' },
          input: { kind: 'date' },
          presence: { kind: 'exactly_if', part: 'answer', is: 'yes' },
        },
      ],
    },
  },
  {
    id: 'B8',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Projet déjà engagé sur un cloud non qualifié ?',
      en: 'Project already under way on an unqualified cloud?',
    },
    asks: {
      fr: 'Ce projet est-il déjà engagé sur un cloud non qualifié ?',
      en: 'Is this project already under way on a non-qualified cloud?',
    },
    help: {
      fr: 'Un projet soumis à l’obligation et déjà engagé ailleurs peut bénéficier d’une dérogation, accordée pour une durée limitée. Sa date d’expiration devient la date limite de votre bascule : nous en tenons compte pour vous proposer une vague à temps.',
      en: 'A project that is subject to the obligation but already under way elsewhere may have a derogation, granted for a limited time. Its expiry date becomes the last possible day for your cutover: we take it into account to offer you a wave in time.',
    },
    legalReference: 'Decree 2026-272',
    input: {
      kind: 'group',
      parts: [
        {
          name: 'answer',
          label: { fr: 'Projet engagé', en: 'Project under way' },
          input: {
            kind: 'one',
            options: options(optionCodes.B8, {
              no,
              yes_without_derogation: { fr: 'Oui, sans dérogation', en: 'Yes, without a derogation' },
              yes_with_derogation: { fr: 'Oui, avec une dérogation', en: 'Yes, with a derogation' },
              unknown,
            }),
          },
          presence: always,
        },
        {
          name: 'expiry',
          label: { fr: 'Expiration de la dérogation', en: 'Expiry of the derogation' },
          input: { kind: 'date', orUnknown: true },
          presence: { kind: 'exactly_if', part: 'answer', is: 'yes_with_derogation' },
        },
      ],
    },
  },
];
