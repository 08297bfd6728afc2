import type { Editing } from '../../../state/changes/editing.ts';
import { useApp } from '../../context.ts';
import { contentText } from '../../message-words.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';

/** Says which message is in the message box, and what has happened to it since. */
export function EditingBar({ editing }: { editing: Editing }) {
  const { texts } = useApp();
  const { message, meanwhile } = editing;
  if (!message) return null;
  return (
    <div class="bar">
      <Icon name="pencil" />
      <div class="quote">
        <strong>{texts.composer.editing}</strong>
        {meanwhile !== 'deleted' && <span dir="auto">{contentText(message, texts)}</span>}
        <span class="complaint" role="alert">
          {meanwhile === 'deleted' && texts.problems.message_deleted}
          {meanwhile === 'edited' && texts.composer.editedMeanwhile}
        </span>
      </div>
      <Button class="quiet" aria-label={texts.composer.cancelEditing} onPress={() => editing.cancel()}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
