import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

interface LineProps {
  /** For the description of the message box. */
  id: string;
  onCancel(): void;
}

/** Above the message box: its text will be a question to the assistant. */
export function AskingLine({ id, onCancel }: LineProps) {
  const { chat } = useApp().texts;
  return (
    <div class="bar">
      <Icon name="spark" />
      <div id={id} class="quote">
        <strong>{chat.askMode}</strong>
        <span>{chat.askHint}</span>
      </div>
      <Button class="quiet" aria-label={chat.cancelAsking} onPress={onCancel}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
