import 'package:flutter/foundation.dart';

import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'search_requests.dart';

/// A search in one chat, the newest messages first. Listeners hear of every change.
class MessageSearch extends ChangeNotifier {
  MessageSearch(this._api, {required this.chatId});

  static const _pageSize = 30;

  final ChatApi _api;
  final String chatId;
  late final _requests = SearchRequests(_api, onWait: notifyListeners);

  /// What is searched for. Empty if nothing is.
  String get query => _query;
  String _query = '';

  /// Only messages of this user, or of "assistant".
  String? _from;

  /// The hits as they were found: show the newest state of each, `chat.reader.stateOf`.
  List<Message> get hits => _hits;
  List<Message> _hits = const [];

  bool get isSearching => _isSearching;
  bool _isSearching = false;

  /// The number down to which the messages were searched. Null if there are no older ones.
  int? get searchedTo => _searchedTo;
  int? _searchedTo;

  /// When a search goes on for which there were too many requests. It may be past.
  DateTime? get waitsUntil => _requests.waitsUntil;

  /// Begins a search. An answer to the one before is dropped. An empty query ends the search.
  Future<void> start(String query, {String? from}) async {
    _requests.drop();
    _query = query.trim();
    _from = from;
    _hits = const [];
    _searchedTo = null;
    _isSearching = false;
    notifyListeners();
    if (_query.isNotEmpty) await _load();
  }

  /// Searches older messages, if there are some. After a failure it tries the same again.
  Future<void> more() async {
    if (_query.isNotEmpty && !_isSearching) await _load();
  }

  @override
  void dispose() {
    _requests.drop();
    super.dispose();
  }

  Future<void> _load() async {
    final search = _requests.search;
    _isSearching = true;
    notifyListeners();
    try {
      final page = await _requests.send(chatId, _query, from: _from, before: _searchedTo, limit: _pageSize);
      if (page == null) return;
      _hits = [..._hits, ...page.messages];
      _searchedTo = page.searchedTo;
    } finally {
      if (search == _requests.search) {
        _isSearching = false;
        notifyListeners();
      }
    }
  }
}
