import type { Texts } from '../../../texts/en/index.ts';
import { Icon } from '../../parts/icon.tsx';

/** A link comes from another user's client, so only web addresses are shown: never `javascript:`. */
export function MeetingLink({ url, texts }: { url: string | undefined; texts: Texts }) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" class="meet">
      <Icon name="video" />
      {texts.chat.joinMeeting}
    </a>
  );
}
