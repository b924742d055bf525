import type { Text } from '../text.ts';

/** The reason each rule gives, for customers and operators. */
export const ruleTexts = {
  R01: {
    fr: 'Le périmètre contient, ou pourrait contenir, des informations classifiées. Elles relèvent de systèmes homologués à part ; votre officier de sécurité vous guidera.',
    en: 'The scope holds, or may hold, classified information. It belongs on separately accredited systems; your security officer will guide you.',
  },
  R02: {
    fr: 'Le registre public ne trouve pas cet organisme ou le dit cessé. Certains organismes n’y paraissent pas : une personne vérifie.',
    en: 'The public register does not find this organisation or reports it ceased. Some organisations are not shown there: a person checks.',
  },
  R02b: {
    fr: 'Le registre public n’a pas répondu. Le dossier continue ; la vérification reste à faire.',
    en: 'The public register did not answer. The process goes on; the check remains to be done.',
  },
  R04: {
    fr: 'Le périmètre contient, ou pourrait contenir, des informations « Diffusion Restreinte ». Un chemin d’homologation doit être convenu.',
    en: 'The scope holds, or may hold, “Diffusion Restreinte” information. An accreditation path must be agreed.',
  },
  R05: {
    fr: 'Un système d’importance vitale, ou un statut à évoquer de vive voix, demande un examen au cas par cas.',
    en: 'A vital-importance system, or a status to discuss in person, calls for a case-by-case review.',
  },
  R06: {
    fr: 'L’État ou l’un de ses opérateurs détient des données d’une sensibilité particulière dont la violation causerait un dommage concret : la loi impose un hébergement qualifié.',
    en: 'The State or one of its operators holds data of particular sensitivity whose breach would do concrete harm: the law requires qualified hosting.',
  },
  R07: {
    fr: 'Des données de l’État sont protégées, mais le dommage qu’une violation causerait n’est pas connu. Une analyse de sensibilité tranchera.',
    en: 'State data is protected, but the harm a breach would do is not known. A sensitivity analysis will settle it.',
  },
  R07b: {
    fr: 'On ne sait pas encore si des données de l’État relèvent d’un secret protégé ou d’une mission essentielle. L’obligation ne peut être écartée.',
    en: 'It is not known yet whether State data falls under a protected secret or an essential mission. The duty cannot be ruled out.',
  },
  R07c: {
    fr: 'Des données sont protégées, et l’on ne sait pas si le GIP figure sur la liste du décret. L’obligation ne peut être écartée.',
    en: 'Data is protected, and it is not known whether the GIP is on the decree’s list. The duty cannot be ruled out.',
  },
  R08: {
    fr: 'Des données de l’État sont protégées sans dommage concret identifié : un hébergement qualifié est recommandé, et l’absence de dommage doit être étayée par écrit.',
    en: 'State data is protected with no concrete harm found: qualified hosting is recommended, and the absence of harm must be backed in writing.',
  },
  R10: {
    fr: 'Le projet bénéficie d’une dérogation : la bascule doit avoir lieu avant qu’elle n’expire.',
    en: 'The project has a derogation: cutover must take place before it expires.',
  },
  R10b: {
    fr: 'Le projet est soumis à l’obligation et engagé ailleurs sans dérogation : la situation est à régulariser.',
    en: 'The project is bound by the duty and under way elsewhere without a derogation: this must be put in order.',
  },
  R11: {
    fr: 'Des données de santé sont hébergées pour le compte de tiers : chaque service visé doit être couvert par le certificat HDS.',
    en: 'Health data is hosted on behalf of others: each wanted service must be covered by the HDS certificate.',
  },
  R12: {
    fr: 'Un organisme de santé est une cible fréquente : un hébergement qualifié est recommandé.',
    en: 'A health body is a frequent target: qualified hosting is recommended.',
  },
  R13: {
    fr: 'La collectivité détient des données sensibles sur les personnes : un hébergement qualifié est recommandé.',
    en: 'The local authority holds sensitive data about persons: qualified hosting is recommended.',
  },
  R14: {
    fr: 'L’organisme est un opérateur essentiel ou vital, ou une entité essentielle au sens de NIS 2 : un hébergement qualifié est recommandé.',
    en: 'The organisation is an essential or vital operator, or an essential entity under NIS2: qualified hosting is recommended.',
  },
  R15: {
    fr: 'L’organisme est une entité importante au sens de NIS 2, ou traite des données de mineurs ou un grand volume de données sensibles : un hébergement qualifié est recommandé.',
    en: 'The organisation is an important entity under NIS2, or processes data about minors or sensitive data on a large scale: qualified hosting is recommended.',
  },
  R16: {
    fr: 'L’organisme est soumis à DORA : le contrat reçoit l’annexe correspondante, et un plan de sortie si la fonction est ou pourrait être critique.',
    en: 'The organisation is under DORA: the contract gets the matching annex, and an exit plan if the function is or may be critical.',
  },
  R17: {
    fr: 'L’entreprise protège des secrets d’affaires ou des travaux de recherche : un hébergement qualifié est recommandé.',
    en: 'The company protects trade secrets or research: qualified hosting is recommended.',
  },
  R17b: {
    fr: 'Des biens ou technologies sont soumis au contrôle des exportations : les accès sont à examiner.',
    en: 'Goods or technology are under export control: access must be reviewed.',
  },
  R18: {
    fr: 'Un service visé n’est pas encore ouvert : la bascule attend son ouverture, la préparation peut commencer.',
    en: 'A wanted service is not open yet: cutover waits for its opening, preparation may start.',
  },
  R21: {
    fr: 'Des données personnelles délicates sont traitées sans analyse d’impact réalisée : elle doit précéder la migration.',
    en: 'Delicate personal data is processed without an impact assessment done: it must come before migration.',
  },
  R22: {
    fr: 'Le groupe est contrôlé hors de l’Union : une personne examine les accès. Ce n’est jamais un refus, car les plafonds de détention visent le prestataire.',
    en: 'The group is controlled from outside the Union: a person reviews access. It is never a refusal, because ownership caps bind the provider.',
  },
  R23: {
    fr: 'Certaines réponses sont « je ne sais pas » : une précision est demandée à qui peut savoir, sans bloquer la suite.',
    en: 'Some answers are “I don’t know”: whoever may know is asked to clarify, without blocking what follows.',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type RuleId = keyof typeof ruleTexts;
