import type { Texts } from '../../texts/en/index.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

/** Leads to the end of the list, and counts the unread messages there. */
export const NewestButton = ({ unread, texts, onPress }: { unread: number; texts: Texts; onPress(): void }) => (
  <Button
    class="newest"
    aria-label={unread ? `${texts.chat.toNewest}: ${texts.home.unread(unread)}` : texts.chat.toNewest}
    onPress={onPress}
  >
    {unread > 0 && <span class="badge">{unread}</span>}
    <Icon name="newest" />
  </Button>
);
