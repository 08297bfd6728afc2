import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Runner } from '../../infra/local/runner.ts';

/**
 * `npm run check:clients`: generates clients from docs/openapi.json, compiles them, and lets them talk to a server. TypeScript
 * needs only npm. Everything else that openapi-generator makes needs Maven, and is skipped without it or with --typescript.
 */

/** A copy, because the tools of this repository would find what is installed and generated beside the sources. */
const folder = mkdtempSync(join(tmpdir(), 'clients-'));
cpSync(import.meta.dirname, folder, { recursive: true });
cpSync(join(import.meta.dirname, '../../docs/openapi.json'), join(folder, 'openapi.json'));
const typescript = join(folder, 'typescript');
const jvm = join(folder, 'jvm');

/** Maven's words if it cannot reach its repository. It "could not find" a wrong version, which is a mistake in pom.xml. */
const unreachable = /Could not transfer artifact.*/;

interface Ended {
  succeeded: boolean;
  output: string;
}

/** Runs a command to its end, while the server in this process goes on. */
async function run(cwd: string, command: string, ...args: string[]): Promise<Ended> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = new Promise<Ended>((resolve) => {
    child.once('error', ({ message }) => resolve({ succeeded: false, output: message }));
    child.once('close', (code) => resolve({ succeeded: code === 0, output: '' }));
  });
  const [{ succeeded, output }, out, err] = await Promise.all([end, text(child.stdout), text(child.stderr)]);
  return { succeeded, output: output + out + err };
}

async function mustRun(cwd: string, command: string, ...args: string[]): Promise<void> {
  const { succeeded, output } = await run(cwd, command, ...args);
  if (!succeeded) throw new Error(`In ${cwd}: ${command} ${args.join(' ')} failed.\n${output}`);
}

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
    console.log('==================== SKIPPED ====================');
    console.log('Clients in Java, Kotlin, Dart and Swift were NOT generated, compiled and tested.');
    console.log('They need Maven, a JDK (17 or newer), and Maven Central. The reason:');
    console.log(missing.trim());
    console.log('==================== SKIPPED ====================');
  }
} finally {
  await runner.close();
}
rmSync(folder, { recursive: true });
