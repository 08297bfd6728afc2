import 'dart:async';

import 'package:flutter/foundation.dart';

import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'chat_loader.dart';
import 'frames.dart';
import 'inbox.dart';
import 'listed_chat.dart';

/// The user's chats, kept up to date by the frames of the inbox. When the inbox comes back, it loads only the chats in
/// which something has happened. Listeners hear of every change.
class ChatList extends ChangeNotifier {
  ChatList(this._api, this._inbox) {
    _inbox.addListener(_follow);
    _frames = _inbox.frames.listen(_receive);
  }

  final ChatApi _api;
  final Inbox _inbox;
  final _chats = <String, ListedChat>{};

  /// The chats that the user has left or removed since the inbox was opened, with their last numbers.
  final _removed = <String, int>{};

  /// The chats that have appeared since.
  final _appeared = <String>{};

  late final StreamSubscription<Frame> _frames;
  late final _loader = ChatLoader(_api, onChat: _put, onList: _replace, onGone: _remove);

  /// Whether the list has been loaded.
  bool get isLoaded => _isLoaded;
  bool _isLoaded = false;

  /// Whether the list is up to date: the inbox is live, and no chat is waiting to be loaded.
  bool get isCurrent => _isLoaded && _inbox.isLive && _loader.isIdle;
  bool _disposed = false;

  /// All chats, the one with the newest message first.
  List<ListedChat> get all => _chats.values.toList()..sort((a, b) => b.lastMessageAt.compareTo(a.lastMessageAt));

  ListedChat? find(String chatId) => _chats[chatId];

  /// How much is unread, without the chats that are muted: the number on the app's icon.
  int get total => _chats.values.fold(0, (sum, chat) => sum + chat.badge);

  /// Loads the list anew, for example when the user pulls it down. Also completes if that fails, and tries again later.
  Future<void> reload() => _loader.loadList();

  @override
  void dispose() {
    _disposed = true;
    _inbox.removeListener(_follow);
    unawaited(_frames.cancel());
    _loader.stop();
    super.dispose();
  }

  void _follow() {
    switch (_inbox.state) {
      case RealtimeState.catchingUp:
        _removed.clear();
        _appeared.clear();
      case RealtimeState.live:
        _compare(_inbox.heads);
      case _:
        break;
    }
  }

  void _compare(Map<String, UnreadChat> heads) {
    if (!_isLoaded) {
      unawaited(reload());
      return;
    }
    _chats.removeWhere((chatId, _) => !heads.containsKey(chatId) && !_appeared.contains(chatId));
    _loader.load([
      for (final MapEntry(key: chatId, value: head) in heads.entries)
        if (!_removed.containsKey(chatId) && _chats[chatId]?.agreesWith(head) != true) chatId,
    ]);
    _changed();
  }

  void _receive(Frame frame) {
    final chatId = frame.chatId;
    if (chatId == null) return;
    switch (frame) {
      case ChatFrame():
        _removed.remove(chatId);
        _appeared.add(chatId);
        _loader.load([chatId]);
      case ChatRemovedFrame():
        _remove(chatId);
      case MessageFrame(:final message):
        _arrived(chatId, message);
      case ChangedFrame(:final message, :final rev):
        _apply(chatId, (chat) => chat.change(message, rev: rev, userId: _inbox.userId));
      case ReadFrame(:final userId, :final seq) when userId == _inbox.userId:
        _apply(chatId, (chat) => chat.read(seq));
      case _:
        break;
    }
  }

  void _arrived(String chatId, Message message) {
    final lastSeq = _removed[chatId];
    if (lastSeq == null) return _apply(chatId, (chat) => chat.receive(message, userId: _inbox.userId));
    // A direct chat comes back with its next message. If the user has left a group, the backend says so.
    if (message.seq > lastSeq) _loader.load([chatId]);
  }

  /// Takes a frame, and loads the chat if the frame does not tell everything.
  void _apply(String chatId, bool Function(ListedChat chat) take) {
    if (_removed.containsKey(chatId)) return;
    _loader.touch(chatId);
    final chat = _chats[chatId];
    if (chat == null || !take(chat)) _loader.load([chatId]);
    _changed();
  }

  void _put(Chat chat) {
    // The user may have removed it while it was being loaded.
    if (chat.lastSeq <= (_removed[chat.id] ?? -1)) return;
    _removed.remove(chat.id);
    _chats[chat.id] = ListedChat(chat);
    _changed();
  }

  void _replace(List<Chat> chats) {
    _isLoaded = true;
    _chats
      ..clear()
      ..addAll({
        for (final chat in chats)
          if (!_removed.containsKey(chat.id)) chat.id: ListedChat(chat),
      });
    _changed();
  }

  void _remove(String chatId) {
    _removed[chatId] = _chats.remove(chatId)?.lastSeq ?? _removed[chatId] ?? 0;
    _changed();
  }

  void _changed() {
    if (!_disposed) notifyListeners();
  }
}
