export const region = 'eu-west-3';
export const account = '000000000000';

const prefix = `arn:aws:states:${region}:${account}`;

export const machineArn = (machine: string): string => `${prefix}:stateMachine:${machine}`;
export const executionArn = (machine: string, name: string): string =>
  `${prefix}:execution:${machine}:${name}`;

/** The machine's name; `undefined` when this is no ARN of a state machine. */
export const machineOfArn = (arn: string): string | undefined =>
  /^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:([^:]+)$/.exec(arn)?.[1];

export const isExecutionArn = (arn: string): boolean =>
  /^arn:aws[\w-]*:states:[\w-]+:\d{12}:execution:[^:]+:[^:]+$/.test(arn);

/** `work` from `work`, `arn:aws:lambda:eu-west-3:000000000000:function:work` or the same with a version. */
export const functionOfArn = (text: string): string =>
  /^arn:aws[\w-]*:lambda:[\w-]+:\d+:function:([^:]+)/.exec(text)?.[1] ?? text;
