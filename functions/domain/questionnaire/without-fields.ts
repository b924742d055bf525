import { isFields, ownValue } from '../input/read-input.ts';

/**
 * A value without the fields at these paths (`.sponsor.email`, `[1].from`); an empty path is the whole value.
 *
 * @returns undefined when nothing is left.
 */
export function withoutFields(value: unknown, paths: readonly string[]): unknown {
  if (paths.includes('')) return undefined;
  if (Array.isArray(value)) return ownList(value, paths);
  if (!isFields(value)) return value;
  const kept = Object.keys(value).flatMap((name) => {
    const inner = withoutFields(ownValue(value, name), below(paths, `.${name}`));
    return inner === undefined ? [] : [[name, inner] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function ownList(list: readonly unknown[], paths: readonly string[]): unknown {
  const kept = list
    .map((item, index) => withoutFields(item, below(paths, `[${index}]`)))
    .filter((item) => item !== undefined);
  return kept.length === 0 ? undefined : kept;
}

/** The paths within a field, from there on. */
function below(paths: readonly string[], field: string): readonly string[] {
  return paths
    .filter((path) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`))
    .map((path) => path.slice(field.length));
}
