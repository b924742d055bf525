import type { Text } from '../text.ts';
import type { ConditionCode } from './outcomes.ts';

export const conditionLabels: Readonly<Record<ConditionCode, Text>> = {
  SENSITIVITY_ANALYSIS_MISSING: {
    fr: 'Analyse de sensibilité à écrire',
    en: 'Sensitivity analysis to be written',
  },
  DPIA_MISSING: { fr: 'Analyse d’impact (AIPD) à réaliser', en: 'Impact assessment (DPIA) to be completed' },
  EXIT_PLAN_REQUIRED: { fr: 'Plan de sortie à établir', en: 'Exit plan to be drawn up' },
  DEROGATION_MISSING: { fr: 'Dérogation à obtenir', en: 'Derogation to be obtained' },
  DR_PATH: {
    fr: 'Démarche d’homologation « Diffusion Restreinte » à convenir',
    en: '“Diffusion Restreinte” accreditation process to be agreed',
  },
  SERVICE_NOT_YET_AVAILABLE: { fr: 'Service visé pas encore ouvert', en: 'Requested service not open yet' },
  REGISTRY_UNVERIFIED: {
    fr: 'Organisme à vérifier au registre',
    en: 'Organisation to be verified in the register',
  },
  CLARIFICATION_NEEDED: { fr: 'Réponses à préciser', en: 'Answers to be clarified' },
  DEROGATION_DEADLINE: {
    fr: 'Bascule avant la fin de la dérogation',
    en: 'Cutover before the derogation ends',
  },
  DORA_ANNEX: { fr: 'Annexe DORA au contrat', en: 'DORA annex to the contract' },
  HDS_REQUIRED: {
    fr: 'Hébergement de données de santé (HDS) requis',
    en: 'Health data hosting (HDS) required',
  },
};

/** How each condition is cleared. Apart from the labels, which functions load that show no more. */
const waysToClear: Readonly<Record<ConditionCode, Text>> = {
  SENSITIVITY_ANALYSIS_MISSING: {
    fr: 'Écrivez l’analyse de sensibilité, puis déclarez-la avec sa date.',
    en: 'Write the sensitivity analysis, then declare it with its date.',
  },
  DPIA_MISSING: {
    fr: 'Terminez l’AIPD, puis déclarez-la réalisée.',
    en: 'Finish the DPIA, then declare it done.',
  },
  EXIT_PLAN_REQUIRED: {
    fr: 'Établissez le plan de sortie avec l’équipe d’exploitation, qui lève la condition sur justificatif.',
    en: 'Draw up the exit plan with the operations team, which clears the condition on evidence.',
  },
  DEROGATION_MISSING: {
    fr: 'Obtenez la dérogation ou arrêtez le projet engagé ailleurs, puis déclarez-le ; sinon, la condition est levée à la bascule.',
    en: 'Obtain the derogation or stop the project that is under way elsewhere, then declare it; otherwise, the condition is cleared at the cutover.',
  },
  DR_PATH: {
    fr: 'Convenez de la démarche d’homologation avec l’équipe d’exploitation, qui lève la condition sur justificatif.',
    en: 'Agree the accreditation process with the operations team, which clears the condition on evidence.',
  },
  SERVICE_NOT_YET_AVAILABLE: {
    fr: 'Rien à faire : la condition est levée à l’ouverture du service.',
    en: 'Nothing to do: the condition is cleared when the service opens.',
  },
  REGISTRY_UNVERIFIED: {
    fr: 'Le registre est interrogé de nouveau chaque jour ; à défaut, l’équipe d’exploitation lève la condition sur un autre justificatif.',
    en: 'The register is queried again every day; failing that, the operations team clears the condition on other evidence.',
  },
  CLARIFICATION_NEEDED: {
    fr: 'Répondez aux questions indiquées, où vous aviez choisi « Je ne sais pas ».',
    en: 'Answer the questions listed, where you had chosen “I don’t know”.',
  },
  DEROGATION_DEADLINE: {
    fr: 'Rien à faire : la vague qui vous est proposée respecte cette date.',
    en: 'Nothing to do: the wave you are offered respects this date.',
  },
  DORA_ANNEX: {
    fr: 'Rien à faire avant le contrat : l’annexe y sera jointe.',
    en: 'Nothing to do before the contract: the annex will be attached to it.',
  },
  HDS_REQUIRED: {
    fr: 'Rien à faire : seuls les services couverts par le certificat HDS sont retenus.',
    en: 'Nothing to do: only services covered by the HDS certificate are used.',
  },
};

/** The ways that other versions of the rules tell in other words. */
const waysByVersion: Readonly<Record<string, Readonly<Partial<Record<ConditionCode, Text>>>>> = {
  '2026-12': {
    DEROGATION_MISSING: {
      fr: 'Demandez la dérogation ou migrez : votre date n’en dépend pas. Dès que vous l’avez obtenue, ou arrêté le projet engagé ailleurs, déclarez-le ; sinon, la condition est levée à la bascule.',
      en: 'Apply for the derogation, or migrate: your date does not depend on it. Once you have obtained it, or stopped the project under way elsewhere, declare it; otherwise, the condition is cleared at the cutover.',
    },
  },
};

/** How a condition is cleared, in the words of the version of the rules that raised it. */
export function wayToClear(code: ConditionCode, version: string): Text {
  return waysByVersion[version]?.[code] ?? waysToClear[code];
}
