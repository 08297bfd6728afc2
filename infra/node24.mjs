// Loaded before the entry points that README names. An older Node cannot run TypeScript, and one before 24.9 takes every
// offer to upgrade a connection for a WebSocket (`shouldUpgradeCallback` is ignored); neither says so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 9)) {
  console.error(
    `Node 24.9 or newer is required, and this is ${process.version}. On Linux, "npm ci" installs it for npm scripts and ` +
      'npx (unless --omit=optional is set). Elsewhere, install it from https://nodejs.org; on Windows, use WSL.',
  );
  process.exit(1);
}
