/** A random id, such as a `clientId`. Not `crypto.randomUUID`, which a page over plain HTTP lacks unless it is on localhost. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
