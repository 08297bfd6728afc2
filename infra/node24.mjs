// Loaded before the entry points that README names: an older Node cannot run TypeScript, and its own error does not say so.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Node 24 is required, and this is ${process.version}. On Linux, "npm ci" installs it for npm scripts and npx ` +
      '(unless --omit=optional is set). Elsewhere, install it from https://nodejs.org; on Windows, use WSL.',
  );
  process.exit(1);
}
