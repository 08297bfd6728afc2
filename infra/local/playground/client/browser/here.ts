/**
 * The URL under which this page reaches a file or the local bucket. The server names itself in its URLs, but a phone in the
 * same network or a forwarded port knows it by another name.
 */
export function here(url: string): string {
  const { pathname, search } = new URL(url, location.origin);
  return /^\/(files|_local)\//.test(pathname) ? location.origin + pathname + search : url;
}
