/** Changes a part of a JSON value in place. */
export interface Change {
  what: string;
  in(value: unknown): void;
}

export type Changes = [Change, ...Change[]];
export type Fields = Record<string, unknown>;
export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Applies `change` to the object that has the last key of a path such as "messages.*.id". */
function at(path: string, change: (object: Fields, key: string) => void): Change['in'] {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  return (value) => {
    let found = [value];
    for (const key of keys)
      found = found.flatMap((one) => (isObject(one) ? (key === '*' ? Object.values(one) : [one[key]]) : []));
    for (const one of found) if (isObject(one)) change(one, last);
  };
}

/** The field at this path is missing; "*" stands for every element of a list. */
export const without = (path: string): Change => ({
  what: `has no ${path}`,
  in: at(path, (object, key) => {
    delete object[key];
  }),
});

/** The field at this path has this value, if the object above it exists. */
export const becomes = (path: string, to: unknown): Change => ({
  what: `has ${JSON.stringify(to)} as ${path}`,
  in: at(path, (object, key) => {
    object[key] = to;
  }),
});

/** The list at this path loses its last element. */
export const shortened = (path: string): Change => ({
  what: `lacks the last of ${path}`,
  in: at(path, (object, key) => {
    if (Array.isArray(object[key])) object[key].pop();
  }),
});

/** The list at this path has its first element twice. */
export const doubled = (path: string): Change => ({
  what: `has the first of ${path} twice`,
  in: at(path, (object, key) => {
    if (Array.isArray(object[key]) && object[key].length > 0) object[key].unshift(object[key][0]);
  }),
});

/** The list at this path is in the opposite order. */
export const turned = (path: string): Change => ({
  what: `has ${path} in the opposite order`,
  in: at(path, (object, key) => {
    if (Array.isArray(object[key])) object[key].reverse();
  }),
});

export function changed<T>(value: T, change: Change): T {
  const copy = structuredClone(value);
  change.in(copy);
  return copy;
}
