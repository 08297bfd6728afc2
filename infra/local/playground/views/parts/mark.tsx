import { Icon, type IconName } from './icon.tsx';

interface MarkProps {
  class?: string;
  icon: IconName;
  /** What it means. */
  label: string;
}

/** An icon that says something by itself. */
export const Mark = ({ class: name, icon, label }: MarkProps) => (
  <span class={name} role="img" aria-label={label} title={label}>
    <Icon name={icon} />
  </span>
);
