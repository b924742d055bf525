import { machineArn } from './arn.ts';
import type { Execution, HistoryEvent } from './execution.ts';
import { redriveRefusal } from './redrive.ts';

/** The protocol's instants: seconds since 1970, with fractions. */
export const seconds = (instant: number): number => instant / 1000;

const given = (key: string, value: unknown): Record<string, unknown> =>
  value === null ? {} : { [key]: value };

export function executionItem({ facts }: Execution): Record<string, unknown> {
  return {
    executionArn: facts.arn,
    stateMachineArn: machineArn(facts.machine),
    name: facts.name,
    status: facts.status,
    startDate: seconds(facts.startDate),
    ...given('stopDate', facts.stopDate === null ? null : seconds(facts.stopDate)),
    redriveCount: facts.redriveCount,
    ...given('redriveDate', facts.redriveDate === null ? null : seconds(facts.redriveDate)),
  };
}

export function executionDescription(execution: Execution, now: number): Record<string, unknown> {
  const { facts } = execution;
  const refusal = redriveRefusal(execution, now);
  return {
    ...executionItem(execution),
    input: facts.input,
    inputDetails: { included: true },
    ...given('output', facts.output),
    ...(facts.output === null ? {} : { outputDetails: { included: true } }),
    ...given('error', facts.error),
    ...given('cause', facts.cause),
    redriveStatus: refusal === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...given('redriveStatusReason', refusal ?? null),
  };
}

/** `TaskStateEntered` and its kin share one field for their details; every other type has its own. */
function detailsField(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}EventDetails`;
}

const dataFields = ['input', 'inputDetails', 'output', 'outputDetails', 'parameters'];
/** Kept with the event for the service's own use. */
const hiddenFields = ['clientToken'];

export function historyEventView(event: HistoryEvent, withData: boolean): Record<string, unknown> {
  const { details } = event;
  const hidden = withData ? hiddenFields : [...hiddenFields, ...dataFields];
  const shown =
    details && Object.fromEntries(Object.entries(details).filter(([key]) => !hidden.includes(key)));
  return {
    timestamp: seconds(event.at),
    type: event.type,
    id: event.id,
    previousEventId: event.previous,
    ...(shown === undefined ? {} : { [detailsField(event.type)]: shown }),
  };
}
