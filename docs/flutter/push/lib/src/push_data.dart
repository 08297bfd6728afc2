import 'dart:convert';

/// The data of a push notification.
class PushData {
  PushData._(this._values, {required this.chatId, required this.seq, required this.unread, required this.type});

  /// Null for a notification from another sender.
  static PushData? read(Map<String, dynamic> values) {
    if (values case {'chatId': final String chatId, 'seq': final String seq, 'type': final String type}) {
      final unread = int.tryParse('${values['unread']}') ?? 0;
      return PushData._(values, chatId: chatId, seq: int.tryParse(seq) ?? 0, unread: unread, type: type);
    }
    return null;
  }

  /// The reverse of [encode].
  static PushData? decode(String? text) => text == null ? null : read(jsonDecode(text) as Map<String, dynamic>);

  final Map<String, dynamic> _values;

  final String chatId;

  /// The number of the message to show. If the notification is about several, the newest one.
  final int seq;

  /// How much is unread in the chat.
  final int unread;

  /// `message`, `mention`, `added`, `removed` or `role`: the user's own role has changed.
  final String type;

  String encode() => jsonEncode(_values);
}
