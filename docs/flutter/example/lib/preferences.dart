import 'package:group_chat_client/group_chat_client.dart';
import 'package:shared_preferences/shared_preferences.dart';

/// Keeps unsent messages and drafts in the app's own files, without encryption.
class Preferences implements TextStore {
  final _preferences = SharedPreferencesAsync();

  @override
  Future<String?> read(String key) => _preferences.getString(key);

  @override
  Future<void> write(String key, String text) => _preferences.setString(key, text);

  @override
  Future<void> delete(String key) => _preferences.remove(key);
}
