import type { ComponentChildren } from 'preact';

interface SegmentsProps<Value> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; children?: ComponentChildren }[];
  onChoose(value: Value): void;
}

/** A few choices side by side, of which one is in force. An option with children shows these in place of its label. */
export function Segments<Value extends string>({ label, value, options, onChoose }: SegmentsProps<Value>) {
  return (
    <fieldset class="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          {...(option.children ? { 'aria-label': option.label, title: option.label } : {})}
          onClick={() => onChoose(option.value)}
        >
          {option.children ?? option.label}
        </button>
      ))}
    </fieldset>
  );
}
