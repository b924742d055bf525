import type { Text } from '../text.ts';
import type { Run } from './state.ts';

/** What a run can fail of, as far as the next act depends on it. */
export const failureClasses = [
  'busy',
  'timed_out',
  'stopped',
  'settings',
  'data',
  'limit',
  'program',
  'unknown',
] as const;
export type FailureClass = (typeof failureClasses)[number];

export const failureLabels: Readonly<Record<FailureClass, Text>> = {
  busy: { fr: 'Service saturé ou hors d’atteinte', en: 'Service busy or out of reach' },
  timed_out: { fr: 'Délai technique dépassé', en: 'Technical time limit exceeded' },
  stopped: { fr: 'Exécution arrêtée à la main', en: 'Run stopped by hand' },
  settings: { fr: 'Droit ou réglage manquant', en: 'Permission or setting missing' },
  data: { fr: 'Donnée qui ne convient pas à cette version', en: 'Data that does not suit this release' },
  limit: { fr: 'Limite de taille dépassée', en: 'Size limit exceeded' },
  program: { fr: 'Défaut du programme', en: 'Fault of the program' },
  unknown: { fr: 'Cause non rapportée', en: 'Cause not reported' },
};

/**
 * Names of errors by class: those of Step Functions (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html),
 * of AWS services, of the Node.js network and of this program. A run that ended without the name of an error bears its status.
 */
const names: readonly (readonly [FailureClass, RegExp])[] = [
  ['limit', /^States\.DataLimitExceeded$|RequestTooLarge|EntityTooLarge|ItemCollectionSizeLimit/],
  [
    'busy',
    /^(?:ServiceBusy|ConcurrentChange|ConditionFailed|IssuerUnavailable|InternalServer)Error$|Throttl|TooManyRequests|(?:Limit|Throughput)Exceeded(?:Exception)?$|ServiceUnavailable|SlowDown|^Lambda\.(?:ServiceException|AWSLambdaException|SdkClientException|Unknown)$|^(?:TimeoutError|NetworkingError|ECONN\w+|ETIMEDOUT|EAI_AGAIN|TransactionConflictException)$/,
  ],
  ['timed_out', /^States\.(?:HeartbeatTimeout|Timeout)$|^TIMED_OUT$|Timedout$/],
  ['stopped', /^ABORTED$/],
  // The last two were stored by earlier releases.
  ['unknown', /^(?:|FAILED|UNKNOWN|unknown|found by the sweeper)$/],
  [
    'settings',
    /^States\.Permissions$|AccessDenied|NotAuthorized|UnrecognizedClient|InvalidSignature|ExpiredToken|KMS|^(?:MissingSetting|SecretUnavailable|SealKeyMissing|PublicUrl)Error$|^ResourceNotFoundException$/,
  ],
  [
    'data',
    /^(?:Contract|UnexpectedStage|ForbiddenTransition|UnreadableItem|DossierIncomplete|OnboardingNotFound|UnknownRuleSet|ServiceNotInCatalogue|HolidaysUnknown|NothingToAssess|NotAssessed|UnknownMessage)Error$|^(?:\$?ZodError|ValidationException)$/,
  ],
];

/** The class of an error by its name; one that is not known is a fault of the program. */
export function failureClassOf({ error = '' }: Pick<Run, 'error'>): FailureClass {
  return names.find(([, pattern]) => pattern.test(error))?.[0] ?? 'program';
}

/** The class of the failure of a run; undefined for one that has not failed. */
export function failureOf(run: Pick<Run, 'status' | 'error'>): FailureClass | undefined {
  return run.status === 'failed' ? failureClassOf(run) : undefined;
}
