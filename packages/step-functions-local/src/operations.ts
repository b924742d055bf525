import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { account, isExecutionArn, machineArn, machineOfArn } from './arn.ts';
import type { Engine } from './engine.ts';
import type { Execution, HistoryEvent } from './execution.ts';
import { parseJson } from './json.ts';
import type { CataloguedMachine, MachineCatalogue } from './machine-catalogue.ts';
import { type Operation, pageOf, parseRequest, type RequestOf } from './requests.ts';
import { largestPayload } from './state-error.ts';
import { executionDescription, executionItem, historyEventView, seconds } from './views.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const longestName = 80;
const forbiddenInName = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\u{FFFE}\u{FFFF}]/u;

/** The service's operations, as the wire calls them. */
export class Operations {
  readonly #engine: Engine;
  readonly #catalogue: MachineCatalogue;
  readonly #created: number;

  constructor(engine: Engine, catalogue: MachineCatalogue) {
    this.#engine = engine;
    this.#catalogue = catalogue;
    this.#created = engine.now();
  }

  /** Throws `ApiError` for what the service refuses. */
  call(operation: Operation, body: unknown): unknown {
    switch (operation) {
      case 'StartExecution':
        return this.#start(parseRequest(operation, body));
      case 'DescribeExecution':
        return executionDescription(
          this.#execution(parseRequest(operation, body).executionArn),
          this.#engine.now(),
        );
      case 'ListExecutions':
        return this.#listExecutions(parseRequest(operation, body));
      case 'GetExecutionHistory':
        return this.#history(parseRequest(operation, body));
      case 'SendTaskSuccess':
        return this.#sendSuccess(parseRequest(operation, body));
      case 'SendTaskFailure':
        return this.#sendFailure(parseRequest(operation, body));
      case 'SendTaskHeartbeat':
        this.#engine.heartbeat(parseRequest(operation, body).taskToken);
        return {};
      case 'StopExecution':
        return this.#stop(parseRequest(operation, body));
      case 'RedriveExecution': {
        const { executionArn, clientToken } = parseRequest(operation, body);
        const at = this.#engine.redrive(this.#execution(executionArn), clientToken ?? undefined);
        return { redriveDate: seconds(at) };
      }
      case 'DescribeStateMachine':
        return this.#describeMachine(parseRequest(operation, body));
      case 'ListStateMachines':
        return this.#listMachines(parseRequest(operation, body));
    }
  }

  #machine(arn: string): CataloguedMachine {
    const name = machineOfArn(arn);
    if (name === undefined) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
    const entry = this.#catalogue.offered(name);
    if (entry === undefined) {
      throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return entry;
  }

  #execution(arn: string): Execution {
    if (!isExecutionArn(arn)) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
    const execution = this.#engine.find(arn);
    if (execution === undefined) {
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  #start({ stateMachineArn, name, input }: RequestOf<'StartExecution'>): unknown {
    const entry = this.#machine(stateMachineArn);
    const chosen = name ?? randomUUID();
    if (chosen === '' || chosen.length > longestName || forbiddenInName.test(chosen)) {
      throw new ApiError('InvalidName', `Invalid Name: '${chosen}'`);
    }
    const text = input ?? '{}';
    checkJson(text, 'InvalidExecutionInput');
    const { facts } = this.#engine.start(entry, chosen, text);
    return { executionArn: facts.arn, startDate: seconds(facts.startDate) };
  }

  #listExecutions(request: RequestOf<'ListExecutions'>): unknown {
    const { machine } = this.#machine(request.stateMachineArn);
    const { statusFilter, redriveFilter } = request;
    const matching = [...this.#engine.executions()]
      .filter(({ facts }) => facts.machine === machine.name)
      .filter(({ facts }) => statusFilter == null || facts.status === statusFilter)
      .filter(
        ({ facts }) => redriveFilter == null || facts.redriveCount > 0 === (redriveFilter === 'REDRIVEN'),
      )
      .reverse();
    const { page, next } = pageOf('executions', matching, ({ id }) => id, request);
    return { executions: page.map(executionItem), ...next };
  }

  #history(request: RequestOf<'GetExecutionHistory'>): unknown {
    const { events } = this.#execution(request.executionArn);
    const ordered = request.reverseOrder === true ? events.toReversed() : events;
    const key = (event: HistoryEvent) => (request.reverseOrder === true ? event.id : -event.id);
    const { page, next } = pageOf('history', ordered, key, request);
    const withData = request.includeExecutionData !== false;
    return { events: page.map((event) => historyEventView(event, withData)), ...next };
  }

  #sendSuccess({ taskToken, output }: RequestOf<'SendTaskSuccess'>): unknown {
    checkJson(output, 'InvalidOutput');
    this.#engine.completeTask(taskToken, parseJson(output));
    return {};
  }

  #sendFailure({ taskToken, error, cause }: RequestOf<'SendTaskFailure'>): unknown {
    this.#engine.failTask(taskToken, error ?? undefined, cause ?? undefined);
    return {};
  }

  #stop({ executionArn, error, cause }: RequestOf<'StopExecution'>): unknown {
    const execution = this.#execution(executionArn);
    this.#engine.stop(execution, error ?? undefined, cause ?? undefined);
    return { stopDate: seconds(execution.facts.stopDate ?? this.#engine.now()) };
  }

  #describeMachine({ stateMachineArn }: RequestOf<'DescribeStateMachine'>): unknown {
    const { machine, stored } = this.#machine(stateMachineArn);
    return {
      ...this.#machineItem(machine.name),
      status: 'ACTIVE',
      definition: JSON.stringify(stored.definition),
      roleArn: `arn:aws:iam::${account}:role/${machine.name}`,
    };
  }

  #listMachines(request: RequestOf<'ListStateMachines'>): unknown {
    const names = this.#catalogue.offeredNames();
    const { page, next } = pageOf('machines', names, (name) => -names.indexOf(name), request);
    return { stateMachines: page.map((name) => this.#machineItem(name)), ...next };
  }

  #machineItem(name: string): Record<string, unknown> {
    return {
      stateMachineArn: machineArn(name),
      name,
      type: 'STANDARD',
      creationDate: seconds(this.#created),
    };
  }
}

function checkJson(text: string, error: 'InvalidExecutionInput' | 'InvalidOutput'): void {
  if (Buffer.byteLength(text) > largestPayload) {
    throw new ApiError(error, `The text is larger than ${largestPayload} bytes`);
  }
  try {
    parseJson(text);
  } catch (cause) {
    throw new ApiError(error, `The text is not JSON: ${String(cause)}`);
  }
}
