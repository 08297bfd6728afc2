/**
 * Takes the place, in the bundles, of packages that Google's client carries for other surroundings: node-fetch for a
 * Node without fetch, gcp-metadata for machines of Google's.
 */
export default globalThis.fetch;
