import { kindOf } from '#shared/contract/files/types.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { ChosenFile } from '../../../state/tray.ts';
import { useApp } from '../../context.ts';
import { sizeText } from '../../files/size-text.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';

/** Above the message box: the files that go with the text. */
export function FileTray({ open }: { open: OpenChat }) {
  const { texts } = useApp();
  const { files } = texts;
  const { tray } = open.unsent;
  if (tray.chosen.length === 0) return null;
  const remove = (key: string) => {
    tray.remove(key);
    open.onChange();
  };
  return (
    <ul class="tray" aria-label={files.chosen}>
      {tray.chosen.map((chosen) => (
        <li key={chosen.key} aria-busy={!chosen.file}>
          <Preview chosen={chosen} />
          <span class="about">
            <span dir="auto">{chosen.name}</span>
            <small>{chosen.file ? sizeText(chosen.size, files) : files.preparing}</small>
          </span>
          <Button class="quiet" aria-label={files.remove(chosen.name)} onPress={() => remove(chosen.key)}>
            <Icon name="close" />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Preview({ chosen: { file } }: { chosen: ChosenFile }) {
  const url = file?.local?.thumbnailUrl;
  if (url) return <img src={url} alt="" />;
  const kind = file && kindOf(file.mimeType);
  return <Icon name={kind === 'video' ? 'video' : kind === 'audio' ? 'microphone' : 'file'} />;
}
