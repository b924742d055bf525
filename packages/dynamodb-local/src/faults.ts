import type { Fault } from 'dynalite/db/index.js';

/** An error the client is meant to see, in the shape AWS's SDK parses into its own error classes. */
export class DynamoDbFault extends Error {
  readonly statusCode: number;
  readonly body: Fault['body'];

  constructor(
    type: string,
    message: string,
    fields: { readonly [field: string]: unknown } = {},
    statusCode = 400,
  ) {
    super(message);
    this.name = type;
    this.statusCode = statusCode;
    this.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...fields };
  }
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/** The fault's name as AWS documents it, such as `ConditionalCheckFailedException`. */
export function faultName(fault: Fault): string {
  return fault.body.__type.split('#').at(-1) ?? fault.body.__type;
}

export function tableNotFound(): DynamoDbFault {
  return new DynamoDbFault('ResourceNotFoundException', 'Requested resource not found');
}

/** A file of the data folder does not hold what was written to it. Nothing in the folder has been changed. */
export class DamagedFileError extends Error {
  constructor(file: string, finding: string, options?: ErrorOptions) {
    super(
      `The data file ${file} is damaged (${finding}): put the folder back from a copy, or start with an ` +
        'empty folder; nothing has been changed.',
      options,
    );
    this.name = 'DamagedFileError';
  }
}

/** Another program already listens on the port asked for. */
export class PortInUseError extends Error {
  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} is in use by another program: stop it, or choose another port for DynamoDB.`,
      options,
    );
    this.name = 'PortInUseError';
  }
}
