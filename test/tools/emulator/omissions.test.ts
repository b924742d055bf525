import { Aspects, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { clockOffsetSetting } from '../../../functions/platform/clock.ts';
import { emulate } from '../../../tools/emulator/emulate.ts';
import { LeaveOut, leftOut, type Omission, omissions } from '../../../tools/emulator/omissions.ts';
import { emulatorStage } from '../../../tools/emulator/stage.ts';
import { shortenWaits, waitDivisor } from '../../../tools/emulator/timing.ts';
import { loadWorkflow } from '../../../workflows/load.ts';
import { stackOf } from '../../infra/aws/stack/synthesised.ts';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
});
const templateShape = z.looseObject({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
});
type Shape = z.infer<typeof templateShape>;

let whole: Shape;
let left: Shape;
let quick: Shape;

function synthesised(change: (stack: Stack) => void = () => undefined): Shape {
  const { stack } = stackOf(emulatorStage());
  change(stack);
  return templateShape.parse(Template.fromStack(stack).toJSON());
}

beforeAll(() => {
  whole = synthesised();
  left = synthesised((stack) => Aspects.of(stack).add(new LeaveOut(omissions)));
  // As the emulator's app does.
  quick = synthesised((stack) => emulate(stack, { clockOffset: 60 }));
});

const ofKind = ({ Resources }: Shape, kind: string) =>
  Object.entries(Resources).filter(([, { Type }]) => Type === kind);

/** An output that tells an attribute which the list leaves out. */
function tells(value: unknown, { type, attributes }: Omission): boolean {
  const text = JSON.stringify(value);
  return ofKind(whole, type).some(([id]) => text.includes(`"Fn::GetAtt":["${id}","${attributes ?? ''}`));
}

const settings = z.looseObject({ Variables: z.record(z.string(), z.unknown()) });

/** A function whose settings say that they are left out where they tell such an attribute. */
function withoutMissing(each: z.infer<typeof resource>): z.infer<typeof resource> {
  const { success, data } = settings.safeParse(each.Properties?.['Environment']);
  if (!success) return each;
  const Variables = Object.fromEntries(
    Object.entries(data.Variables).map(([name, value]) => [
      name,
      ofAttributes.some((omission) => tells(value, omission)) ? leftOut : value,
    ]),
  );
  return { ...each, Properties: { ...each.Properties, Environment: { ...data, Variables } } };
}

const ofAttributes = omissions.filter(({ attributes }) => attributes !== undefined);
const ofTypes = omissions.filter(({ attributes }) => attributes === undefined);

it('differs from the stack only as listed', () => {
  const types = new Set(ofTypes.map(({ type }) => type));
  const kept = Object.entries(whole.Resources).filter(([, { Type }]) => !types.has(Type));
  const expected = {
    ...whole,
    Resources: Object.fromEntries(kept.map(([id, each]) => [id, withoutMissing(each)])),
    Outputs: Object.fromEntries(
      Object.entries(whole.Outputs).filter(
        ([, { Value }]) => !ofAttributes.some((each) => tells(Value, each)),
      ),
    ),
  };
  expect(left).toEqual(expected);
});

it.each(ofTypes.map(({ type }) => type))('leaves out %s, of which the stack has at least one', (type) => {
  expect(ofKind(whole, type)).not.toEqual([]);
  expect(ofKind(left, type)).toEqual([]);
});

it.each(ofAttributes)(
  'leaves out outputs with $attributes of $type, of which there is one at least',
  (each) => {
    expect(Object.values(whole.Outputs).some(({ Value }) => tells(Value, each))).toBe(true);
    expect(Object.values(left.Outputs).some(({ Value }) => tells(Value, each))).toBe(false);
  },
);

it('lists nothing twice', () => {
  const names = omissions.map(({ type, attributes }) => `${type} ${attributes ?? ''}`);
  expect(new Set(names).size).toBe(names.length);
});

it('speeds up time only by the definition and one environment variable of each function', () => {
  const timeless = (shape: Shape) =>
    JSON.parse(
      JSON.stringify(shape, (key, value) =>
        key === 'DefinitionString' || key === clockOffsetSetting ? undefined : value,
      ),
    );
  const withoutEmpty = (value: unknown) =>
    JSON.stringify(value).replaceAll(',"Environment":{"Variables":{}}', '');
  expect(withoutEmpty(timeless(quick))).toBe(withoutEmpty(timeless(left)));
  const functions = ofKind(quick, 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(0);
  for (const [, { Properties }] of functions) {
    expect(Properties).toMatchObject({ Environment: { Variables: { [clockOffsetSetting]: '60' } } });
  }
});

const definition = z.looseObject({
  TimeoutSeconds: z.int(),
  States: z.record(
    z.string(),
    z.looseObject({
      Resource: z.string().optional(),
      TimeoutSeconds: z.int().optional(),
      HeartbeatSeconds: z.int().optional(),
    }),
  ),
});

it('divides the time-outs of waits by the declared number and changes nothing else in the definition', () => {
  const original = loadWorkflow('onboarding.asl.json', { functionName: (task) => task, partition: 'aws' });
  const shortened = definition.parse(JSON.parse(shortenWaits(JSON.stringify(original))));
  const { States, ...rest } = definition.parse(original);
  expect(shortened).toMatchObject(rest);
  expect(Object.keys(shortened.States)).toEqual(Object.keys(States));
  for (const [name, state] of Object.entries(States)) {
    const waits = state.Resource?.endsWith('.waitForTaskToken') === true;
    const divided = (seconds: number | undefined) =>
      seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds / waitDivisor));
    expect(shortened.States[name]).toEqual(
      waits
        ? {
            ...state,
            TimeoutSeconds: divided(state.TimeoutSeconds),
            ...(state.HeartbeatSeconds === undefined
              ? {}
              : { HeartbeatSeconds: divided(state.HeartbeatSeconds) }),
          }
        : state,
    );
  }
});
