/** A call of a tool; its arguments are JSON, as the model has written it. */
export interface ToolCall {
  name: string;
  arguments: string;
  index?: number | undefined;
  id?: string | undefined;
}

/** Some of a call. Any of it may be missing. */
export type CallPiece = { [Field in keyof ToolCall]?: ToolCall[Field] | undefined };

const maxCalls = 16;

/**
 * Adds a piece to the call that it continues, or begins another. Servers leave out the index or the id, give all calls the
 * same index, or repeat the name with each piece; but whatever follows whole arguments is another call.
 */
export function addToolCall(calls: ToolCall[], piece: CallPiece): void {
  const known =
    calls.findLast(({ id }) => id !== undefined && id === piece.id) ??
    calls.findLast(({ index }) => index === undefined || piece.index === undefined || index === piece.index);
  const isOther = known?.id && piece.id && known.id !== piece.id && piece.name;
  if (!known || isOther || (begins(piece) && isWhole(known))) {
    if (calls.length < maxCalls) calls.push({ ...piece, name: piece.name ?? '', arguments: piece.arguments ?? '' });
    return;
  }
  if (piece.name !== known.name) known.name += piece.name ?? '';
  known.arguments += piece.arguments ?? '';
}

/** Only such a piece is compared with what came before, because parsing all arguments for each piece takes long. */
const begins = (piece: CallPiece): boolean =>
  Boolean(piece.name) || piece.arguments?.trimStart().startsWith('{') === true;

function isWhole(call: ToolCall): boolean {
  if (!call.arguments.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(call.arguments);
    return true;
  } catch {
    return false;
  }
}
