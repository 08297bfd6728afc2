import 'package:google_sign_in/google_sign_in.dart';

import '../app_config.dart';
import 'chat_api.dart';

/// Lets the backend create Google Meet links on the user's behalf. Needs google_sign_in 7 on Android or iOS.
class GoogleLink {
  GoogleLink(this._api);

  static const _scopes = ['https://www.googleapis.com/auth/meetings.space.created'];

  final ChatApi _api;

  /// google_sign_in must be initialized exactly once, before any other call.
  static Future<GoogleSignIn>? _google;

  static const _notConfigured = GoogleSignInException(
    code: GoogleSignInExceptionCode.clientConfigurationError,
    description: 'The app was built without --dart-define=GOOGLE_CLIENT_ID=..., the id of the web client.',
  );

  static Future<GoogleSignIn> _signIn() => _google ??= _initialize();

  static Future<GoogleSignIn> _initialize() async {
    if (AppConfig.googleClientId.isEmpty) throw _notConfigured;
    try {
      await GoogleSignIn.instance.initialize(serverClientId: AppConfig.googleClientId);
      return GoogleSignIn.instance;
    } on Object {
      _google = null;
      rethrow;
    }
  }

  /// Throws a [GoogleSignInException] if the user cancels or the app lacks a client id, and an `ApiProblem` if the
  /// backend refuses.
  Future<void> link() async {
    final google = await _signIn();
    // Some platforms give a server auth code only to a user who is signed out.
    await google.signOut();
    final account = await google.authenticate(scopeHint: _scopes);
    final authorization = await account.authorizationClient.authorizeServer(_scopes);
    if (authorization == null) throw const FormatException('Google returned no server auth code.');
    await _api.linkGoogle(token: authorization.serverAuthCode);
  }

  Future<void> unlink() async {
    await _api.unlinkGoogle();
    // A build without a client id never signed in to Google.
    if (AppConfig.googleClientId.isNotEmpty) await (await _signIn()).signOut();
  }
}
