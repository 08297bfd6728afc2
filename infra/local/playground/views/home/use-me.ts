import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { Me } from '../../state/me.ts';
import { useApp } from '../context.ts';

/** The user's own profile. Each change of it renders the view again. */
export function useMe(onRename: () => void): Me {
  const { api, session } = useApp();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const me = useMemo(() => new Me(api, session, { onChange: () => rerender(0), onRename }), [api, session]);
  useEffect(() => {
    // Without an answer, the user's initials stand for their picture.
    me.load().catch(() => {});
  }, [me]);
  return me;
}
