/**
 * The catalogue of log messages. An entry contains a code, ids and outcome codes, but never answers, names, email
 * addresses or tokens.
 */
const messages = {
  task_done: { level: 'info', sentence: 'Task completed' },
  task_failed: { level: 'error', sentence: 'Task failed' },
  payload_large: { level: 'warn', sentence: 'Task input exceeds 75 % of the payload limit' },
  outbox_sent: { level: 'info', sentence: 'Outbox message sent' },
  outbox_failed: {
    level: 'error',
    sentence: 'Outbox message could not be sent and will be retried',
  },
  outbox_set_aside: {
    level: 'error',
    sentence: 'Outbox messages failed too often and were set aside for operators',
  },
  wake_late: { level: 'info', sentence: 'Task token already completed or expired' },
  registry_unavailable: { level: 'warn', sentence: 'Registry did not respond' },
  gate_opened: { level: 'info', sentence: 'Gate of a wave opened' },
  places_offered: { level: 'info', sentence: 'Places offered to the waiting list' },
  places_kept: { level: 'info', sentence: 'Held and offered places reminded of or taken back' },
  waves_counted: { level: 'info', sentence: 'Waves of an earlier release counted anew' },
  page_failed: { level: 'error', sentence: 'Page could not be rendered' },
  sign_in_failed: { level: 'warn', sentence: 'Sign-in failed' },
  proconnect_failed: { level: 'warn', sentence: 'ProConnect presented no one' },
  signed_in: { level: 'info', sentence: 'Staff member signed in' },
  link_opened: { level: 'info', sentence: 'Customer opened a session with the personal link' },
  form_refused: { level: 'warn', sentence: 'Form rejected before it was read' },
  request_failed: { level: 'error', sentence: 'Request failed' },
  execution_ended_badly: { level: 'error', sentence: 'Execution failed, timed out or was aborted' },
  mail_not_delivered: { level: 'warn', sentence: 'Email bounced, was rejected or was reported as spam' },
  mail_event_ignored: {
    level: 'info',
    sentence: 'Email event ignored: it does not concern a current contact',
  },
  mail_skipped: { level: 'info', sentence: 'Email not sent: its recipient has been erased' },
  erasure_failed: {
    level: 'error',
    sentence: 'Personal data could not be erased; the erasure will be retried',
  },
  item_unreadable: {
    level: 'error',
    sentence: 'Stored item cannot be read by this release and was left out',
  },
  seal_failed: {
    level: 'warn',
    sentence: 'Record of a submission could not be sealed yet; it is sealed when it is opened',
  },
  document_failed: { level: 'error', sentence: 'PDF of a record could not be made' },
  sweep_found: { level: 'error', sentence: 'Table and workflow state are inconsistent' },
  sweep_mended: {
    level: 'warn',
    sentence: 'Table and workflow state were inconsistent and have been repaired',
  },
  sweep_failed: { level: 'error', sentence: 'Part of the sweep failed' },
} as const;

export type LogCode = keyof typeof messages;

/** The fields allowed in a log entry: ids and codes. */
export interface LogFields {
  readonly onboardingId?: string;
  readonly run?: number;
  readonly task?: string;
  readonly outcome?: string;
  readonly wave?: string;
  readonly kind?: string;
  readonly count?: number;
  /** The name of the error only, because error messages may quote user input. */
  readonly error?: string;
}

export interface Logger {
  log(code: LogCode, fields: LogFields): void;
}

/** Writes one JSON object a line, the format that CloudWatch Logs parses. */
export function jsonLogger(write: (line: string) => void): Logger {
  return {
    log: (code, fields) => {
      const { level, sentence } = messages[code];
      write(`${JSON.stringify({ level, code, message: sentence, ...fields })}\n`);
    },
  };
}

export const standardLogger: Logger = jsonLogger((line) => void process.stdout.write(line));

/** The name of a thrown error. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}
