import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mustRun, run } from './run.ts';

const docs = join(import.meta.dirname, '../../docs');

/**
 * Analyzes the Dart packages of docs/flutter and runs their tests. Returns the reason if there is no Flutter SDK. Works in a
 * copy, because `flutter` writes beside the sources; the tests of the models read openapi.json, which lies beside them.
 */
export async function checkFlutter(): Promise<string | undefined> {
  const { succeeded, output } = await run(docs, 'flutter', '--version');
  if (!succeeded) return output;
  const copy = mkdtempSync(join(tmpdir(), 'flutter-'));
  cpSync(join(docs, 'flutter'), join(copy, 'flutter'), { recursive: true });
  cpSync(join(docs, 'openapi.json'), join(copy, 'openapi.json'));
  const packages = readdirSync(copy, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('pubspec.yaml'))
    .map((file) => join(copy, dirname(file)))
    .sort();
  // A package is analyzed after those below it have their dependencies, because it contains their folders.
  for (const folder of packages) await mustRun(folder, 'flutter', 'pub', 'get');
  await mustRun(join(copy, 'flutter'), 'flutter', 'analyze');
  const tested = packages.filter((folder) => existsSync(join(folder, 'test')));
  for (const folder of tested) await mustRun(folder, 'flutter', 'test');
  rmSync(copy, { recursive: true });
  console.log(`Dart: ${packages.length} packages analyzed, ${tested.length} of them tested.`);
  return undefined;
}
