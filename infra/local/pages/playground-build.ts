import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lucidePlugin } from './lucide-plugin.ts';
import { type PageFile, pageFile } from './page-file.ts';

/** The web client: the page at `/` and, below this path, its scripts, style, pictures, manifests and service worker. */
export const playgroundPath = '/_local/playground/';

const folder = join(import.meta.dirname, '../playground');

export type Language = 'en' | 'ru';

/** The web client as the browser gets it. */
export interface BuiltClient {
  /** The page preloads the texts in the browser's language. */
  pages: Record<Language, PageFile>;
  /** The keys are paths below `playgroundPath`. */
  files: ReadonlyMap<string, PageFile>;
  /** What it was made of. */
  sources: readonly string[];
  /** When the build began, in milliseconds since the epoch. */
  startedAt: number;
}

const options = {
  absWorkingDir: folder,
  bundle: true,
  write: false,
  outdir: folder,
  format: 'esm',
  target: 'es2023',
  charset: 'utf8',
  minify: true,
  metafile: true,
} as const satisfies BuildOptions;

/** Bundles the client. The page names its files with the hash of their content, so that a browser never asks twice. */
export async function buildClient(wsPath: string): Promise<BuiltClient> {
  const startedAt = Date.now();
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: ['main.tsx', 'style.css'],
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    sourcemap: 'linked',
    plugins: [lucidePlugin],
  });
  const statics = staticNames();
  const files = new Map(statics.map((name) => [name, pageFile(name, readFileSync(join(folder, name)))]));
  for (const { path, contents } of outputFiles) files.set(relative(folder, path), pageFile(path, contents));
  const url = (name: string): string => {
    const version = name.startsWith('chunks/') ? '' : `?v=${files.get(name)?.hash}`;
    return `${playgroundPath}${name}${version}`;
  };
  const named = (text: string) =>
    text.replaceAll(/\/_local\/playground\/([^"]+)/g, (path, name) => (files.has(name) ? url(name) : path));
  for (const name of [...files.keys()].filter((one) => one.endsWith('.webmanifest')))
    files.set(name, pageFile(name, named(readFileSync(join(folder, name), 'utf8'))));
  const template = named(readFileSync(join(folder, 'index.html'), 'utf8'));
  const pageIn = (language: Language) => {
    const preloads = scriptsOf(metafile.outputs, language).map(
      (name) => `<link rel="modulepreload" href="${url(name)}">`,
    );
    const html = template
      .replace('<html lang="en"', `<html lang="${language}" data-ws-path="${wsPath}"`)
      .replace('</head>', `${preloads.join('')}</head>`);
    return pageFile('index.html', html);
  };
  const pages = { en: pageIn('en'), ru: pageIn('ru') };
  const shell = ['/', ...[...files.keys()].filter((name) => !/\.(map|webmanifest|png)$/.test(name)).map(url)];
  files.set('service-worker.js', await buildWorker(shell, pages.en.hash));
  const inputs = [...Object.keys(metafile.inputs), workerFile];
  // A package changes with an installation, after which the server starts anew.
  const sources = ['index.html', ...statics, ...inputs.filter((path) => !path.includes('node_modules'))];
  return { pages, files, sources, startedAt };
}

const workerFile = 'worker/service-worker.ts';

/** `shell` are the URLs that it keeps. */
async function buildWorker(shell: readonly string[], version: string): Promise<PageFile> {
  const define = { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) };
  const { outputFiles } = await build({ ...options, entryPoints: [workerFile], define });
  return pageFile('service-worker.js', outputFiles[0]?.contents ?? '');
}

const staticNames = (): string[] =>
  ['', 'icons/'].flatMap((below) =>
    readdirSync(join(folder, below))
      .filter((name) => /\.(svg|png|webmanifest)$/.test(name))
      .map((name) => below + name),
  );

/** The scripts that run before the page shows anything, besides the main one. */
function scriptsOf(outputs: Metafile['outputs'], language: Language): string[] {
  const isTexts = ([, { entryPoint }]: [string, { entryPoint?: string }]) =>
    entryPoint === `texts/${language}/index.ts`;
  const [texts = ''] = Object.entries(outputs).find(isTexts) ?? [];
  return [...new Set([...importsOf(outputs, 'main.js'), texts, ...importsOf(outputs, texts)])];
}

/** What a script imports before it runs, directly or not. */
function importsOf(outputs: Metafile['outputs'], name: string): string[] {
  const imports = outputs[name]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
  return imports.flatMap(({ path }) => [path, ...importsOf(outputs, path)]);
}

/** Whether no source has changed since the client was built. */
export const isCurrent = ({ sources, startedAt }: BuiltClient): boolean =>
  sources.every((source) => {
    const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(join(folder, source), { throwIfNoEntry: false }) ?? {};
    return mtimeMs <= startedAt;
  });
