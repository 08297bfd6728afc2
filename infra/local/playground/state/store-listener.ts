/** What a view of the store is told. */
export interface StoreListener {
  /** Something that it shows has changed. */
  onChange(): void;
  /** The list of chats could not be loaded. */
  onTrouble(error: unknown): void;
  /** This number of unsent messages was deleted because the user has left their chats. */
  onDropped(messages: number): void;
}

export const nobody: StoreListener = { onChange: () => {}, onTrouble: () => {}, onDropped: () => {} };
