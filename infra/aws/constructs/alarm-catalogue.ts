/** The text of one alarm for the people on call; the alarm's name is also its heading in docs/operations.md. */
export interface AlarmText {
  /** What users suffer while the alarm lasts. */
  readonly impact: string;
}

/**
 * Every alarm of the stack. Each has a paragraph in docs/operations.md under a heading of the same name; a test
 * compares the two lists.
 */
export const alarmCatalogue = {
  'executions-failed': {
    impact: 'An onboarding has stopped at a technical fault; its customer hears nothing until it is resumed.',
  },
  'executions-timed-out': {
    impact: 'An onboarding ran into the time limit of its whole run and has stopped.',
  },
  'executions-aborted': {
    impact: 'Somebody stopped an execution by hand; its onboarding stands still.',
  },
  'executions-throttled': {
    impact: 'New onboardings and next steps begin late.',
  },
  'stuck-waits': {
    impact: 'Table and workflow disagree: a customer may wait for a step that never comes.',
  },
  'sweeper-silent': {
    impact: 'Nobody looks for stuck onboardings any more; what hangs stays unseen.',
  },
  'sweep-incomplete': {
    impact: 'Part of the onboardings is not looked at any more; what hangs there stays unseen.',
  },
  'gates-failed': {
    impact: 'Go/no-go questions were not opened or closed; tomorrow’s cutovers hang in the air.',
  },
  'retention-failed': {
    impact: 'Personal data is kept longer than customers were told.',
  },
  'documents-failed': {
    impact: 'Customers get no PDF of what they submitted; the same record on its page and as JSON is there.',
  },
  'limits-unmeasured': {
    impact: 'Full waves and closing redrive windows stay unseen.',
  },
  'messages-not-sent': {
    impact: 'Mails, events or next steps are late; they are tried again five times within some six hours.',
  },
  'messages-set-aside': {
    impact: 'A mail, an event or a next step was given up after five tries; somebody waits for it.',
  },
  'outbox-late': {
    impact: 'Next steps and events leave minutes late for everybody.',
  },
  'mails-late': {
    impact: 'Mails leave half an hour late for everybody.',
  },
  'mails-not-delivered': {
    impact: 'Several customers do not receive their mails; their onboardings wait with sales.',
  },
  'mail-reputation': {
    impact: 'So many mails bounce that the mail service may stop sending for us at all.',
  },
  'failed-stream-calls': {
    impact: 'A call of the sender failed for good; what it would have sent leaves with the next schedule.',
  },
  'failed-background-calls': {
    impact: 'A gate, sweep, erasure or record of a failed run did not happen.',
  },
  'history-near-limit': {
    impact: 'A run nears the length at which it is ended; its onboarding would stop.',
  },
  'payload-near-limit': {
    impact:
      'A step passes on nearly as much as the workflow can carry; the next one may stop its onboarding.',
  },
  'wave-capacity-low': {
    impact: 'Customers who are ready will find no place soon and join the waiting list.',
  },
  'redrive-window-closing': {
    impact:
      'A stopped run can soon no longer be taken up where it was; its onboarding has to be resumed from a checkpoint.',
  },
  'web-errors': {
    impact: 'Customers and staff see error pages; answers of the page they were on are not saved.',
  },
  'web-slow': {
    impact: 'Pages take longer than people wait.',
  },
  'table-writes-throttled': {
    impact: 'Answers and steps are saved late or not at all, as the table refuses part of the writes.',
  },
  'table-reads-throttled': {
    impact: 'Pages and lists are slow or fail, as the table refuses part of the reads.',
  },
  'backup-missing': {
    impact:
      'For two nights no copy of the table was made; after a loss, more would be missing than promised.',
  },
} as const satisfies Readonly<Record<string, AlarmText>>;

export type AlarmName = keyof typeof alarmCatalogue;
