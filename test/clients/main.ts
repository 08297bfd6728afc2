import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Runner } from '../../infra/local/runner.ts';
import { checkFlutter } from './flutter.ts';
import { mustRun, run, saySkipped } from './run.ts';

/**
 * `npm run check:clients`: generates clients from docs/openapi.json, compiles them, and lets them talk to a server. TypeScript
 * needs only npm. Everything else that openapi-generator makes needs Maven, and is skipped without it or with --typescript.
 * Also analyzes and tests the Dart packages of docs/flutter, if there is a Flutter SDK.
 */

/** A copy, because the tools of this repository would find what is installed and generated beside the sources. */
const folder = mkdtempSync(join(tmpdir(), 'clients-'));
cpSync(import.meta.dirname, folder, { recursive: true });
cpSync(join(import.meta.dirname, '../../docs/openapi.json'), join(folder, 'openapi.json'));
const typescript = join(folder, 'typescript');
const jvm = join(folder, 'jvm');

/** Maven's words if it cannot reach its repository. It "could not find" a wrong version, which is a mistake in pom.xml. */
const unreachable = /Could not transfer artifact.*/;

async function checkTypescript(server: string): Promise<void> {
  await mustRun(typescript, 'npm', 'ci');
  await mustRun(typescript, 'npm', 'run', 'generate');
  await mustRun(typescript, 'npx', 'tsc');
  await mustRun(typescript, process.execPath, 'conversation.ts', server);
  console.log('TypeScript (openapi-typescript): compiled, and talked to the server.');
}

/** Returns the reason if Maven cannot be used. */
async function checkOpenapiGenerator(server: string): Promise<string | undefined> {
  for (const tool of ['mvn', 'javac']) {
    const { succeeded, output } = await run(jvm, tool, '-version');
    if (!succeeded) return output;
  }
  const { succeeded, output } = await run(jvm, 'mvn', '--batch-mode', '--quiet', '-U', 'test', `-Dserver=${server}`);
  const reason = succeeded ? undefined : unreachable.exec(output)?.[0];
  if (reason) return reason;
  if (!succeeded) throw new Error(`In ${jvm}: mvn test failed.\n${output}`);
  for (const test of ['JavaClientTest', 'KotlinClientTest'])
    if (!existsSync(join(jvm, `target/surefire-reports/${test}.txt`))) throw new Error(`${test} did not run.`);
  console.log('Java and Kotlin (openapi-generator): compiled, and talked to the server.');
  const strict = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
  await mustRun(typescript, 'npx', 'tsc', ...strict, join(jvm, 'target/generated/typescript-fetch/index.ts'));
  console.log('TypeScript (typescript-fetch): compiled. Dart (dart-dio) and Swift (swift6): generated.');
  return undefined;
}

const runner = await Runner.start({ port: 0, log: () => {} });
try {
  await checkTypescript(runner.url);
  const isLeftOut = process.argv.includes('--typescript');
  const missing = isLeftOut ? 'They were left out with --typescript.' : await checkOpenapiGenerator(runner.url);
  if (missing !== undefined) {
    saySkipped(
      'Clients in Java, Kotlin, Dart and Swift were NOT generated, compiled and tested.',
      'They need Maven, a JDK (17 or newer), and Maven Central.',
      missing,
    );
  }
  const withoutFlutter = await checkFlutter();
  if (withoutFlutter !== undefined)
    saySkipped(
      'The Dart packages of docs/flutter were NOT analyzed and tested by a Dart SDK, only by test/docs/flutter.',
      'That needs Flutter 3.38 or newer on the PATH.',
      withoutFlutter,
    );
} finally {
  await runner.close();
}
rmSync(folder, { recursive: true });
