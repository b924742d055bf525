import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  RedriveExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import type { Runtime } from '../../infra/local/runtime.ts';

/** Status of a run of the workflow; NONE when it was never started. */
export async function statusOf(runtime: Runtime, reference: string, run: number): Promise<string> {
  const executionArn = runtime.executionArnOf(reference, run);
  try {
    const { status } = await runtime.sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status ?? 'NONE';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'NONE';
    throw error;
  }
}

/** Lets a run of the workflow that has failed try again. */
export async function redrive(runtime: Runtime, reference: string, run: number): Promise<void> {
  const executionArn = runtime.executionArnOf(reference, run);
  await runtime.sfn.send(new RedriveExecutionCommand({ executionArn }));
}

export async function historyOf(
  runtime: Runtime,
  reference: string,
  run: number,
): Promise<readonly HistoryEvent[]> {
  const executionArn = runtime.executionArnOf(reference, run);
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await runtime.sfn.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000, nextToken }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

const scheduled = z.object({ Payload: z.object({ token: z.optional(z.string()) }) });

/** The token that the event of a scheduled task carries. */
function tokenOf(event: HistoryEvent): string | undefined {
  const parameters = event.taskScheduledEventDetails?.parameters;
  if (parameters === undefined) return undefined;
  const parsed = z.safeParse(scheduled, JSON.parse(parameters));
  return parsed.success ? parsed.data.Payload.token : undefined;
}

/** Events that hold a task token other than the one of the task they schedule. */
export function tokensOutOfPlace(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const tokens = new Map<string, HistoryEvent>();
  for (const event of events) {
    const token = tokenOf(event);
    if (token !== undefined) tokens.set(token, event);
  }
  const texts = events.map((event) => ({ event, text: JSON.stringify(event) }));
  return texts.flatMap(({ event, text }) =>
    [...tokens].some(([token, own]) => own !== event && text.includes(token)) ? [event] : [],
  );
}
