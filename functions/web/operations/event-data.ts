import { isCalendarDate } from '../../domain/calendar-date.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { registryLabels } from '../../domain/classification/facts.ts';
import {
  conditionCodes,
  eligibilityLabels,
  requirementLevelLabels,
} from '../../domain/classification/outcomes.ts';
import { formatSiren } from '../../domain/input/identifiers.ts';
import { intakeFields } from '../../domain/intake/intake.ts';
import type { RecordedEvent } from '../../domain/onboarding/audit-chain.ts';
import { identityProofTexts } from '../../domain/onboarding/customer-identity.ts';
import { erasureRefusalLabels } from '../../domain/onboarding/erasure-request.ts';
import type { EventData } from '../../domain/onboarding/events.ts';
import { reviewLabels } from '../../domain/onboarding/lifecycle.ts';
import { outcomeReasons } from '../../domain/onboarding/outcome-reasons.ts';
import { roleLabels } from '../../domain/onboarding/people.ts';
import { remediationLabels } from '../../domain/onboarding/remediation.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { questions, sections } from '../../domain/questionnaire/questionnaire.ts';
import { tierLabels } from '../../domain/readiness/tier.ts';
import type { Text } from '../../domain/text.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import { momentText } from '../shared/layout/dates.ts';
import { numberText } from '../shared/layout/numbers.ts';
import { revocationReasonLabels } from '../shared/layout/person-words.ts';
import type { View } from '../shared/layout/view.ts';
import { outcomeLabels, serviceText } from '../shared/staff/status-summary.ts';
import { cutoverLabels } from './cutover-labels.ts';
import { decisionLabels } from './decisions.ts';
import { erasureReasonLabels } from './erasure-labels.ts';
import { goLapseTexts } from './go-in-advance.ts';

type Words = Readonly<Record<string, Text>>;

const decisions: Words = Object.fromEntries(
  Object.values(decisionLabels).flatMap((named) =>
    Object.entries(named).map(([code, { label }]) => [code, label] as const),
  ),
);
const cutovers: Words = Object.fromEntries(
  Object.entries(cutoverLabels).map(([code, { label }]) => [code, label]),
);
const conditions: Words = Object.fromEntries(conditionCodes.map((code) => [code, conditionLife(code).label]));

const questionWords: Words = Object.fromEntries(questions.map(({ id, label }) => [id, label]));
const sectionWords: Words = Object.fromEntries(
  sections.map(({ id, title }) => [id, { fr: `${id} – ${title.fr}`, en: `${id} – ${title.en}` }]),
);
const lapses: Words = {
  expired: { fr: 'personne n’a répondu à temps', en: 'no one answered in time' },
  facts_changed: { fr: 'les faits ont changé', en: 'the facts have changed' },
  ...goLapseTexts,
};

const undeliveredWords: Words = {
  bounce: { fr: 'refusé par la messagerie du destinataire', en: 'refused by the recipient’s mail server' },
  complaint: { fr: 'signalé comme indésirable', en: 'reported as spam' },
  reject: { fr: 'refusé à l’envoi', en: 'rejected before sending' },
};
const bounceWords: Words = {
  Permanent: { fr: 'définitif', en: 'permanent' },
  Transient: { fr: 'passager', en: 'transient' },
  Undetermined: { fr: 'indéterminé', en: 'undetermined' },
};
const reminded: Words = {
  operators: { fr: 'l’exploitation', en: 'operations' },
  on_call: { fr: 'les personnes d’astreinte', en: 'the people on call' },
};

const defects: Words = {
  NO_DECISION: { fr: 'aucune décision à temps', en: 'no decision in time' },
  REVIEW_OPEN: { fr: 'revue non décidée à temps', en: 'review not decided in time' },
};

const talkEnds: Words = {
  answered: { fr: 'le client a répondu', en: 'the customer has answered' },
  talked: { fr: 'l’échange a eu lieu', en: 'the talk took place' },
  time: { fr: 'durée maximale atteinte', en: 'its longest time was over' },
  other_act: { fr: 'un autre acte y a mis fin', en: 'another act ended it' },
};

interface Kind {
  readonly label: Text;
  readonly words?: Words;
}

type NamesOf<Data> = Data extends unknown ? keyof Data & string : never;

/** Labels of all that an event of this release can say, and of its codes. */
const kinds: Readonly<Record<NamesOf<EventData[keyof EventData]>, Kind>> = {
  wave: { label: { fr: 'Vague', en: 'Wave' } },
  cutover: { label: { fr: 'Bascule', en: 'Cutover' } },
  starts: { label: { fr: 'Début', en: 'Start' } },
  siren: { label: { fr: 'SIREN', en: 'SIREN' } },
  site: { label: { fr: 'Site', en: 'Site' } },
  services: { label: { fr: 'Services', en: 'Services' } },
  users: { label: { fr: 'Utilisateurs', en: 'Users' } },
  servers: { label: { fr: 'Serveurs', en: 'Servers' } },
  complex: { label: { fr: 'Client complexe', en: 'Complex customer' } },
  estimated: { label: { fr: 'Nombres estimés', en: 'Estimated numbers' } },
  hypercareEnd: { label: { fr: 'Surveillance jusqu’au', en: 'Hypercare until' } },
  points: { label: { fr: 'Points d’effort', en: 'Effort points' } },
  eligibility: { label: { fr: 'Éligibilité', en: 'Eligibility' }, words: eligibilityLabels },
  requirementLevel: {
    label: { fr: 'Niveau d’exigence', en: 'Requirement level' },
    words: requirementLevelLabels,
  },
  tier: { label: { fr: 'Niveau', en: 'Tier' }, words: tierLabels },
  tierBefore: { label: { fr: 'Niveau avant', en: 'Tier before' }, words: tierLabels },
  tierAfter: { label: { fr: 'Niveau après', en: 'Tier after' }, words: tierLabels },
  score: { label: { fr: 'Score', en: 'Score' } },
  conditions: { label: { fr: 'Conditions', en: 'Conditions' }, words: conditions },
  condition: { label: { fr: 'Condition', en: 'Condition' }, words: conditions },
  contractMissing: { label: { fr: 'Contrat manquant', en: 'Contract missing' } },
  signedOn: { label: { fr: 'Signé le', en: 'Signed on' } },
  ruleSetVersion: { label: { fr: 'Version des règles', en: 'Rules version' } },
  rules: { label: { fr: 'Règles', en: 'Rules' } },
  registryStatus: { label: { fr: 'Registre public', en: 'Public register' }, words: registryLabels },
  submission: { label: { fr: 'Envoi n°', en: 'Submission no.' } },
  questionnaireVersion: { label: { fr: 'Version du questionnaire', en: 'Questionnaire version' } },
  link: { label: { fr: 'Lien n°', en: 'Link no.' } },
  run: { label: { fr: 'Exécution n°', en: 'Run no.' } },
  status: { label: { fr: 'État de l’exécution', en: 'Status of the run' } },
  error: { label: { fr: 'Erreur', en: 'Error' } },
  review: { label: { fr: 'Revue', en: 'Review' }, words: reviewLabels },
  decision: { label: { fr: 'Décision', en: 'Decision' }, words: decisions },
  from: { label: { fr: 'De', en: 'From' } },
  to: { label: { fr: 'À', en: 'To' }, words: reminded },
  defect: { label: { fr: 'Défaut de notre part', en: 'Defect of ours' }, words: defects },
  questions: { label: { fr: 'Questions', en: 'Questions' }, words: questionWords },
  sections: { label: { fr: 'Parties', en: 'Sections' }, words: sectionWords },
  asked: { label: { fr: 'Décision demandée', en: 'Decision asked for' }, words: decisions },
  until: { label: { fr: 'Accord possible jusqu’au', en: 'Agreement possible until' } },
  lapse: { label: { fr: 'Cause', en: 'Cause' }, words: lapses },
  workingDays: { label: { fr: 'Jours ouvrés', en: 'Working days' } },
  days: { label: { fr: 'Jours', en: 'Days' } },
  result: { label: { fr: 'Résultat', en: 'Result' }, words: cutovers },
  outcome: { label: { fr: 'Issue', en: 'Outcome' }, words: outcomeLabels },
  because: { label: { fr: 'Raison', en: 'Reason' }, words: outcomeReasons },
  fields: { label: { fr: 'Modifié', en: 'Changed' }, words: intakeFields },
  idp: { label: { fr: 'Fournisseur d’identité', en: 'Identity provider' } },
  secondFactor: { label: { fr: 'Second facteur', en: 'Second factor' } },
  sameAddress: { label: { fr: 'Même adresse que le lien', en: 'Same address as the link' } },
  mail: { label: { fr: 'Courriel', en: 'Email' } },
  why: { label: { fr: 'Raison', en: 'Reason' }, words: undeliveredWords },
  person: { label: { fr: 'Personne', en: 'Person' } },
  role: { label: { fr: 'Rôle', en: 'Role' }, words: roleLabels },
  reason: {
    label: { fr: 'Motif', en: 'Reason' },
    words: { ...revocationReasonLabels, ...erasureReasonLabels },
  },
  refusedFor: { label: { fr: 'Motif de droit', en: 'Legal ground' }, words: erasureRefusalLabels },
  pausedUntil: { label: { fr: 'Délai en pause jusqu’au', en: 'Time to answer paused until' } },
  end: { label: { fr: 'Fin de la pause', en: 'End of the pause' }, words: talkEnds },
  by: { label: { fr: 'Vérifiée', en: 'Verified' }, words: identityProofTexts },
  interview: { label: { fr: 'Entretien', en: 'Interview' } },
  letterOf: { label: { fr: 'Courrier signé, entretien', en: 'Signed letter, interview' } },
  doneAt: { label: { fr: 'Le', en: 'On' } },
  task: { label: { fr: 'Tâche', en: 'Task' }, words: remediationLabels },
  kinds: { label: { fr: 'Données effacées', en: 'Erased data' } },
  digest: { label: { fr: 'Empreinte de ce qui reste', en: 'Digest of what remains' } },
  cameBack: { label: { fr: 'Données revenues', en: 'Data that came back' } },
  whole: { label: { fr: 'Migration entière', en: 'Whole migration' } },
  part: { label: { fr: 'Partie n°', en: 'Part no.' } },
  of: { label: { fr: 'Parties en tout', en: 'Parts in all' } },
  parts: { label: { fr: 'Parties de la migration', en: 'Parts of the migration' } },
  version: { label: { fr: 'Version suivie', en: 'Version followed' } },
  instead: { label: { fr: 'À la place de', en: 'Instead of' } },
  askedByCustomer: { label: { fr: 'Demandé par le client', en: 'Asked for by the customer' } },
  deadline: { label: { fr: 'Date au plus tard', en: 'Latest date' } },
  largest: { label: { fr: 'Plus grande vague, en points', en: 'Largest wave, in points' } },
  persons: { label: { fr: 'Personnes', en: 'People' } },
  cleared: { label: { fr: 'Condition levée', en: 'Condition cleared' } },
  corrects: { label: { fr: 'Corrige l’envoi n°', en: 'Corrects submission no.' } },
  merged: { label: { fr: 'Dans un autre rappel du jour', en: 'In another reminder of the day' } },
  bounceType: { label: { fr: 'Nature du refus', en: 'Kind of bounce' }, words: bounceWords },
};

/** By the name in the data: an event of another release may say something else. */
const labelled: ReadonlyMap<string, Kind> = new Map(Object.entries(kinds));

/** Site and date from a wave id such as `sud-2027-03-09`, `prep-paris-2027-01-11`, `sud-2027-03-09-2`. */
function partsOf(id: string) {
  const [, site = '', date = ''] = /^(?:prep-)?(.+)-(\d{4}-\d{2}-\d{2})(?:-\d+)?$/.exec(id) ?? [];
  return { site, date };
}

function waveText(view: View, id: string, platform: PlatformConfiguration): string {
  const { site, date } = partsOf(id);
  return date === '' ? id : `${momentText(view, date)}, ${view.t(siteLabel(platform, site))}`;
}

const instantShape = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function valueText(view: View, name: string, value: unknown, platform: PlatformConfiguration): string {
  if (typeof value === 'number') return numberText(view, value);
  if (typeof value === 'boolean') return view.t(value ? { fr: 'oui', en: 'yes' } : { fr: 'non', en: 'no' });
  if (typeof value !== 'string') return JSON.stringify(value);
  const words = labelled.get(name)?.words;
  if (words !== undefined && Object.hasOwn(words, value))
    return view.t(words[value] ?? { fr: value, en: value });
  if (name === 'wave' || name === 'instead') return waveText(view, value, platform);
  if (name === 'siren') return formatSiren(value);
  if (name === 'site') return view.t(siteLabel(platform, value));
  if (name === 'services') return serviceText(view, platform, value);
  return isCalendarDate(value) || instantShape.test(value) ? momentText(view, value) : value;
}

/** The data of an event with labels; codes without a label are shown as they are. Events never contain answers. */
export function eventData(
  view: View,
  { data = {} }: RecordedEvent,
  platform: PlatformConfiguration,
): readonly string[] {
  const dated = typeof data['wave'] === 'string' ? partsOf(data['wave']).date : undefined;
  return Object.entries(data).flatMap(([name, value]) => {
    const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== '' && one !== undefined);
    // The wave label includes its date.
    if (list.length === 0 || (value === dated && (name === 'cutover' || name === 'starts'))) return [];
    const said = list.map((one) => valueText(view, name, one, platform)).join(', ');
    const label = view.t(labelled.get(name)?.label ?? { fr: name, en: name });
    return [`${label}${view.t({ fr: ' : ', en: ': ' })}${said}`];
  });
}
