/// Where the backend is: the stack's output `FlutterRun` is the line that sets all three.
class AppConfig {
  static const String apiBaseUrl = String.fromEnvironment('API_BASE_URL', defaultValue: 'http://localhost:3000');
  static const String wsBaseUrl = String.fromEnvironment('WS_BASE_URL', defaultValue: 'ws://localhost:3000');

  /// That of the web client, whose secret the backend has: not of the Android or the iOS one.
  static const String googleClientId = String.fromEnvironment('GOOGLE_CLIENT_ID');
}
