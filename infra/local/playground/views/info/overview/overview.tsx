import { mayManage } from '../../../state/open/group-rights.ts';
import { rulesOf } from '../../../state/open/writing-rules.ts';
import { useApp } from '../../context.ts';
import { avatarId, chatName } from '../../message-words.ts';
import { askForLine } from '../../parts/sheets/dialog.tsx';
import { presenceText } from '../../people-words.ts';
import { Portrait } from '../portrait.tsx';
import type { Info } from '../target.ts';
import { ChatRows } from './chat-rows.tsx';
import { DirectRows } from './direct-rows.tsx';
import { askForGroupPicture } from './group-picture.ts';
import { GroupRows } from './group-rows.tsx';
import { QuickActions } from './quick-actions.tsx';

/** The first part of the sheet: the chat, and what leads to the other parts. */
export function Overview(info: Info) {
  const app = useApp();
  const { api, texts } = app;
  const { open } = info;
  const { chat } = open;
  const name = chatName(chat, texts);
  const mayChange = mayManage(open);
  const rename = () =>
    askForLine({
      label: texts.home.groupName,
      verb: texts.save,
      texts,
      value: chat.name,
      act: async (line) => void (await api.groups.update(chat.id, { name: line })),
    });
  return (
    <>
      <Portrait
        id={avatarId(chat, open.userId)}
        name={name}
        url={chat.pictureUrl}
        about={presenceText(open, Date.now(), texts)}
        picture={
          mayChange ? { label: texts.info.changePicture, change: () => askForGroupPicture(chat, app) } : undefined
        }
        rename={mayChange ? { label: texts.info.rename, change: rename } : undefined}
      />
      {rulesOf(open).locked && <p class="info-note">{texts.info.locked}</p>}
      <QuickActions {...info} />
      <ChatRows {...info} />
      {chat.type === 'group' ? <GroupRows {...info} /> : <DirectRows {...info} />}
    </>
  );
}
