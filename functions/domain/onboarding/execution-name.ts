interface RunOfOnboarding {
  readonly reference: string;
  readonly run: number;
}

/** The name of a run's execution: Step Functions refuses a second open execution of the same name. */
export function executionName(reference: string, run: number): string {
  return `${reference}-${run}`;
}

/** The run that an execution is named after; undefined for a name that does not end in a run's number. */
export function parseExecutionName(name: string): RunOfOnboarding | undefined {
  const [, reference, run] = /^(.+)-([1-9]\d*)$/.exec(name) ?? [];
  return reference === undefined || run === undefined ? undefined : { reference, run: Number(run) };
}
