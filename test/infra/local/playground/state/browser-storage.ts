import { vi } from 'vitest';

/** Stands in for the browser's storage until the globals are restored. Returns what it contains. */
export function stubStorage(): Record<string, string> {
  const storage: Record<string, string> = {};
  // Its keys are properties, as those of a browser's storage are.
  const methods = {
    getItem: (key: string) => storage[key] ?? null,
    setItem: (key: string, value: string) => void Object.assign(storage, { [key]: value }),
    removeItem: (key: string) => void delete storage[key],
  };
  vi.stubGlobal(
    'localStorage',
    new Proxy(storage, { get: (_, name) => methods[name as keyof typeof methods] ?? storage[String(name)] }),
  );
  return storage;
}
