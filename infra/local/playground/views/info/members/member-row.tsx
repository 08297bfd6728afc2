import type { Member } from '../../../state/open/membership.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { openPanel } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { seenText } from '../../people-words.ts';

/** A member of a group, which leads to what there is to know about them; the user's own leads nowhere. */
export function MemberRow({ member, open }: { member: Member; open: OpenChat }) {
  const { texts } = useApp();
  const { id, name, role = 'member', avatarUrl } = member;
  const isSelf = id === open.userId;
  const user = open.details.presence.users.find(({ userId }) => userId === id);
  const content = (
    <>
      <Avatar id={id} name={name} url={avatarUrl} />
      <span class="about">
        <span dir="auto">{isSelf ? texts.info.you(name) : name}</span>
        <small>{isSelf ? texts.people.online : seenText(user, Date.now(), texts)}</small>
      </span>
      {role !== 'member' && <small class="role">{texts.info.roles[role]}</small>}
    </>
  );
  return (
    <li class="member">
      {isSelf ? (
        <div class="sheet-row">{content}</div>
      ) : (
        <button type="button" id={`member-${id}`} class="sheet-row" onClick={() => openPanel(`info/person/${id}`)}>
          {content}
        </button>
      )}
    </li>
  );
}
