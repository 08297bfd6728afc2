import type { Chat } from '#shared/contract/chats/chat.ts';
import type { AppContext } from '../../context.ts';
import { askForPortrait } from '../../files/portrait-dialog.tsx';

/** Lets the user choose the picture of a group. The group hears of it by a system message. */
export const askForGroupPicture = ({ id, name, pictureUrl }: Chat, { api, texts }: AppContext) =>
  askForPortrait({
    label: texts.files.groupPicture,
    id,
    name,
    url: pictureUrl,
    purpose: 'picture',
    api,
    texts,
    set: async (fileId) => (await api.groups.setPicture(id, fileId)).group.pictureUrl,
    remove: () => api.groups.deletePicture(id),
  });
