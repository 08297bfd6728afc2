import 'rest/models.dart';

/// What the user has set for a chat of their list, and nobody else sees.
extension OwnSettings on Chat {
  bool get isPinned => place?.pinned ?? false;
  bool get isArchived => place?.archived ?? false;

  /// Whether the chat has unread messages, or the user has marked it as unread.
  bool get isUnread => unreadCount > 0 || markedUnread == true;

  /// Whether nothing in the chat notifies the user now. What is unread in it is not in the total.
  bool get isMuted {
    final until = notifications?.mutedUntil;
    return notifications?.level == 'none' || (until != null && until.isAfter(DateTime.now()));
  }
}
