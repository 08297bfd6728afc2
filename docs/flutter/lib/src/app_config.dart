/// Where the backend is. The stack's output `FlutterRun` is the `flutter run` line that sets all three.
abstract final class AppConfig {
  static const apiBaseUrl = String.fromEnvironment('API_BASE_URL', defaultValue: 'http://localhost:3000');
  static const wsBaseUrl = String.fromEnvironment('WS_BASE_URL', defaultValue: 'ws://localhost:3000');

  /// The URL of the user's inbox. A `WS_BASE_URL` that ends with `/live` is API Gateway's, which takes no path.
  static Uri inboxUrl(String ticket) => Uri.parse(
    wsBaseUrl.endsWith('/live') ? '$wsBaseUrl?inbox=1&ticket=$ticket' : '$wsBaseUrl/ws/inbox?ticket=$ticket',
  );

  /// The id of the web client, whose secret the backend has. The Android and iOS clients have other ids.
  static const googleClientId = String.fromEnvironment('GOOGLE_CLIENT_ID');
}
