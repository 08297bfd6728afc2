import { useId } from 'preact/hooks';
import type { FieldError } from '#shared/contract/problem.ts';
import { useApp } from '../../context.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { fieldText } from '../../problem-text.ts';
import type { Candidate } from './candidates.ts';

interface RowProps {
  person: Candidate;
  isChosen: boolean;
  /** Why they can't be added. */
  refusal: FieldError | undefined;
  onToggle(): void;
}

/** Somebody whom the user can choose, or can't add. */
export function CandidateRow({ person: { id, name, avatarUrl }, isChosen, refusal, onToggle }: RowProps) {
  const { texts } = useApp();
  const why = useId();
  return (
    <li class="member">
      <label class="sheet-row">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={refusal !== undefined}
          aria-describedby={refusal && why}
          onChange={onToggle}
        />
        <Avatar id={id} name={name} url={avatarUrl} />
        <span class="about">
          <span dir="auto">{name}</span>
        </span>
      </label>
      {refusal && (
        <p id={why} class="complaint">
          {fieldText(texts, refusal)}
        </p>
      )}
    </li>
  );
}
