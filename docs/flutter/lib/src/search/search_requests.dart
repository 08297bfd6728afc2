import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/models.dart';
import '../times.dart';

/// Sends the requests of a search. The backend accepts 20 in a minute from a user: what it refuses is sent again when it
/// says.
class SearchRequests {
  SearchRequests(this._api, {required this.onWait});

  final ChatApi _api;
  final void Function() onWait;

  /// When the request that the backend has refused is sent again. It may be past.
  DateTime? waitsUntil;

  /// How many searches have begun.
  int get search => _search;
  int _search = 0;

  /// Drops what is under way: the user searches for something else, or not any more.
  void drop() => _search++;

  /// Null if the search was dropped meanwhile.
  Future<SearchMessagesResponse?> send(String chatId, String query, {String? from, int? before, int? limit}) async {
    final search = _search;
    while (true) {
      // Another search waits as well: the limit is the user's.
      final wait = waitsUntil?.difference(DateTime.now()) ?? Duration.zero;
      if (wait > Duration.zero) await Future<void>.delayed(wait);
      if (search != _search) return null;
      try {
        final request = _api.searchMessages(chatId, q: query, from: from, before: before, limit: limit);
        final page = await request;
        return search == _search ? page : null;
      } on Exception catch (error) {
        if (search != _search) return null;
        if (error is! ApiProblem || error.code != 'too_many_requests') rethrow;
        waitsUntil = DateTime.now().add(error.retryAfter ?? Times.search);
        onWait();
      }
    }
  }
}
