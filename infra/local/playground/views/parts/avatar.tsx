/** A person's initials, on a colour that is always theirs. */
export function Avatar({ id, name }: { id: string; name: string }) {
  const initials = name.split(/\s+/).map((word) => [...word][0] ?? '');
  const sum = Array.from(id).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 997, 7);
  return (
    <span class={`avatar colour${sum % 8}`} aria-hidden="true">
      {initials.slice(0, 2).join('').toUpperCase()}
    </span>
  );
}
