/** The texts about who somebody is, what they are doing and when they were here. */
export const peopleEn = {
  online: 'online',
  onlineCount: (people: number) => `${people} online`,
  lastSeen: (when: string) => `last seen ${when}`,
  /** `day` is the name of a day or a date. */
  dayAt: (day: string, time: string) => `${day} at ${time}`,
  isTyping: ([name = '', other, ...others]: string[]) => {
    if (other === undefined) return `${name} is typing`;
    return `${name} and ${others.length > 0 ? `${others.length + 1} others` : other} are typing`;
  },
  assistant: 'Assistant',
  /** The author of the operator's announcements. */
  administration: 'Administration',
  somebody: 'somebody',
  deletedUser: 'Deleted user',
  you: 'You',
};
