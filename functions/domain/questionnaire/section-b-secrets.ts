import { optionCodes } from './option-codes.ts';
import { always, no, options, type Question, unknown, yes, yesNoUnknown } from './question.ts';

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
    help: {
      fr: 'Les informations classifiées Secret ou Très Secret relèvent de systèmes homologués à part et n’ont pas leur place sur cette plateforme. N’en décrivez aucune ici. Si votre périmètre en contient, le questionnaire s’arrête et votre officier de sécurité prend le relais.',
      en: 'Information classified Secret or Très Secret belongs on separately accredited systems and has no place on this platform. Describe none of it here. If your scope holds any, the form ends and your security officer takes over.',
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
    help: {
      fr: '« Diffusion Restreinte » est une mention de protection, non une classification : l’information reste possible sur la plateforme, mais seulement après un chemin d’homologation convenu avec vous. Répondez par la présence ou l’absence, sans rien décrire.',
      en: '“Diffusion Restreinte” is a protective marking, not a classification: the information may come to the platform, but only along an accreditation path agreed with you. Answer whether there is any, without describing it.',
    },
    legalReference: 'II 901',
    input: { kind: 'one', options: options(optionCodes.B2, yesNoUnknown) },
  },
  {
    id: 'B3',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Système d’information d’importance vitale (SIIV) ?',
      en: 'Vital-importance system (SIIV)?',
    },
    help: {
      fr: 'Un SIIV est un système dont l’atteinte compromettrait la défense, l’économie ou la sécurité de la Nation, ou la survie de la population. Ses règles d’hébergement se voient au cas par cas avec l’ANSSI. La liste en est protégée : vous pouvez choisir d’en parler de vive voix.',
      en: 'A SIIV is a system whose failure would put at risk the Nation’s defence, economy or security, or people’s survival. Its hosting rules are settled case by case with ANSSI. The list is protected: you may choose to discuss it in person.',
    },
    legalReference: 'Code de la défense L.1332-6-1; ANSSI',
    input: {
      kind: 'one',
      options: options(optionCodes.B3, {
        yes,
        no,
        discuss_offline: {
          fr: 'Je préfère en parler de vive voix',
          en: 'I prefer to discuss this in person',
        },
      }),
    },
  },
  {
    id: 'B4',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Secrets protégés par la loi (CRPA L.311-5, L.311-6)',
      en: 'Secrets protected by law (CRPA L.311-5, L.311-6)',
    },
    help: {
      fr: 'La loi appelle « données d’une sensibilité particulière » celles qui relèvent d’un secret protégé par la loi, ou qui sont nécessaires aux missions essentielles de l’État, et dont la violation pourrait causer un dommage grave (ordre public, sécurité publique, santé ou vie des personnes, propriété intellectuelle). Cette question porte sur la première condition : cochez chaque secret présent dans le périmètre.',
      en: 'The law calls “data of particular sensitivity” data that falls under a secret protected by law, or is needed for essential State missions, and whose breach could do serious harm (public order, public security, people’s health or life, intellectual property). This question is about the first condition: tick each secret present in your scope.',
    },
    legalReference: 'CRPA L.311-5, L.311-6; SREN law (2024-449) art. 31',
    input: {
      kind: 'many',
      options: options(optionCodes.B4, {
        government_deliberations: { fr: 'Délibérations du Gouvernement', en: 'Government deliberations' },
        national_defence: { fr: 'Secret de la défense nationale', en: 'National defence' },
        foreign_policy: { fr: 'Conduite de la politique extérieure', en: 'Foreign policy' },
        state_security: {
          fr: 'Sûreté de l’État, sécurité publique et des personnes',
          en: 'Security of the State, of the public and of persons',
        },
        court_proceedings: { fr: 'Procédures devant les juridictions', en: 'Court proceedings' },
        privacy: { fr: 'Protection de la vie privée', en: 'Privacy' },
        medical_secrecy: { fr: 'Secret médical', en: 'Medical secrecy' },
        business_secrecy: { fr: 'Secret des affaires', en: 'Business secrecy' },
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
    help: {
      fr: 'Seconde voie vers la « sensibilité particulière » : des données sans lesquelles l’État ne pourrait assurer la sécurité nationale, le maintien de l’ordre, la protection de la santé et de la vie des personnes. Un organisme qui n’est pas l’État peut en détenir pour son compte.',
      en: 'The second way into “particular sensitivity”: data without which the State could not ensure national security, public order, or the protection of people’s health and life. A body that is not the State may hold such data on its behalf.',
    },
    legalReference: sensitive,
    input: { kind: 'one', options: options(optionCodes.B5, yesNoUnknown) },
  },
  {
    id: 'B6',
    section: 'B',
    owner: 'ciso',
    label: { fr: 'Une violation pourrait porter atteinte à…', en: 'A breach could harm…' },
    help: {
      fr: 'L’obligation d’un hébergement qualifié naît quand une fuite, une altération ou une perte des données pourrait causer l’un de ces dommages. Si vous n’avez pas d’avis fondé, répondez « je ne sais pas » : une analyse de sensibilité sera demandée, et rien ne sera supposé.',
      en: 'The duty to use qualified hosting arises when a leak, alteration or loss of the data could do one of these harms. If you have no grounded view, answer “I don’t know”: a sensitivity analysis will be asked for, and nothing assumed.',
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
    help: {
      fr: 'Une analyse de sensibilité dit, jeu de données par jeu de données, ce qu’une violation causerait, et qui l’a validé. Elle prouve le bien-fondé de vos réponses en cas de contrôle. Sa date nous dit si elle couvre le périmètre actuel ; ne joignez pas le document.',
      en: 'A sensitivity analysis says, data set by data set, what a breach would cause and who approved that view. It proves your answers well founded if you are audited. Its date tells us whether it covers today’s scope; do not attach the document.',
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
      en: 'Project already under way on a non-qualified cloud?',
    },
    help: {
      fr: 'Un projet soumis à l’obligation et déjà engagé ailleurs peut bénéficier d’une dérogation, accordée pour une durée limitée. Sa date d’expiration devient la date limite de votre bascule : nous en tenons compte pour vous placer à temps.',
      en: 'A project bound by the duty but already under way elsewhere may have a derogation, granted for a limited time. Its expiry becomes the last possible day of your cutover: we use it to place you in time.',
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
          input: { kind: 'date' },
          presence: { kind: 'exactly_if', part: 'answer', is: 'yes_with_derogation' },
        },
      ],
    },
  },
];
