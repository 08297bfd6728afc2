/**
 * Replaces two packages that Google's client needs elsewhere: node-fetch, for a Node without fetch, and gcp-metadata, for
 * Google's own machines.
 */
export default globalThis.fetch;
