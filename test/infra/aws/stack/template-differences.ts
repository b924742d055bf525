import { isDeepStrictEqual } from 'node:util';
import type { RecordedTemplate } from './recorded-template.ts';
import { replaces } from './replacing-properties.ts';

/** How a template differs from the recorded one in a resource or an output. */
export interface Difference {
  /** `replaced`: a deployment would remove what there is and make another. */
  readonly kind: 'gone' | 'replaced' | 'changed' | 'new';
  readonly id: string;
  /** A sentence with the logical id and, when something in it differs, the first path. */
  readonly text: string;
}

interface DifferingPath {
  readonly path: string;
  readonly recorded: unknown;
  readonly present: unknown;
}

/** What a list or an object holds, by the way it is written in a path; nothing for any other value. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) return new Map(value.map((item: unknown, index) => [`[${index}]`, item]));
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value).map(([key, item]) => [`.${key}`, item]));
}

function differingPaths(recorded: unknown, present: unknown, path = ''): readonly DifferingPath[] {
  const parts = partsOf(recorded);
  // What is gone is told part by part: one of them may be what replaces the resource.
  const comparable = present === undefined || Array.isArray(present) === Array.isArray(recorded);
  const presentParts = present === undefined ? new Map<string, unknown>() : partsOf(present);
  if (parts === undefined || parts.size === 0 || presentParts === undefined || !comparable) {
    return isDeepStrictEqual(recorded, present) ? [] : [{ path, recorded, present }];
  }
  return [...new Set([...parts.keys(), ...presentParts.keys()])].flatMap((key) =>
    differingPaths(parts.get(key), presentParts.get(key), `${path}${key}`.replace(/^\./, '')),
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

const told = ({ path, recorded, present }: DifferingPath): string =>
  `${path} was ${shown(recorded)} and is ${shown(present)}`;

type Resources = RecordedTemplate['Resources'];

/** Ids of the same type that are new: a renamed one is among them. */
function newOfType(type: string, recorded: Resources, present: Resources): string {
  const ids = Object.keys(present).filter((id) => !Object.hasOwn(recorded, id) && present[id]?.Type === type);
  return ids.length === 0 ? '' : ` (new of its type: ${ids.join(', ')})`;
}

function ofResources(recorded: Resources, present: Resources): readonly Difference[] {
  const kept = Object.entries(recorded).flatMap(([id, resource]): readonly Difference[] => {
    const { Type } = resource;
    if (!Object.hasOwn(present, id)) {
      return [{ kind: 'gone', id, text: `${id}, ${Type}, is gone${newOfType(Type, recorded, present)}` }];
    }
    const paths = differingPaths(resource, present[id]);
    const replacing = paths.find(({ path }) => replaces(Type, path));
    if (replacing !== undefined) {
      return [{ kind: 'replaced', id, text: `${id}, ${Type}, would be replaced: ${told(replacing)}` }];
    }
    return paths
      .slice(0, 1)
      .map((first) => ({ kind: 'changed', id, text: `${id}, ${Type}: ${told(first)}` }));
  });
  const added = Object.entries(present).filter(([id]) => !Object.hasOwn(recorded, id));
  return [
    ...kept,
    ...added.map(([id, { Type }]) => ({ kind: 'new', id, text: `${id}, ${Type}, is new` }) as const),
  ];
}

type Outputs = RecordedTemplate['Outputs'];

function ofOutputs(recorded: Outputs, present: Outputs): readonly Difference[] {
  const kept = Object.entries(recorded).flatMap(([id, output]): readonly Difference[] => {
    if (!Object.hasOwn(present, id)) return [{ kind: 'gone', id, text: `The output ${id} is gone` }];
    const [first] = differingPaths(output, present[id]);
    return first === undefined ? [] : [{ kind: 'changed', id, text: `The output ${id}: ${told(first)}` }];
  });
  const added = Object.keys(present).filter((id) => !Object.hasOwn(recorded, id));
  return [...kept, ...added.map((id) => ({ kind: 'new', id, text: `The output ${id} is new` }) as const)];
}

/** Everything in which a template differs from the recorded one, each resource once. */
export function differences(recorded: RecordedTemplate, present: RecordedTemplate): readonly Difference[] {
  const { StackName } = recorded;
  const renamed: Difference = {
    kind: 'replaced',
    id: StackName,
    text: `The stack ${StackName} would be replaced: its name is ${present.StackName}`,
  };
  return [
    ...(present.StackName === StackName ? [] : [renamed]),
    ...ofResources(recorded.Resources, present.Resources),
    ...ofOutputs(recorded.Outputs, present.Outputs),
  ];
}

/** What no release may do to a stack that is there; what is gone comes first, for others may follow from it. */
export function forbidden(found: readonly Difference[]): readonly string[] {
  const texts = (wanted: Difference['kind']) =>
    found.filter(({ kind }) => kind === wanted).map(({ text }) => text);
  return [...texts('gone'), ...texts('replaced')];
}
