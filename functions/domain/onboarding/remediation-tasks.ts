/**
 * What a customer has to put right before its cutover and that no condition covers: a mailbox over 200 GB cannot be
 * migrated, and an application that relies on the directory has to be registered again. Neither stands against a *go*.
 */
export const remediationTasks = ['MAILBOXES_OVER_200_GB', 'DIRECTORY_APPLICATIONS'] as const;
export type RemediationTask = (typeof remediationTasks)[number];

/** For each task that is done, how much of it was: more of it later is another task. */
export type Remediated = Readonly<Partial<Record<RemediationTask, string>>>;
