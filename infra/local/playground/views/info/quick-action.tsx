import { useRef, useState } from 'preact/hooks';
import { Button } from '../parts/controls.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { type Action, ActionMenu, type Point } from '../parts/menus/action-menu.tsx';
import { below } from '../parts/menus/row-menus.tsx';

interface QuickProps {
  icon: IconName;
  label: string;
  onPress(): unknown;
}

/** One of the large buttons below the name. */
export const QuickAction = ({ icon, label, onPress }: QuickProps) => (
  <Button class="quick" onPress={onPress}>
    <Icon name={icon} />
    <span>{label}</span>
  </Button>
);

interface MenuProps<Target> {
  icon: IconName;
  label: string;
  /** Names the menu. */
  title: string;
  target: Target;
  actions: readonly Action<Target>[];
}

/** One of the large buttons, which opens a menu. */
export function QuickMenu<Target>({ icon, label, title, target, actions }: MenuProps<Target>) {
  const [at, setAt] = useState<Point>();
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <Button
        class="quick"
        aria-haspopup="dialog"
        onPress={() => setAt(place.current ? below(place.current) : { x: 0, y: 0 })}
      >
        <Icon name={icon} />
        <span>{label}</span>
      </Button>
      {at && <ActionMenu label={title} at={at} target={target} actions={actions} onClose={() => setAt(undefined)} />}
    </div>
  );
}
