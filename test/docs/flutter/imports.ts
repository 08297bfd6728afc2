export interface Import {
  /** A key of `published`: the package, or the library of an SDK. */
  library: string;
  prefix: string | undefined;
}

/** What a Dart file imports from other packages and from the SDK. */
export const importsOf = (code: string): Import[] =>
  Array.from(
    code.matchAll(/^import '(?:package:)?([\w:]+)(?:\/(\w+\.dart))?'(?: as (\w+))?.*;/gm),
    ([, name = '', file, prefix]) => ({ library: name === 'flutter' ? `${name}/${file}` : name, prefix }),
  );
