import { useState } from 'preact/hooks';
import { here } from '../../client/browser/here.ts';

interface AvatarProps {
  id: string;
  name: string;
  /** Of their picture. */
  url?: string | undefined;
}

/** A person's or a group's picture; without one, initials on a colour that is always theirs. */
export function Avatar({ id, name, url }: AvatarProps) {
  const [failed, setFailed] = useState<string>();
  const words = name.split(/\s+/);
  const named = words.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  // A name may have only emojis.
  const initials = (named.length > 0 ? named : words).map((word) => [...word][0] ?? '');
  const sum = Array.from(id).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 997, 7);
  return (
    // The style draws the initials: as a text of the page they would be a part of the names of buttons.
    <span
      class={`avatar colour${sum % 8}`}
      aria-hidden="true"
      data-initials={initials.slice(0, 2).join('').toUpperCase()}
    >
      {url && url !== failed && <img src={here(url)} alt="" loading="lazy" onError={() => setFailed(url)} />}
    </span>
  );
}
