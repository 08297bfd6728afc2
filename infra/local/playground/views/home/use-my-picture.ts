import { useEffect, useRef, useState } from 'preact/hooks';
import type { User } from '../../client/rest/session.ts';
import { useApp } from '../context.ts';
import { askForPortrait } from '../files/portrait-dialog.tsx';

/** The URL of the user's own picture, and a function that lets them change it. `loaded` waits for the URL, or for no answer. */
export function useMyPicture({ id, name }: User) {
  const { api, texts } = useApp();
  const [url, setUrl] = useState<string>();
  const loading = useRef<Promise<void>>(undefined);
  useEffect(() => {
    // Without an answer, their initials stand for them.
    loading.current = api.users.me().then(
      ({ user }) => setUrl(user.avatarUrl),
      () => {},
    );
  }, [api]);
  const keep = (avatarUrl: string | undefined) => {
    setUrl(avatarUrl);
    return avatarUrl;
  };
  const ask = () =>
    askForPortrait({
      label: texts.files.myPicture,
      id,
      name,
      url,
      purpose: 'avatar',
      api,
      texts,
      set: async (fileId) => keep((await api.users.setAvatar(fileId)).user.avatarUrl),
      remove: async () => keep((await api.users.deleteAvatar()).user.avatarUrl),
    });
  return { url, ask, loaded: () => loading.current };
}
