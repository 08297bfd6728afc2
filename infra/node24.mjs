// Loaded before everything else: says it plainly when Node is too old to run TypeScript, as Lambda's Node 24 does.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `This needs Node 24, which Lambda runs; this is ${process.version}. On Linux "npm ci" brings it along ` +
      '(unless told --omit=optional), for npm scripts and npx. Elsewhere install it from https://nodejs.org; on Windows use WSL.',
  );
  process.exit(1);
}
