import 'dart:async';

import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/models.dart';
import '../times.dart';

/// Loads chats of the list that have changed: each by itself, or the whole list if they are many. What fails is tried
/// again later.
class ChatLoader {
  ChatLoader(this._api, {required this.onChat, required this.onList, required this.onGone});

  /// The whole list takes one request, which costs about as much as those for so many chats.
  static const _few = 10;

  final ChatApi _api;
  final void Function(Chat chat) onChat;
  final void Function(List<Chat> chats) onList;

  /// The chat is not the user's any more.
  final void Function(String chatId) onGone;

  /// The chats that wait to be loaded.
  final _stale = <String>{};
  bool _isListStale = false;

  /// What is being loaded: a chat, or the list.
  String? _chatId;
  bool _isListing = false;
  Future<void>? _running;
  int _failures = 0;
  Timer? _retryTimer;
  bool _stopped = false;

  /// Whether nothing is being loaded or waiting to be loaded.
  bool get isIdle => _stale.isEmpty && !_isListStale && !_isListing && _chatId == null;

  void stop() {
    _stopped = true;
    _retryTimer?.cancel();
  }

  void load(Iterable<String> chatIds) {
    _stale.addAll(chatIds);
    // While the backend refuses, frames must not make the waits shorter.
    if (_retryTimer?.isActive != true) unawaited(_start());
  }

  /// Completes when the list has been loaded, or could not be.
  Future<void> loadList() {
    _isListStale = true;
    return _start();
  }

  /// Something has happened in this chat. If it is being loaded, the answer may be older: then it is loaded once more.
  void touch(String chatId) {
    if (_isListing || _chatId == chatId) _stale.add(chatId);
  }

  Future<void> _start() => _running ??= _run().whenComplete(() => _running = null);

  Future<void> _run() async {
    _retryTimer?.cancel();
    try {
      while (!_stopped && (_isListStale || _stale.isNotEmpty)) {
        await (_isListStale || _stale.length > _few ? _loadList() : _loadChat(_stale.first));
      }
      _failures = 0;
    } on Object catch (error) {
      final retryAfter = error is ApiProblem ? error.retryAfter : null;
      final wait = retryAfter ?? Times.jittered(Times.backOff, _failures++);
      if (!_stopped) _retryTimer = Timer(wait, () => unawaited(_start()));
    }
  }

  Future<void> _loadList() async {
    _stale.clear();
    _isListStale = true;
    _isListing = true;
    final List<Chat> chats;
    try {
      chats = await _listAll();
      _isListStale = false;
    } finally {
      _isListing = false;
    }
    if (!_stopped) onList(chats);
  }

  Future<List<Chat>> _listAll() async {
    final chats = <Chat>[];
    String? cursor;
    do {
      final page = await _api.listChats(cursor: cursor);
      chats.addAll(page.chats);
      cursor = page.cursor;
    } while (cursor != null);
    return chats;
  }

  Future<void> _loadChat(String chatId) async {
    _stale.remove(chatId);
    _chatId = chatId;
    final Chat? chat;
    try {
      chat = await _find(chatId);
    } on Object {
      _stale.add(chatId);
      rethrow;
    } finally {
      _chatId = null;
    }
    if (_stopped) return;
    if (chat == null) {
      onGone(chatId);
    } else {
      onChat(chat);
    }
  }

  /// Null if the chat is not the user's any more.
  Future<Chat?> _find(String chatId) async {
    try {
      return await _api.getChat(chatId);
    } on ApiProblem catch (problem) {
      if (!problem.isFinal || problem.isSignedOut) rethrow;
      return null;
    }
  }
}
