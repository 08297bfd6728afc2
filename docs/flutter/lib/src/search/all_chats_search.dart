import 'package:flutter/foundation.dart';

import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'search_requests.dart';

/// What was found in a chat: its newest hits, and whether a `MessageSearch` in it may find more.
typedef FoundInChat = ({String chatId, List<Message> hits, bool hasMore});

/// A search in all chats, ten at a time: each takes a request, and the backend accepts 20 in a minute. Listeners hear of
/// every change.
class AllChatsSearch extends ChangeNotifier {
  AllChatsSearch(this._api);

  static const _maxChats = 10;
  static const _concurrency = 3;
  static const _hitsPerChat = 3;

  final ChatApi _api;
  late final _requests = SearchRequests(_api, onWait: notifyListeners);
  final _found = <String, FoundInChat>{};
  List<String> _chatIds = const [];

  /// The chats that were not searched yet.
  List<String> _left = [];

  /// What is searched for. Empty if nothing is.
  String get query => _query;
  String _query = '';

  /// The chats with hits, in the order in which they were given.
  List<FoundInChat> get found => [for (final chatId in _chatIds) ?_found[chatId]];

  bool get isSearching => _isSearching;
  bool _isSearching = false;

  /// Whether some chats were not searched yet.
  bool get hasMore => _left.isNotEmpty;

  /// When a search goes on for which there were too many requests. It may be past.
  DateTime? get waitsUntil => _requests.waitsUntil;

  /// Begins a search in the first ten of these chats. Answers to the one before are dropped.
  Future<void> start(String query, {required Iterable<String> chatIds}) async {
    _requests.drop();
    _query = query.trim();
    _chatIds = chatIds.toList();
    _left = _query.isEmpty ? [] : [..._chatIds];
    _found.clear();
    _isSearching = false;
    await more();
  }

  /// Searches the next ten chats, and those in which the search has failed.
  Future<void> more() async {
    if (_isSearching) return;
    final search = _requests.search;
    final turn = _left.take(_maxChats).toList();
    _left = _left.skip(_maxChats).toList();
    _isSearching = true;
    notifyListeners();
    try {
      await Future.wait([for (var n = 0; n < _concurrency; n++) _searchEach(turn)]);
    } finally {
      if (search == _requests.search) {
        _left = [...turn, ..._left];
        _isSearching = false;
        notifyListeners();
      }
    }
  }

  @override
  void dispose() {
    _requests.drop();
    super.dispose();
  }

  /// Takes chats from the list until it is empty or a search has failed.
  Future<void> _searchEach(List<String> turn) async {
    while (turn.isNotEmpty) {
      final chatId = turn.removeAt(0);
      try {
        final page = await _requests.send(chatId, _query, limit: _hitsPerChat);
        if (page == null) return;
        final SearchMessagesResponse(messages: hits, :searchedTo) = page;
        final hasMore = searchedTo != null;
        if (hits.isNotEmpty || hasMore) _found[chatId] = (chatId: chatId, hits: hits, hasMore: hasMore);
        notifyListeners();
      } on Exception catch (error) {
        // The user has left the chat.
        if (error is ApiProblem && error.isFinal) continue;
        turn.insert(0, chatId);
        rethrow;
      }
    }
  }
}
