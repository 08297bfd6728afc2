import { useEffect, useMemo, useReducer } from 'preact/hooks';

interface Search {
  stop(): void;
}

/** A search that ends with the view. Each change of it renders the view again. */
export function useSearch<S extends Search>(make: (onChange: () => void) => S): S {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const search = useMemo(() => make(() => rerender(0)), []);
  useEffect(() => () => search.stop(), [search]);
  return search;
}
