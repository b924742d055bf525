import { optionCodes } from './option-codes.ts';
import { no, options, type Question, type Section, unknown } from './question.ts';
import { secretsQuestions } from './section-b-secrets.ts';

const personalDataQuestions: readonly Question[] = [
  {
    id: 'B9',
    section: 'B',
    owner: 'dpo',
    label: { fr: 'Données personnelles', en: 'Personal data' },
    asks: {
      fr: 'Quelles données personnelles voulez-vous migrer ?',
      en: 'Which personal data do you want to migrate?',
    },
    help: {
      fr: 'La nature des données personnelles détermine les garanties à prévoir. L’article 9 du RGPD vise les données dites sensibles (santé, opinions, religion, biométrie, origine…) ; l’article 10, les condamnations et infractions. Cochez tout ce que contient le périmètre.',
      en: 'The nature of the personal data determines the safeguards to plan for. GDPR article 9 covers special categories (health, opinions, religion, biometrics, origin…); article 10 covers criminal convictions and offences. Tick everything in your scope.',
    },
    legalReference: 'GDPR art. 9, 10',
    input: {
      kind: 'many',
      options: options(optionCodes.B9, {
        none: { fr: 'Aucune donnée personnelle', en: 'No personal data' },
        ordinary: {
          fr: 'Données courantes (identité, coordonnées…)',
          en: 'Ordinary data (identity, contact details…)',
        },
        art9: { fr: 'Données sensibles (article 9)', en: 'Special categories (article 9)' },
        art10: {
          fr: 'Condamnations et infractions (article 10)',
          en: 'Convictions and offences (article 10)',
        },
        minors: { fr: 'Données de mineurs', en: 'Data about minors' },
        unknown,
      }),
      standsAlone: ['none', 'unknown'],
    },
  },
  {
    id: 'B9b',
    section: 'B',
    owner: 'dpo',
    label: { fr: 'Volume (personnes concernées)', en: 'Volume (people concerned)' },
    asks: {
      fr: 'Combien de personnes ces données concernent-elles ?',
      en: 'How many people does this data concern?',
    },
    help: {
      fr: 'Un traitement à grande échelle de données sensibles appelle plus de précautions : le nombre de personnes concernées influe sur le niveau de protection recommandé. Un ordre de grandeur suffit.',
      en: 'Large-scale processing of sensitive data calls for more care: the number of people concerned affects the level of protection we recommend. An order of magnitude is enough.',
    },
    legalReference: 'GDPR art. 35(3)(b)',
    visibleIf: { question: 'B9', holdsAnyOf: ['art9', 'art10', 'minors'] },
    input: {
      kind: 'one',
      options: options(optionCodes.B9b, {
        under_10k: { fr: 'Moins de 10 000 personnes', en: 'Fewer than 10,000 people' },
        '10k_100k': { fr: 'De 10 000 à 100 000 personnes', en: '10,000 to 100,000 people' },
        over_100k: { fr: 'Plus de 100 000 personnes', en: 'More than 100,000 people' },
        unknown,
      }),
    },
  },
  {
    id: 'B10',
    section: 'B',
    owner: 'dpo',
    label: {
      fr: 'Données de santé hébergées',
      en: 'Health data hosted',
    },
    asks: {
      fr: 'Hébergerez-vous des données de santé recueillies lors de prévention, de diagnostic, de soins ou de suivi social et médico-social ?',
      en: 'Will you host health data collected in prevention, diagnosis, care, or social and medico-social follow-up?',
    },
    help: {
      fr: 'Ces données exigent un hébergeur certifié HDS. Nous vérifions que ce certificat couvre chaque service que vous visez.',
      en: 'Such data requires a host with the French HDS certificate. We check that the certificate covers every service you request.',
    },
    legalReference: 'CSP L.1111-8',
    input: {
      kind: 'one',
      options: options(optionCodes.B10, {
        no,
        yes_own: { fr: 'Oui, celles que nous recueillons', en: 'Yes, data that we collect' },
        yes_for_third_parties: {
          fr: 'Oui, pour le compte de ceux qui les recueillent',
          en: 'Yes, on behalf of those who collect it',
        },
        unknown,
      }),
    },
  },
  {
    id: 'B11',
    section: 'B',
    owner: 'dpo',
    label: { fr: 'AIPD réalisée ?', en: 'DPIA completed?' },
    asks: {
      fr: 'Avez-vous réalisé l’analyse d’impact sur la protection des données (AIPD) ?',
      en: 'Have you completed the data protection impact assessment (DPIA)?',
    },
    help: {
      fr: 'L’analyse d’impact relative à la protection des données (AIPD) est obligatoire quand un traitement présente un risque élevé pour les personnes, ce qui est courant avec des données sensibles ou de mineurs. Elle doit être terminée avant la migration : nous vous en laissons le temps.',
      en: 'A data protection impact assessment (DPIA) is mandatory when processing poses a high risk to people, which is common with sensitive data or data about minors. It must be completed before the migration: we allow you time to finish it.',
    },
    legalReference: 'GDPR art. 35',
    input: {
      kind: 'one',
      options: options(optionCodes.B11, {
        done: { fr: 'Réalisée', en: 'Done' },
        not_done: { fr: 'Pas encore réalisée', en: 'Not done yet' },
        not_applicable: { fr: 'Sans objet', en: 'Not applicable' },
        unknown,
      }),
    },
  },
  {
    id: 'B12',
    section: 'B',
    owner: 'ciso',
    label: {
      fr: 'Secrets d’affaires, R&D, contrôle des exportations',
      en: 'Trade secrets, R&D, export control',
    },
    asks: {
      fr: 'Avez-vous des secrets d’affaires, de la recherche ou des biens sous contrôle d’exportation ?',
      en: 'Do you have trade secrets, research or export-controlled goods?',
    },
    help: {
      fr: 'Un savoir-faire ou des travaux de recherche convoités justifient une protection contre les lois extraterritoriales. Les biens et technologies soumis au contrôle des exportations appellent en plus un examen de qui peut y accéder, et d’où.',
      en: 'Coveted know-how or research justifies protection against extraterritorial laws. Goods and technologies under export control also require a review of who can access them, and from where.',
    },
    legalReference: 'Regulation (EU) 2021/821',
    input: {
      kind: 'many',
      options: options(optionCodes.B12, {
        trade_secrets: { fr: 'Secrets d’affaires', en: 'Trade secrets' },
        research: { fr: 'Recherche et développement', en: 'Research and development' },
        export_controlled: {
          fr: 'Biens ou technologies soumis au contrôle des exportations',
          en: 'Export-controlled goods or technologies',
        },
        none: { fr: 'Rien de tout cela', en: 'None of these' },
        unknown,
      }),
      standsAlone: ['none', 'unknown'],
    },
  },
];

export const sectionB: Section = {
  id: 'B',
  title: { fr: 'Sensibilité des données', en: 'Data sensitivity' },
  owner: 'ciso',
  questions: [...secretsQuestions, ...personalDataQuestions],
};
