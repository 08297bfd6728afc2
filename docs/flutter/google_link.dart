import 'package:google_sign_in/google_sign_in.dart';

import 'app_config.dart';
import 'chat_api.dart';

/// Lets the backend create Google Meet links in the user's name. For google_sign_in 7; Android and iOS.
class GoogleLink {
  GoogleLink(this._api);

  static const _scopes = ['https://www.googleapis.com/auth/meetings.space.created'];

  final ChatApi _api;
  Future<void>? _initialized;

  /// Throws a GoogleSignInException when the user changes their mind, and an ApiProblem when the backend refuses.
  Future<void> link() async {
    final google = GoogleSignIn.instance;
    await (_initialized ??= google.initialize(serverClientId: AppConfig.googleClientId));
    final account = await google.authenticate(scopeHint: _scopes);
    final authorization = await account.authorizationClient.authorizeServer(_scopes);
    if (authorization == null) throw StateError('Google gave no server auth code.');
    await _api.linkGoogle(authorization.serverAuthCode);
  }

  Future<void> unlink() async {
    await _api.unlinkGoogle();
    await GoogleSignIn.instance.signOut();
  }
}
