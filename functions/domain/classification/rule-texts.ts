import type { Text } from '../text.ts';

/** The reason each rule gives, for customers and operators. */
const ruleTexts = {
  R01: {
    fr: 'Le périmètre contient, ou pourrait contenir, des informations classifiées. Elles relèvent de systèmes homologués distincts ; votre officier de sécurité vous guidera.',
    en: 'The scope includes, or may include, classified information. It belongs on separately accredited systems; your security officer will guide you.',
  },
  R02: {
    fr: 'Cet organisme est absent du registre public, ou y figure comme ayant cessé son activité. Certains organismes n’y figurent pas : une personne vérifie.',
    en: 'This organisation is not in the public register, or is listed as no longer active. Some organisations are not published there, so a person checks.',
  },
  R02b: {
    fr: 'Le registre public n’a pas répondu. Le dossier continue ; la vérification reste à faire.',
    en: 'The public register did not respond. The onboarding continues; the verification is still to be done.',
  },
  R04: {
    fr: 'Le périmètre contient, ou pourrait contenir, des informations « Diffusion Restreinte ». Une démarche d’homologation doit être convenue.',
    en: 'The scope includes, or may include, “Diffusion Restreinte” information. An accreditation process must be agreed.',
  },
  R05: {
    fr: 'Un système d’importance vitale, ou un statut à évoquer de vive voix, demande un examen au cas par cas.',
    en: 'A system of vital importance, or a status to be discussed in person, requires a case-by-case review.',
  },
  R06: {
    fr: 'L’État ou l’un de ses opérateurs détient des données d’une sensibilité particulière dont la violation causerait un dommage concret : la loi impose un hébergement qualifié.',
    en: 'The State or one of its operators holds data of particular sensitivity whose breach would cause concrete harm: the law requires qualified hosting.',
  },
  R07: {
    fr: 'Des données de l’État sont protégées, mais le dommage qu’une violation causerait n’est pas connu. Une analyse de sensibilité permettra de trancher.',
    en: 'State data is protected, but the harm that a breach would cause is unknown. A sensitivity analysis will decide.',
  },
  R07b: {
    fr: 'On ne sait pas encore si des données de l’État relèvent d’un secret protégé ou d’une mission essentielle. L’obligation ne peut pas être écartée.',
    en: 'It is not yet known whether State data falls under a protected secret or an essential mission. The obligation cannot be ruled out.',
  },
  R07c: {
    fr: 'Des données sont protégées, et l’on ne sait pas si le GIP figure sur la liste du décret. L’obligation ne peut pas être écartée.',
    en: 'Data is protected, and it is not known whether the GIP is on the decree’s list. The obligation cannot be ruled out.',
  },
  R08: {
    fr: 'Des données de l’État sont protégées sans dommage concret identifié : un hébergement qualifié est recommandé, et l’absence de dommage doit être étayée par écrit.',
    en: 'State data is protected, but no concrete harm was identified: qualified hosting is recommended, and the absence of harm must be documented in writing.',
  },
  R10: {
    fr: 'Le projet bénéficie d’une dérogation : la bascule doit avoir lieu avant son expiration.',
    en: 'The project has a derogation: the cutover must take place before it expires.',
  },
  R10b: {
    fr: 'Le projet est soumis à l’obligation et engagé ailleurs sans dérogation : la situation est à régulariser.',
    en: 'The project is subject to the obligation and under way elsewhere without a derogation: this must be put right.',
  },
  R11: {
    fr: 'Des données de santé sont hébergées pour le compte de tiers : chaque service visé doit être couvert par le certificat HDS.',
    en: 'Health data is hosted on behalf of others: every requested service must be covered by the HDS certificate.',
  },
  R12: {
    fr: 'Les organismes de santé sont des cibles fréquentes : un hébergement qualifié est recommandé.',
    en: 'Healthcare organisations are frequent targets: qualified hosting is recommended.',
  },
  R13: {
    fr: 'La collectivité détient des données sensibles sur des personnes : un hébergement qualifié est recommandé.',
    en: 'The local authority holds sensitive data about people: qualified hosting is recommended.',
  },
  R14: {
    fr: 'L’organisme est un opérateur essentiel ou vital, ou une entité essentielle au sens de NIS 2 : un hébergement qualifié est recommandé.',
    en: 'The organisation is an essential or vital operator, or an essential entity under NIS2: qualified hosting is recommended.',
  },
  R15: {
    fr: 'L’organisme est une entité importante au sens de NIS 2, ou traite des données de mineurs ou un grand volume de données sensibles : un hébergement qualifié est recommandé.',
    en: 'The organisation is an important entity under NIS2, or processes data about minors, or sensitive data on a large scale: qualified hosting is recommended.',
  },
  R16: {
    fr: 'L’organisme est soumis à DORA : le contrat comprend l’annexe correspondante, ainsi qu’un plan de sortie si la fonction est ou pourrait être critique.',
    en: 'The organisation is subject to DORA: the contract includes the corresponding annex, and an exit plan if the function is or may be critical.',
  },
  R17: {
    fr: 'L’entreprise protège des secrets d’affaires ou des travaux de recherche : un hébergement qualifié est recommandé.',
    en: 'The company protects trade secrets or research: qualified hosting is recommended.',
  },
  R17b: {
    fr: 'Des biens ou technologies sont soumis au contrôle des exportations : les accès sont à examiner.',
    en: 'Goods or technologies are subject to export control: access must be reviewed.',
  },
  R18: {
    fr: 'Un service visé n’est pas encore ouvert : la bascule attend son ouverture, la préparation peut commencer.',
    en: 'A requested service is not open yet: the cutover waits for its opening; preparation may start.',
  },
  R21: {
    fr: 'Des données personnelles sensibles sont traitées sans analyse d’impact : celle-ci doit précéder la migration.',
    en: 'Sensitive personal data is processed without a completed impact assessment, which is required before the migration.',
  },
  R22: {
    fr: 'Le groupe est contrôlé hors de l’Union : une personne examine les accès. Ce n’est jamais un motif de refus, car les plafonds de détention s’appliquent au prestataire.',
    en: 'The group is controlled from outside the Union: a person reviews access. It is never a ground for refusal, because the ownership caps apply to the provider.',
  },
  R23: {
    fr: 'Certaines réponses sont « je ne sais pas » : une précision est demandée à la personne compétente, sans bloquer la suite.',
    en: 'Some answers are “I don’t know”: the person responsible is asked to clarify them; the onboarding continues meanwhile.',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type RuleId = keyof typeof ruleTexts;

/** The reasons that other versions of the rules give in other words. */
const textsByVersion: Readonly<Record<string, Readonly<Partial<Record<RuleId, Text>>>>> = {
  '2026-12': {
    R10b: {
      fr: 'Votre projet actuel n’est pas couvert : demandez la dérogation ou migrez ; votre dossier est prioritaire.',
      en: 'Your current project is not covered: apply for the derogation, or migrate; your onboarding has priority.',
    },
    R11: {
      fr: 'Des données de santé seront hébergées, les vôtres ou celles de tiers : chaque service visé doit être couvert par le certificat HDS. Si vous hébergez pour le compte d’autres, il vous faut votre propre certificat.',
      en: 'Health data will be hosted, your own or that of others: every requested service must be covered by the HDS certificate. If you host on behalf of others, you need a certificate of your own.',
    },
  },
};

/** The reason that a rule gives, in the words of the version that it was applied in. */
export function ruleText(rule: RuleId, version: string): Text {
  return textsByVersion[version]?.[rule] ?? ruleTexts[rule];
}
