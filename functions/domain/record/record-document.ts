import { formatDate } from '../calendar-date.ts';
import { eligibilityText, requirementLevelLabels } from '../classification/outcomes.ts';
import { enteredBy as entered, letterText } from '../onboarding/interviews.ts';
import type { ResultRecord } from '../onboarding/records.ts';
import type { OnboardingState } from '../onboarding/state.ts';
import { isCurrent } from '../onboarding/transitions/assessment.ts';
import { formatInstant } from '../paris-time.ts';
import { tierLabels, tiers } from '../readiness/tier.ts';
import { formatNumber, type Language, type Text, typeset } from '../text.ts';
import type { PublishedKey, Seal } from './seal.ts';
import type { RecordedAnswer, SubmissionRecord } from './submission-record.ts';

/** One line of the document: what it is about and what it says. */
export interface DocumentRow {
  readonly key: string;
  readonly lines: readonly string[];
  /** Who said it and when. */
  readonly note?: string;
}

export interface DocumentSection {
  readonly id: string;
  readonly title: string;
  readonly introduction?: string;
  readonly rows: readonly DocumentRow[];
}

/** The record as people read it, on a page or in a PDF: the same words in both, in the language of the submission. */
export interface RecordDocument {
  readonly language: Language;
  readonly title: string;
  readonly sections: readonly DocumentSection[];
}

/** What the document is made of. */
export interface DocumentSource {
  readonly record: SubmissionRecord;
  readonly seal: Seal;
  readonly key: PublishedKey;
  readonly state: OnboardingState;
  /** The result of the rules, if there is one. */
  readonly result: ResultRecord | undefined;
  /** Address of the page that checks seals. */
  readonly proof: string;
}

export const recordTitle: Text = { fr: 'Relevé de vos réponses', en: 'Record of your answers' };

type Say = (text: Text) => string;

function submissionSection(say: Say, { record, state }: DocumentSource): DocumentSection {
  const { organisation, reference, submission, questionnaireVersion, ruleSet } = record;
  const row = (key: Text, line: string | undefined) =>
    line === undefined || line === '' ? [] : [{ key: say(key), lines: [line] }];
  return {
    id: 'submission',
    title: say({ fr: 'Envoi', en: 'Submission' }),
    rows: [
      ...row({ fr: 'Organisme', en: 'Organisation' }, organisation.name),
      ...row({ fr: 'SIREN', en: 'SIREN' }, organisation.siren.replace(/(\d{3})(?=\d)/g, '$1 ')),
      ...row({ fr: 'Référence', en: 'Reference' }, reference),
      ...row({ fr: 'Envoi n°', en: 'Submission no.' }, String(submission.number)),
      ...row(
        { fr: 'Corrige l’envoi n°', en: 'Corrects submission no.' },
        submission.corrects === undefined ? undefined : String(submission.corrects),
      ),
      ...row(
        { fr: 'Envoyé le', en: 'Submitted on' },
        formatInstant(new Date(submission.at), record.language, state.territory),
      ),
      ...row({ fr: 'Par', en: 'By' }, submission.by),
      ...row({ fr: 'Version du questionnaire', en: 'Questionnaire version' }, String(questionnaireVersion)),
      ...row({ fr: 'Version des règles', en: 'Rules version' }, ruleSet),
    ],
  };
}

function noteOf(
  say: Say,
  { record: { language }, state }: DocumentSource,
  { answeredBy, enteredBy, answeredAt }: RecordedAnswer,
) {
  if (answeredAt === undefined) return undefined;
  const at = formatInstant(new Date(answeredAt), language, state.territory);
  if (answeredBy === undefined) return say({ fr: `Répondu le ${at}`, en: `Answered on ${at}` });
  if (enteredBy !== undefined) {
    const by = say(entered({ operator: enteredBy, name: answeredBy }));
    return say({ fr: `Répondu le ${at}, ${by}`, en: `Answered on ${at}, ${by}` });
  }
  return say({ fr: `Répondu par ${answeredBy} le ${at}`, en: `Answered by ${answeredBy} on ${at}` });
}

function answerSections(say: Say, source: DocumentSource): readonly DocumentSection[] {
  return source.record.sections.map(({ id, title, answers }) => ({
    id: `section-${id}`,
    title: say({ fr: `Partie ${id} : ${title}`, en: `Section ${id}: ${title}` }),
    rows: answers.map((answer) => {
      const note = noteOf(say, source, answer);
      return { key: answer.asked, lines: answer.answer, ...(note === undefined ? {} : { note }) };
    }),
  }));
}

function lettered({
  reference,
  date: on,
  enteredBy: operator,
  with: name,
}: NonNullable<SubmissionRecord['signedLetter']>): Text {
  return letterText({ reference, on, operator, name });
}

function attestationSection(
  say: Say,
  { record: { attestation, signedLetter } }: DocumentSource,
): readonly DocumentSection[] {
  if (attestation === undefined) return [];
  const title = say({ fr: 'Attestation', en: 'Attestation' });
  return [
    {
      id: 'attestation',
      title,
      rows: [
        signedLetter === undefined
          ? { key: say({ fr: 'Attesté à l’envoi', en: 'Attested on submission' }), lines: [attestation] }
          : {
              key: say({ fr: 'Attesté par courrier signé', en: 'Attested by signed letter' }),
              lines: [attestation, say(lettered(signedLetter))],
            },
      ],
    },
  ];
}

function resultSection(say: Say, { record, state, result }: DocumentSource): readonly DocumentSection[] {
  if (result === undefined || record.submission.number !== state.submission) return [];
  if (!isCurrent(result, state)) return [];
  const { requirementLevel, readiness, ruleSetVersion } = result.assessment;
  const { language } = record;
  const tier = tiers.find((each) => each === state.tier);
  const row = (key: Text, value: Text) => ({ key: say(key), lines: [say(value)] });
  const same = (text: string): Text => ({ fr: text, en: text });
  return [
    {
      id: 'result',
      title: say({ fr: 'Résultat à ce jour', en: 'Result to date' }),
      introduction: say({
        fr: 'Le résultat peut changer après l’envoi : le sceau ne le couvre pas.',
        en: 'The result may change after the submission: the seal does not cover it.',
      }),
      rows: [
        row({ fr: 'Éligibilité', en: 'Eligibility' }, eligibilityText(result.assessment, state.settledRules)),
        row({ fr: 'Niveau d’exigence', en: 'Requirement level' }, requirementLevelLabels[requirementLevel]),
        ...(tier === undefined
          ? []
          : [row({ fr: 'Niveau de préparation', en: 'Readiness tier' }, tierLabels[tier])]),
        ...(readiness.score === null
          ? []
          : [
              row(
                { fr: 'Score', en: 'Score' },
                {
                  fr: `${formatNumber(readiness.score, 'fr')} sur 100`,
                  en: `${formatNumber(readiness.score, 'en')} out of 100`,
                },
              ),
            ]),
        row({ fr: 'Version des règles', en: 'Rules version' }, same(ruleSetVersion)),
        row({ fr: 'Calculé le', en: 'Calculated on' }, same(formatDate(result.assessedOn, language))),
      ],
    },
  ];
}

/** What a seal proves and what it does not. */
export const sealMeaning: Text = {
  fr: 'Ce sceau est celui du système qui a reçu les réponses. Il prouve qu’elles n’ont pas changé depuis ; ce n’est pas une signature électronique qualifiée au sens du règlement eIDAS.',
  en: 'This is the seal of the system that received the answers. It proves that they have not changed since; it is not a qualified electronic signature within the meaning of the eIDAS Regulation.',
};

function sealSection(say: Say, { record, seal, state, proof }: DocumentSource): DocumentSection {
  const on = formatInstant(new Date(seal.at), record.language, state.territory);
  const row = (key: Text, line: string) => ({ key: say(key), lines: [line] });
  return {
    id: 'seal',
    title: say({ fr: 'Sceau', en: 'Seal' }),
    introduction: say(sealMeaning),
    rows: [
      row({ fr: 'Empreinte (SHA-256)', en: 'Digest (SHA-256)' }, seal.digest),
      row({ fr: 'Scellé le', en: 'Sealed on' }, on),
      row({ fr: 'Clé du sceau', en: 'Key of the seal' }, seal.keyId),
      row({ fr: 'Signature (ECDSA P-256)', en: 'Signature (ECDSA P-256)' }, seal.signature),
      row({ fr: 'À vérifier sur', en: 'To be checked at' }, proof),
    ],
  };
}

/** The document of a record, with its result and its seal. */
export function recordDocument(source: DocumentSource): RecordDocument {
  const { language } = source.record;
  const say: Say = (text) => text[language];
  const set = (text: string) => typeset(text, language);
  const sections: readonly DocumentSection[] = [
    submissionSection(say, source),
    ...answerSections(say, source),
    ...attestationSection(say, source),
    ...resultSection(say, source),
    sealSection(say, source),
  ];
  return {
    language,
    title: set(say(recordTitle)),
    sections: sections.map(({ title, introduction, rows, ...section }) => ({
      ...section,
      title: set(title),
      ...(introduction === undefined ? {} : { introduction: set(introduction) }),
      rows: rows.map(({ key, lines, note }) => ({
        key: set(key),
        lines: lines.map(set),
        ...(note === undefined ? {} : { note: set(note) }),
      })),
    })),
  };
}

/** The whole record as a file: what is sealed, its seal, and the key that verifies it without us. */
export function recordFile({
  record,
  seal,
  key,
  proof,
}: Pick<DocumentSource, 'record' | 'seal' | 'key' | 'proof'>) {
  const { digest, signature, keyId, at } = seal;
  return {
    record,
    seal: {
      algorithm: 'ECDSA P-256 with SHA-256, DER, base64, over the canonical form (RFC 8785) of "record"',
      digest,
      signature,
      keyId,
      publicKey: key.publicKey,
      sealedAt: at,
      checkedAt: proof,
    },
  };
}
