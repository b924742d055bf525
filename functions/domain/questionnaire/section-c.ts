import type { Part } from '../input/input.ts';
import { serviceLabels } from '../service-labels.ts';
import type { Text } from '../text.ts';
import { type MailboxSize, mailboxSizes, optionCodes } from './option-codes.ts';
import { always, no, options, type Section, unknown, yes, yesNoUnknown } from './question.ts';

function count(name: string, label: Text): Part {
  return { name, label, input: { kind: 'figure', orUnknown: true }, presence: always };
}

const mailboxLabels: Readonly<Record<MailboxSize, Text>> = {
  under_1: { fr: 'Moins de 1 Go', en: 'Under 1 GB' },
  '1_10': { fr: 'De 1 à 10 Go', en: '1 to 10 GB' },
  '10_50': { fr: 'De 10 à 50 Go', en: '10 to 50 GB' },
  '50_100': { fr: 'De 50 à 100 Go', en: '50 to 100 GB' },
  '100_200': { fr: 'De 100 à 200 Go', en: '100 to 200 GB' },
  over_200: { fr: 'Plus de 200 Go', en: 'Over 200 GB' },
};

const bands = options(optionCodes.band, {
  none: { fr: 'Aucun', en: 'None' },
  '1_10': { fr: 'De 1 à 10', en: '1 to 10' },
  '11_50': { fr: 'De 11 à 50', en: '11 to 50' },
  over_50: { fr: 'Plus de 50', en: 'More than 50' },
  unknown,
});

export const sectionC: Section = {
  id: 'C',
  title: { fr: 'Périmètre technique', en: 'Technical scope' },
  owner: 'cio',
  questions: [
    {
      id: 'C1',
      section: 'C',
      owner: 'cio',
      label: { fr: 'Services visés', en: 'Services requested' },
      asks: { fr: 'Quels services voulez-vous au départ ?', en: 'Which services do you want at first?' },
      help: {
        fr: 'Chaque service a sa date d’ouverture et son périmètre de qualification. Votre bascule ne peut pas avoir lieu avant l’ouverture de tous les services cochés : ne cochez que ce dont vous avez besoin au départ, le reste pourra suivre.',
        en: 'Each service has its own opening date and scope of qualification. Your cutover cannot take place before every service you tick is open: tick only what you need at first; the rest can follow.',
      },
      input: {
        kind: 'many',
        options: options(optionCodes.C1, serviceLabels),
        standsAlone: [],
      },
    },
    {
      id: 'C2',
      section: 'C',
      owner: 'cio',
      label: { fr: 'Utilisateurs concernés, effectif total', en: 'Users in scope, total staff' },
      asks: {
        fr: 'Combien d’utilisateurs migrent, et sur quel effectif total ?',
        en: 'How many users will migrate, out of how many staff?',
      },
      help: {
        fr: 'Le nombre d’utilisateurs à migrer fixe la charge d’une vague et donc la place à vous réserver. L’effectif total montre si tout l’organisme migre ou seulement une partie. Ces nombres servent à établir le calendrier, non la facture.',
        en: 'The number of users to migrate determines the load on a wave, and so the capacity to hold for you. The total staff shows whether this is part of your organisation or all of it. These numbers are used for scheduling, not for billing.',
      },
      input: {
        kind: 'group',
        parts: [
          count('usersInScope', { fr: 'Utilisateurs concernés', en: 'Users in scope' }),
          count('totalStaff', { fr: 'Effectif total', en: 'Total staff' }),
        ],
        order: { first: 'usersInScope', second: 'totalStaff' },
      },
    },
    {
      id: 'C3',
      section: 'C',
      owner: 'cio',
      label: { fr: 'Boîtes aux lettres par taille (Go)', en: 'Mailboxes by size (GB)' },
      asks: {
        fr: 'Combien de boîtes aux lettres migrent, par taille ?',
        en: 'How many mailboxes will migrate, by size?',
      },
      help: {
        fr: 'Les boîtes volumineuses sont lentes à copier et pèsent sur le calendrier ; au-delà de 200 Go, une boîte ne peut pas être migrée telle quelle et doit d’abord être allégée. Votre console d’administration donne ces nombres ; indiquez 0 si aucune boîte n’est visée.',
        en: 'Large mailboxes are slow to copy and affect the schedule; a mailbox over 200 GB cannot be migrated as it is and must be reduced first. Your admin console shows these numbers; enter 0 if no mailbox is in scope.',
      },
      input: { kind: 'group', parts: mailboxSizes.map((size) => count(size, mailboxLabels[size])) },
    },
    {
      id: 'C4',
      section: 'C',
      owner: 'cio',
      label: { fr: 'Tenants, domaines, forêts AD', en: 'Tenants, domains, AD forests' },
      asks: {
        fr: 'Combien avez-vous de tenants, de domaines et de forêts Active Directory ?',
        en: 'How many tenants, domains and Active Directory forests do you have?',
      },
      help: {
        fr: 'Un « tenant » (locataire) est l’espace de votre organisme chez son fournisseur de cloud. La plateforme est un cloud national distinct : il faut créer un nouveau tenant et y rattacher vos domaines. Plusieurs forêts Active Directory compliquent la reprise des identités.',
        en: 'A “tenant” is your organisation’s space at its cloud provider. The platform is a separate national cloud: a new tenant must be created and your domains attached to it. Several Active Directory forests make it harder to move identities.',
      },
      input: {
        kind: 'group',
        parts: [
          count('tenants', { fr: 'Tenants', en: 'Tenants' }),
          count('domains', { fr: 'Domaines', en: 'Domains' }),
          count('adForests', { fr: 'Forêts Active Directory', en: 'Active Directory forests' }),
        ],
      },
    },
    {
      id: 'C5',
      section: 'C',
      owner: 'cio',
      label: {
        fr: 'Applications liées à l’annuaire ; invités externes',
        en: 'Directory-connected applications; external guests',
      },
      asks: {
        fr: 'Combien d’applications et d’invités externes dépendent de votre annuaire ?',
        en: 'How many applications and external guests depend on your directory?',
      },
      help: {
        fr: 'Chaque application qui s’appuie sur l’annuaire d’identité devra y être enregistrée de nouveau, et chaque invité externe réinvité : c’est souvent le travail le plus sous-estimé d’une migration entre clouds.',
        en: 'Every application that relies on the identity directory must be registered again, and every external guest invited again: this is often the most underestimated work in a migration between clouds.',
      },
      input: {
        kind: 'group',
        parts: [
          {
            name: 'apps',
            label: { fr: 'Applications liées à l’annuaire', en: 'Directory-connected applications' },
            input: { kind: 'one', options: bands },
            presence: always,
          },
          {
            name: 'guests',
            label: { fr: 'Invités externes', en: 'External guests' },
            input: { kind: 'one', options: bands },
            presence: always,
          },
        ],
      },
    },
    {
      id: 'C6',
      section: 'C',
      owner: 'cio',
      label: {
        fr: 'Serveurs, applications ; dépendances connues ?',
        en: 'Servers, applications; dependencies mapped?',
      },
      asks: {
        fr: 'Combien de serveurs et d’applications migrent, et connaissez-vous leurs dépendances ?',
        en: 'How many servers and applications will migrate, and are their dependencies mapped?',
      },
      help: {
        fr: 'Le nombre de serveurs compte dans la charge d’une vague. Connaître les dépendances (quelle application parle à laquelle) évite de déplacer une moitié de système et d’arrêter l’autre. Indiquez 0 si aucun serveur n’est visé.',
        en: 'The number of servers counts towards a wave’s load. Knowing the dependencies (which application talks to which) prevents you from moving half a system and stopping the other half. Enter 0 if no server is in scope.',
      },
      input: {
        kind: 'group',
        parts: [
          count('servers', { fr: 'Serveurs', en: 'Servers' }),
          count('applications', { fr: 'Applications', en: 'Applications' }),
          {
            name: 'dependencies',
            label: { fr: 'Dépendances connues', en: 'Dependencies mapped' },
            input: {
              kind: 'one',
              options: options(optionCodes.dependencies, {
                yes,
                partly: { fr: 'En partie', en: 'Partly' },
                no,
                unknown,
              }),
            },
            presence: always,
          },
        ],
      },
    },
    {
      id: 'C7',
      section: 'C',
      owner: 'cio',
      label: { fr: 'Connectivité', en: 'Connectivity' },
      asks: {
        fr: 'Comment vous raccorderez-vous à la plateforme ?',
        en: 'How will you connect to the platform?',
      },
      help: {
        fr: 'Un lien privé se commande plusieurs mois à l’avance ; un accès par Internet est immédiat. Savoir lequel il vous faut évite qu’un raccordement retarde votre bascule.',
        en: 'A private link must be ordered months in advance; access over the Internet is immediate. Knowing which one you need prevents the network connection from delaying your cutover.',
      },
      input: {
        kind: 'one',
        options: options(optionCodes.C7, {
          internet: { fr: 'Internet', en: 'Internet' },
          vpn: { fr: 'Réseau privé virtuel (VPN)', en: 'Virtual private network (VPN)' },
          private_link: { fr: 'Lien privé dédié', en: 'Dedicated private link' },
          unknown,
        }),
      },
    },
    {
      id: 'C8',
      section: 'C',
      owner: 'cio',
      label: {
        fr: 'Site exigé ; deux sites distincts exigés ?',
        en: 'Required site; two distinct sites required?',
      },
      asks: {
        fr: 'Exigez-vous un site précis, ou deux sites distincts ?',
        en: 'Do you require a given site, or two distinct sites?',
      },
      help: {
        fr: 'Chaque vague appartient à un site, avec sa propre capacité. N’exigez un site que si une règle ou un temps de réponse l’impose : sans cette exigence, davantage de dates sont possibles. Deux sites distincts répondent à un plan de continuité d’activité.',
        en: 'Each wave belongs to a site with its own capacity. Require a site only if a rule or a response time demands it: without this requirement more dates are possible. Two distinct sites support a business continuity plan.',
      },
      input: {
        kind: 'group',
        parts: [
          {
            name: 'site',
            label: { fr: 'Site exigé', en: 'Required site' },
            input: { kind: 'site' },
            presence: always,
          },
          {
            name: 'twoSites',
            label: { fr: 'Deux sites distincts', en: 'Two distinct sites' },
            input: { kind: 'one', options: options(optionCodes.twoSites, yesNoUnknown) },
            presence: always,
          },
        ],
      },
    },
  ],
};
