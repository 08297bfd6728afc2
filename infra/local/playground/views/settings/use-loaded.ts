import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../context.ts';

/** What a request answers: undefined until it does. `load` sends it again. Tells the user what went wrong. */
export function useLoaded<Answer>(request: () => Promise<Answer>) {
  const { attempt } = useApp();
  const [answer, setAnswer] = useState<Answer>();
  const [failed, setFailed] = useState(false);
  const load = async () => {
    setFailed(false);
    setFailed(!(await attempt(async () => setAnswer(await request()))));
  };
  useEffect(() => void load(), []);
  return { answer, failed, load };
}
