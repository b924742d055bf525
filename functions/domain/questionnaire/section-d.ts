import type { Option } from '../input/input.ts';
import type { Text } from '../text.ts';
import { type DimensionCode, dimensions } from './dimensions.ts';
import { type Section, unknown } from './question.ts';

const scale: readonly Option[] = [
  { code: '0', label: { fr: '0 : rien', en: '0: nothing' } },
  { code: '1', label: { fr: '1 : amorcé', en: '1: started' } },
  { code: '2', label: { fr: '2 : fait en partie', en: '2: partly done' } },
  { code: '3', label: { fr: '3 : fait', en: '3: done' } },
  { code: '4', label: { fr: '4 : fait et testé', en: '4: done and tested' } },
  { code: 'na', label: { fr: 'Sans objet', en: 'Not applicable' } },
  { code: 'unknown', label: unknown },
];

const texts: Readonly<
  Record<DimensionCode, { readonly label: Text; readonly asks: Text; readonly help: Text }>
> = {
  D1: {
    label: { fr: 'Stratégie', en: 'Strategy' },
    asks: { fr: 'Où en est votre stratégie de migration ?', en: 'How far along is your migration strategy?' },
    help: {
      fr: 'Une migration sans objectif ni décideur s’arrête au premier obstacle. Le périmètre est-il arrêté, un responsable nommé, un objectif daté validé par la direction ?',
      en: 'A migration without an objective or a decision-maker stops at the first obstacle. Is the scope agreed, an owner appointed, and a dated objective approved by management?',
    },
  },
  D2: {
    label: { fr: 'Classification et conformité', en: 'Classification and compliance' },
    asks: {
      fr: 'Où en sont la classification et la conformité ?',
      en: 'How far along are classification and compliance?',
    },
    help: {
      fr: 'On ne peut protéger que ce que l’on a classé. Vos données sont-elles classées par sensibilité, vos obligations recensées, et l’homologation (décision formelle d’accepter les risques d’un système) préparée ?',
      en: 'You can only protect what you have classified. Is your data classified by sensitivity, are your obligations listed, and is security accreditation (the formal decision to accept a system’s risks) prepared?',
    },
  },
  D3: {
    label: { fr: 'Inventaire', en: 'Inventory' },
    asks: {
      fr: 'Où en est votre inventaire ?',
      en: 'How far along is your inventory?',
    },
    help: {
      fr: 'Ce qui n’est pas inventorié se découvre le jour de la bascule. Connaissez-vous vos postes, boîtes, serveurs, applications et leurs dépendances ?',
      en: 'What is not inventoried is discovered on cutover day. Do you know your devices, mailboxes, servers, applications and their dependencies?',
    },
  },
  D4: {
    label: { fr: 'Identités', en: 'Identity' },
    asks: {
      fr: 'Où en sont vos identités ?',
      en: 'How far along are your identities?',
    },
    help: {
      fr: 'Le nouveau tenant part d’un annuaire propre : des comptes en double ou sans propriétaire bloquent tout le reste. Vos identités sont-elles nettoyées, l’authentification forte déployée, les comptes d’administration séparés ?',
      en: 'The new tenant starts from a clean directory: duplicate or ownerless accounts block everything else. Are identities cleaned up, strong authentication in place, and administrator accounts kept separate?',
    },
  },
  D5: {
    label: { fr: 'Réseau', en: 'Network' },
    asks: {
      fr: 'Où en est votre réseau ?',
      en: 'How far along is your network?',
    },
    help: {
      fr: 'Un débit insuffisant ou un pare-feu oublié pénalise chaque utilisateur. Le raccordement, les ouvertures de flux et la résolution de noms sont-ils prêts et testés ?',
      en: 'Too little bandwidth or a forgotten firewall affects every user. Are the connection, the firewall rules and name resolution ready and tested?',
    },
  },
  D6: {
    label: { fr: 'Exploitation de la sécurité', en: 'Security operations' },
    asks: {
      fr: 'Où en est l’exploitation de la sécurité ?',
      en: 'How far along are your security operations?',
    },
    help: {
      fr: 'La responsabilité est partagée : la plateforme protège ses couches, vous protégez les vôtres. Avez-vous une supervision, des sauvegardes et une réponse aux incidents pour le nouvel environnement ?',
      en: 'Responsibility is shared: the platform protects its layers, you protect yours. Do you have monitoring, backups and incident response for the new environment?',
    },
  },
  D7: {
    label: { fr: 'Compétences', en: 'Skills' },
    asks: { fr: 'Où en sont les compétences de vos équipes ?', en: 'How far along are your teams’ skills?' },
    help: {
      fr: 'Vos équipes administreront la plateforme après la passation. Sont-elles formées, en nombre suffisant, ou accompagnées par un intégrateur ?',
      en: 'Your teams will administer the platform after the handover. Are they trained, sufficient in number, or supported by an integrator?',
    },
  },
  D8: {
    label: { fr: 'Budget et contrat', en: 'Budget and contract' },
    asks: {
      fr: 'Où en sont le budget et le contrat ?',
      en: 'How far along are the budget and the contract?',
    },
    help: {
      fr: 'Une vague réservée sans budget ni support d’achat prend la place d’un autre organisme. Le budget est-il voté, le contrat prêt, la double facturation de la transition prévue ?',
      en: 'A wave booked without a budget or a procurement route takes another organisation’s place. Is the budget approved, the contract ready, and double billing during the transition planned for?',
    },
  },
  D9: {
    label: { fr: 'Conduite du changement', en: 'Change management' },
    asks: { fr: 'Où en est la conduite du changement ?', en: 'How far along is change management?' },
    help: {
      fr: 'La réussite dépend des utilisateurs. Communication, relais dans les services, formation et assistance renforcée sont-ils prévus ?',
      en: 'Success depends on the users. Are communication, local champions, training and extra support planned?',
    },
  },
};

export const sectionD: Section = {
  id: 'D',
  title: { fr: 'Niveau de préparation', en: 'Readiness' },
  owner: 'cio',
  questions: dimensions.map(({ code }) => ({
    id: code,
    section: 'D',
    owner: 'cio',
    ...texts[code],
    input: { kind: 'scale', options: scale },
  })),
};
