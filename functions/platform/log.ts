/**
 * Every sentence the system may log. An entry holds a code, ids and outcome codes: never answers, names, mail
 * addresses or tokens.
 */
const messages = {
  task_done: { level: 'info', sentence: 'The task has ended' },
  task_failed: { level: 'error', sentence: 'The task has failed' },
  payload_large: { level: 'warn', sentence: 'A task was given nearly as much as the workflow can carry' },
  outbox_sent: { level: 'info', sentence: 'A message of the outbox was sent' },
  outbox_failed: {
    level: 'error',
    sentence: 'A message of the outbox could not be sent and will be tried again',
  },
  wake_late: { level: 'info', sentence: 'A wait had ended before it was woken' },
  registry_unavailable: { level: 'warn', sentence: 'The registry did not answer' },
  gate_opened: { level: 'info', sentence: 'A gate of a wave was opened' },
  places_offered: { level: 'info', sentence: 'Places were offered to the waiting list' },
  page_failed: { level: 'error', sentence: 'A page could not be made' },
  sign_in_failed: { level: 'warn', sentence: 'A sign-in did not succeed' },
  signed_in: { level: 'info', sentence: 'A member of staff has signed in' },
  link_opened: { level: 'info', sentence: 'A customer has opened a session with the personal link' },
  form_refused: { level: 'warn', sentence: 'A form was refused before it was read' },
  request_failed: { level: 'error', sentence: 'A request could not be answered' },
  execution_ended_badly: { level: 'error', sentence: 'An execution did not end as it should' },
  mail_not_delivered: { level: 'warn', sentence: 'A mail came back or was complained about' },
  mail_event_ignored: {
    level: 'info',
    sentence: 'A mail event says nothing about a mail to a present contact',
  },
  mail_skipped: { level: 'info', sentence: 'A mail was not sent: whoever it was for has been erased' },
  erasure_failed: { level: 'error', sentence: 'Personal data could not be erased and will be tried again' },
  sweep_found: { level: 'error', sentence: 'The table and the workflow do not agree' },
  sweep_mended: { level: 'warn', sentence: 'The table and the workflow did not agree and were mended' },
  sweep_failed: { level: 'error', sentence: 'A part of the sweep could not be carried out' },
} as const;

export type LogCode = keyof typeof messages;

/** Ids and codes that may stand in a log entry. */
export interface LogFields {
  readonly onboardingId?: string;
  readonly run?: number;
  readonly task?: string;
  readonly outcome?: string;
  readonly wave?: string;
  readonly kind?: string;
  readonly count?: number;
  /** The error's name only: messages may quote what a person typed. */
  readonly error?: string;
}

export interface Logger {
  log(code: LogCode, fields: LogFields): void;
}

/** Writes one JSON object a line, as CloudWatch Logs reads it. */
export function jsonLogger(write: (line: string) => void): Logger {
  return {
    log: (code, fields) => {
      const { level, sentence } = messages[code];
      write(`${JSON.stringify({ level, code, message: sentence, ...fields })}\n`);
    },
  };
}

export const standardLogger: Logger = jsonLogger((line) => void process.stdout.write(line));

/** The name of whatever was thrown. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}
